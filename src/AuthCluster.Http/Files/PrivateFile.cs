namespace AuthCluster.Http.Files;

/// <summary>Files for the owner's eyes only (0600).</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes an empty file in the place of one that a run before this one left unfinished.</summary>
    /// <exception cref="IOException">Somebody else put a file there meanwhile, which would keep its own mode, or be a link.</exception>
    public static void Create(string path)
    {
        File.Delete(path);
        Open(path, FileMode.CreateNew).Dispose();
    }

    /// <summary>Makes an empty file where there is none. What SQLite puts beside its database takes over the mode.</summary>
    public static void Ensure(string path) => Open(path, FileMode.OpenOrCreate).Dispose();

    /// <summary>Opens a file for as long as no other process has it, and makes it where there is none.</summary>
    public static FileStream Lock(string path) => Open(path, FileMode.OpenOrCreate);

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
