namespace AuthCluster.Benchmarks.Harness;

/// <summary>A directory of this run's own, gone when it is disposed.</summary>
internal sealed class RunDirectory : IDisposable
{
    public RunDirectory(string parent, string name)
    {
        Path = System.IO.Path.GetFullPath(System.IO.Path.Combine(parent, $"{name}-{Environment.ProcessId}"));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
