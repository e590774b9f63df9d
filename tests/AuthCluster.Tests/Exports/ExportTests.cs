using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Exports;
using AuthCluster.Options;
using Xunit;

namespace AuthCluster.Tests.Exports;

public sealed class ExportTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly StoredKey Key = new()
    {
        Id = "first",
        Algorithm = TokenAlgorithm.RS256,
        Created = Noon,
        SignsFrom = Noon.AddMinutes(10),
        VerifiesUntil = Noon.AddDays(30),
        SealedKey = [1, 2, 3],
    };

    [Fact]
    public async Task What_was_written_is_read()
    {
        var accounts = new[] { NewAccount(), NewAccount() };

        var export = await ExportReader.OpenAsync(Read(Write(accounts)));

        var key = Assert.Single(export.Header.Keys);
        Assert.Equal(Key with { SealedKey = key.SealedKey }, key);
        Assert.Equal([1, 2, 3], key.SealedKey.ToArray());
        var read = await export.ReadAccountsAsync().ToListAsync();
        Assert.Equal(accounts.Select(account => account.Id), read.Select(account => account.Id));
        Assert.Equal(accounts.Select(AccountDocument.Write), read.Select(account => account.Document));
    }

    [Fact]
    public async Task A_file_that_is_cut_off_is_told_from_a_whole_one()
    {
        var whole = Write(NewAccount(), NewAccount());
        var cutOff = whole[..(whole.TrimEnd('\n').LastIndexOf('\n') + 1)];

        var export = await ExportReader.OpenAsync(Read(cutOff));

        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await export.ReadAccountsAsync().ToListAsync());
        Assert.Contains("1 of 2", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("{}")]
    [InlineData("""{"format":2,"accounts":0,"keys":[]}""")]
    public async Task What_is_no_export_is_refused_and_not_repeated(string line)
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => ExportReader.OpenAsync(Read(line)));

        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_no_account_is_named_by_its_number()
    {
        var text = Write(NewAccount()).Replace("\n{\"format\":1", "\n{\"format\":9", StringComparison.Ordinal);
        var export = await ExportReader.OpenAsync(Read(text));

        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await export.ReadAccountsAsync().ToListAsync());
        Assert.Contains("Line 2", fault.Message, StringComparison.Ordinal);
    }

    private static StringReader Read(string text) => new(text);

    private static string Write(params AccountState[] accounts)
    {
        using var file = new MemoryStream();
        ExportWriter.Write(file, new ExportHeader(accounts.Length, [Key]), accounts);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static AccountState NewAccount() => new()
    {
        Id = Guid.NewGuid(),
        Email = "zoë@example.com",
        PasswordHash = "$hash$",
        AccessSecret = Guid.NewGuid(),
        RefreshSecret = Guid.NewGuid(),
        Joined = Noon,
    };
}
