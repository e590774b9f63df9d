using System.Text.Json;
using AuthCluster.Accounts;

namespace AuthCluster.Exports;

/// <summary>
/// Writes what one deployment hands over to another: a line with the signing keys and the number of accounts, then a line an account, which
/// is its document. As sealed and as secret as in the store: password hashes and secrets are in it, signing keys only under the master key.
/// </summary>
public static class ExportWriter
{
    internal const int Format = 1;

    /// <param name="accounts">As many as the header says. They are written as they come: nothing is kept in memory.</param>
    public static void Write(Stream file, ExportHeader header, IEnumerable<AccountState> accounts)
    {
        var stored = new StoredHeader { Format = Format, Accounts = header.Accounts, Keys = [.. header.Keys.Select(StoredExportKey.Of)] };
        WriteLine(file, JsonSerializer.SerializeToUtf8Bytes(stored, ExportJson.Default.StoredHeader));
        foreach (var account in accounts)
            WriteLine(file, AccountDocument.Write(account));
    }

    private static void WriteLine(Stream file, byte[] line)
    {
        file.Write(line);
        file.WriteByte((byte)'\n');
    }
}
