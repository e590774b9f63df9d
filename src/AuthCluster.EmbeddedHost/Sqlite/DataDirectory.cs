namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>The directory that holds everything the server keeps, for as long as this process has it to itself.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const string DatabaseName = "authcluster.db";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream fileLock)
    {
        Path = path;
        _lock = fileLock;
    }

    public string Path { get; }

    public string DatabasePath => System.IO.Path.Combine(Path, DatabaseName);

    /// <summary>Makes the directory where there is none, and takes the lock: two processes would be two actors a user.</summary>
    /// <exception cref="BadConfigurationException">It cannot be used, or another process holds it.</exception>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Create(full);
            return new DataDirectory(full, OpenPrivate(System.IO.Path.Combine(full, "lock")));
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            throw new BadConfigurationException($"AuthCluster:DataDirectory: {full} is in use by another process.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadConfigurationException($"AuthCluster:DataDirectory: {full} cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Where the database is, for what only looks at it.</summary>
    public static string DatabaseIn(string path) => System.IO.Path.Combine(System.IO.Path.GetFullPath(path), DatabaseName);

    /// <summary>The same for one that has a database.</summary>
    /// <exception cref="BadConfigurationException">It has none, cannot be used, or another process holds it.</exception>
    public static DataDirectory OpenExisting(string path)
    {
        var database = DatabaseIn(path);
        return File.Exists(database) ? Open(path) : throw new BadConfigurationException($"AuthCluster:DataDirectory: there is no {database}.");
    }

    /// <summary>Makes the file where there is none, for the owner's eyes only. What SQLite puts beside its database takes over the mode.</summary>
    public static void CreatePrivateFile(string path) => OpenPrivate(path).Dispose();

    public void Dispose() => _lock.Dispose();

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        if (File.GetUnixFileMode(path) != OwnerOnly)
            File.SetUnixFileMode(path, OwnerOnly);
    }

    private static FileStream OpenPrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnlyFile;
        return new FileStream(path, options);
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static bool IsSharingViolation(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
