using System.Text.Json;

namespace AuthCluster.Tests.Vectors;

internal static class VectorFile
{
    public static JsonElement Read(params string[] path) => JsonElement.Parse(File.ReadAllBytes(PathOf(path)));

    public static string PathOf(params string[] path) => Path.Combine([VectorFactAttribute.Folder!, .. path]);
}
