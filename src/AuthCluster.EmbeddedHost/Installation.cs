using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Keys;
using AuthCluster.Options;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost;

/// <summary>
/// Which installation this is: a random id, in the database and in a file beside the master key. Where the file is and the database is not, state was lost. A
/// server that took that for a first start would be ready, refuse every password, and give every address away.
/// </summary>
internal sealed class Installation
{
    private const string SealPurpose = "installation";
    private const string Advice = "Put it back, or restore a backup; with --new the server begins anew.";

    private readonly DataDirectory _directory;

    /// <summary>The first that can be written has the id.</summary>
    private readonly string[] _files;

    public Installation(DataDirectory directory, KeyOptions keys)
    {
        _directory = directory;
        var inDirectory = Path.Combine(directory.Path, "installation");
        _files = keys.MasterFile is { } keyFile ? [keyFile + ".installation", inDirectory] : [inDirectory];
    }

    private string? KnownFile => Array.Find(_files, File.Exists);

    /// <summary>Before the database is opened, which would make an empty one of one that is lost.</summary>
    /// <exception cref="BadConfigurationException">It is lost, empty or damaged.</exception>
    public void RequireDatabase()
    {
        // Where the first start was broken off there is no id yet, and the next one makes up for it.
        if (KnownFile is not { } known)
            return;
        if (!File.Exists(_directory.DatabasePath))
            throw new BadConfigurationException($"{_directory.DatabasePath} is missing, and {known} says that there was one. {Advice}");
        var log = new FileInfo(_directory.DatabasePath + "-wal");
        // Nothing is left in the log after a stop in good order. A check reads the whole database.
        var fault = new FileInfo(_directory.DatabasePath).Length == 0 ? "is empty."
            : log is { Exists: true, Length: > 0 } ? DatabaseCheck.FaultOf(_directory.DatabasePath)
            : null;
        if (fault is not null)
            throw new BadConfigurationException($"{_directory.DatabasePath} {fault} {Advice}");
    }

    /// <summary>The id; made where there is none yet.</summary>
    /// <exception cref="BadConfigurationException">Database, master key and file are not of one installation.</exception>
    public async Task<Guid> OpenAsync(Database database, MasterKey master)
    {
        var stored = await database.Writer.WriteAsync(new InstallationRow(NewRow(master)));
        if (master.Open(SealPurpose, stored.Id.ToString(), stored.Seal) is null)
            throw new BadConfigurationException($"AuthCluster:Keys: {_directory.DatabasePath} is sealed with another master key. Give that one, or restore a backup of this one's.");
        if (KnownFile is not { } known)
            Remember(stored.Id);
        else if (!Guid.TryParse(await File.ReadAllTextAsync(known), out var remembered) || remembered != stored.Id)
            throw new BadConfigurationException($"{_directory.DatabasePath} is of another installation ({stored.Id}) than {known}. Remove that file if the database is the right one.");
        return stored.Id;
    }

    private static StoredInstallation NewRow(MasterKey master)
    {
        var id = Guid.NewGuid();
        return new StoredInstallation(id, master.Seal(SealPurpose, id.ToString(), id.ToByteArray()));
    }

    private void Remember(Guid id)
    {
        foreach (var file in _files)
        {
            try
            {
                var written = file + ".new";
                File.WriteAllText(written, $"{id}\n");
                File.Move(written, file, overwrite: true);
                return;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException && file != _files[^1])
            {
                // A key on a volume that nobody writes to.
            }
        }
    }
}

internal sealed record StoredInstallation(Guid Id, byte[] Seal);

/// <summary>The row of the installation; the one given where there is none.</summary>
internal sealed class InstallationRow(StoredInstallation whereNone) : Write<StoredInstallation>
{
    protected override StoredInstallation Run(WriterConnection connection)
    {
        using var insert = connection.Connection.Prepare(
            "INSERT INTO installation SELECT $id, $seal WHERE NOT EXISTS (SELECT 1 FROM installation)", ("$id", SqliteType.Blob), ("$seal", SqliteType.Blob));
        insert.Run(whereNone.Id.Stored(), whereNone.Seal);
        using var select = connection.Connection.Prepare("SELECT id, seal FROM installation");
        using var row = select.ExecuteReader();
        row.Read();
        return new StoredInstallation(row.GetId(0), row.GetFieldValue<byte[]>(1));
    }
}
