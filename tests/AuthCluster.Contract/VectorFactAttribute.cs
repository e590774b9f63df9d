using Xunit;

namespace AuthCluster.Contract;

/// <summary>A fact over published test vectors, which are not kept here; without their folder it is counted as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VectorFactAttribute : FactAttribute
{
    public VectorFactAttribute()
    {
        if (Folder is null)
            Skip = "There are no test vectors: AUTHCLUSTER_VECTORS names their folder.";
    }

    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("AUTHCLUSTER_VECTORS");
        if (!string.IsNullOrEmpty(named))
            return Directory.Exists(named) ? named : null;
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var vectors = Path.Combine(directory.FullName, "..", "shared", "vectors");
            if (File.Exists(Path.Combine(directory.FullName, "AuthCluster.sln")))
                return Directory.Exists(vectors) ? vectors : null;
        }

        return null;
    }
}
