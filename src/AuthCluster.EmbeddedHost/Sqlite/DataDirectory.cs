using AuthCluster.Http.Files;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>The directory that holds everything the server keeps, for as long as this process has it to itself.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const string DatabaseName = "authcluster.db";
    private const string LockName = "lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What a server puts there before or beside its database.</summary>
    private static readonly string[] OwnNames = [DatabaseName, LockName, "master.key", "master.key.new", "installation", "mail", "lost+found"];

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
            return new DataDirectory(full, PrivateFile.Lock(System.IO.Path.Combine(full, LockName)));
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

    public void Dispose() => _lock.Dispose();

    private static void Create(string path)
    {
        RefuseForeign(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        if (File.GetUnixFileMode(path) != OwnerOnly)
            File.SetUnixFileMode(path, OwnerOnly);
    }

    /// <summary>A directory of somebody else, such as a home or a volume of another program, would be closed to its users.</summary>
    private static void RefuseForeign(string path)
    {
        if (!Directory.Exists(path) || File.Exists(System.IO.Path.Combine(path, DatabaseName)))
            return;
        var names = Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry));
        if (names.FirstOrDefault(name => !OwnNames.Contains(name) && !name.StartsWith(DatabaseName, StringComparison.Ordinal)) is { } foreign)
            throw new BadConfigurationException($"AuthCluster:DataDirectory: {path} has no database of this server, but other files in it, such as {foreign}. Name a directory of its own.");
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static bool IsSharingViolation(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
