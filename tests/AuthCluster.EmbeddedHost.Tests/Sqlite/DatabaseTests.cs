using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Options;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Sqlite;

public sealed class DatabaseTests : IDisposable
{
    private readonly TemporaryDatabase _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_second_process_is_turned_away_in_one_line()
    {
        var error = Assert.Throws<BadConfigurationException>(() => DataDirectory.Open(_files.DirectoryPath));

        Assert.Contains("in use by another process", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_directory_is_free_again_once_it_is_let_go()
    {
        _files.Close();

        _files.Reopen();
    }

    [Fact]
    public async Task Directory_and_files_are_the_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        await _files.Accounts.SaveAsync(Samples.Creation(Samples.NewAccount()));

        Assert.Equal("rwx------", Mode(_files.DirectoryPath));
        Assert.All(Directory.GetFiles(_files.DirectoryPath), file => Assert.Equal("rw-------", Mode(file)));

        static string Mode(string path)
        {
            var mode = (int)File.GetUnixFileMode(path);
            return string.Concat(Enumerable.Range(0, 9).Select(bit => (mode & (256 >> bit)) == 0 ? '-' : "rwx"[bit % 3]));
        }
    }

    [Fact]
    public void A_directory_that_others_could_read_is_closed_to_them()
    {
        if (OperatingSystem.IsWindows())
            return;
        _files.Close();
        File.SetUnixFileMode(_files.DirectoryPath, (UnixFileMode)0b111_101_101);

        _files.Reopen();

        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_files.DirectoryPath));
    }

    [Fact]
    public void An_unusable_directory_is_told_in_one_line()
    {
        var error = Assert.Throws<BadConfigurationException>(() => DataDirectory.Open(_files.FilePath));

        Assert.Contains(_files.FilePath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_database_is_copied_and_brought_up_to_date()
    {
        var state = Samples.NewAccount("ada@example.com");
        await _files.Accounts.SaveAsync(Samples.Creation(state));
        _files.Close();
        var copy = $"{_files.FilePath}.before-v{Schema.Steps.Count + 1}";

        var steps = (string[])[.. Schema.Steps, "CREATE TABLE extra (x); INSERT INTO extra SELECT version FROM accounts"];
        using (Database.Open(_files.FilePath, steps))
            Assert.Equal(1, _files.Count("extra"));
        using (var old = Database.Open(copy, Schema.Steps))
            Assert.Equal(Accounts.SaveResult.VersionConflict, await new AccountStore(old, new AccountRules()).SaveAsync(Samples.Creation(state)));

        using (Database.Open(_files.FilePath, steps))
            Assert.Equal(1, _files.Count("extra"));
        File.Delete(_files.FilePath);
        _files.Reopen();
    }

    [Fact]
    public async Task Accounts_of_before_there_were_user_names_keep_their_addresses()
    {
        _files.Close();
        File.Delete(_files.FilePath);
        var state = Samples.NewAccount("ada@example.com", administrator: true);
        using (Database.Open(_files.FilePath, [.. Schema.Steps.Take(3)]))
        {
            using var old = Connections.OpenForWriting(_files.FilePath);
            using var insert = old.Prepare(
                "INSERT INTO accounts VALUES ($id, 7, 'ada@example.com', 1, $document)", ("$id", SqliteType.Blob), ("$document", SqliteType.Blob));
            insert.Run(state.Id.Stored(), Accounts.AccountDocument.Write(state));
        }

        _files.Reopen();

        var stored = await _files.Accounts.LoadAsync(state.Id);
        Assert.Equal((7, "ada@example.com"), (stored!.Version, stored.State.Email));
        Assert.Equal(Accounts.SaveResult.EmailTaken, await _files.Accounts.SaveAsync(Samples.Creation(Samples.NewAccount("ADA@example.com"))));
        Assert.Equal(Accounts.SaveResult.LastAdministrator, await _files.Accounts.SaveAsync(Samples.Change(7, state, null)));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_database_as_it_was()
    {
        _files.Close();
        var steps = (string[])[.. Schema.Steps, "CREATE TABLE extra (x); INSERT INTO nowhere VALUES (1)"];

        Assert.Throws<BadConfigurationException>(() => Database.Open(_files.FilePath, steps));

        _files.Reopen();
        Assert.Equal(0, _files.Count("sqlite_master WHERE name = 'extra'"));
    }

    [Fact]
    public void A_database_of_a_newer_program_stops_the_start()
    {
        _files.Close();
        using (Database.Open(_files.FilePath, [.. Schema.Steps, "CREATE TABLE later (x)"]))
        {
        }

        var error = Assert.Throws<BadConfigurationException>(() => Database.Open(_files.FilePath, Schema.Steps));

        Assert.Contains($"schema version {Schema.Steps.Count + 1}", error.Message, StringComparison.Ordinal);
        File.Delete(_files.FilePath);
        _files.Reopen();
    }

    [Fact]
    public async Task A_new_database_has_an_empty_key_ring()
    {
        var ring = await _files.Keys.LoadAsync();

        Assert.Equal(0, ring.Version);
        Assert.Empty(ring.Keys);
    }

    [Fact]
    public async Task A_key_ring_is_loaded_as_it_was_saved()
    {
        ImmutableArray<StoredKey> keys = [Key("b", Samples.Noon.AddDays(1)), Key("a", verifiesUntil: null)];

        Assert.True(await _files.Keys.SaveAsync(keys, expectedVersion: 0, []));

        var ring = await _files.Keys.LoadAsync();
        Assert.Equal(1, ring.Version);
        Assert.Equal(keys.Select(Plain), ring.Keys.Select(Plain));
    }

    [Fact]
    public async Task Of_two_who_save_the_key_ring_one_has_to_look_again()
    {
        Assert.True(await _files.Keys.SaveAsync([Key("a", null)], expectedVersion: 0, []));
        Assert.False(await _files.Keys.SaveAsync([Key("b", null)], expectedVersion: 0, []));
        Assert.True(await _files.Keys.SaveAsync([Key("c", null)], expectedVersion: 1, []));

        Assert.Equal("c", Assert.Single((await _files.Keys.LoadAsync()).Keys).Id);
    }

    private static StoredKey Key(string id, DateTimeOffset? verifiesUntil) => new()
    {
        Id = id,
        Algorithm = TokenAlgorithm.RS256,
        Created = Samples.Noon,
        SignsFrom = Samples.Noon.AddMinutes(5),
        VerifiesUntil = verifiesUntil,
        SealedKey = [1, 2, 3],
    };

    private static object Plain(StoredKey key) =>
        (key.Id, key.Algorithm, key.Created, key.SignsFrom, key.VerifiesUntil, Convert.ToHexString(key.SealedKey.AsSpan()));
}
