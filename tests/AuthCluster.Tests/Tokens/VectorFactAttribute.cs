using Xunit;

namespace AuthCluster.Tests.Tokens;

/// <summary>A test on published vectors, which are not part of the repository: skipped, and counted as such, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VectorFactAttribute : FactAttribute
{
    public VectorFactAttribute(string file)
    {
        if (Vectors.Find(file) is null)
            Skip = $"There is no {file} in the folder that AUTHCLUSTER_VECTORS names, nor in ../shared/vectors.";
    }
}

internal static class Vectors
{
    public static string Read(string file) => File.ReadAllText(Find(file)!);

    public static string? Find(string file) => Folders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("AUTHCLUSTER_VECTORS") is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }

        // Beside the repository; how deep below it the tests run depends on the build.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "shared", "vectors");
    }
}
