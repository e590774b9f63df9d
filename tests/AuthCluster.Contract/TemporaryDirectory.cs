namespace AuthCluster.Contract;

/// <summary>A directory that is gone after the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("authcluster-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
