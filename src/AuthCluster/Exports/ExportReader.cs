using System.Text;
using System.Text.Json;
using AuthCluster.Accounts;

namespace AuthCluster.Exports;

/// <summary>Reads what <see cref="ExportWriter"/> wrote, line by line.</summary>
public sealed class ExportReader
{
    private readonly TextReader _file;

    private ExportReader(TextReader file, ExportHeader header) => (_file, Header) = (file, header);

    public ExportHeader Header { get; }

    /// <exception cref="InvalidDataException">It is no export, or one that this version does not know.</exception>
    public static async Task<ExportReader> OpenAsync(TextReader file)
    {
        try
        {
            var header = JsonSerializer.Deserialize(await file.ReadLineAsync() ?? "", ExportJson.Default.StoredHeader);
            return header?.Format == ExportWriter.Format
                ? new ExportReader(file, new ExportHeader(header.Accounts, [.. header.Keys.Select(key => key.Key)]))
                : throw new InvalidDataException($"The file is an export of format {header?.Format}, which is not known to this version.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("The file is no export of accounts: its first line does not say so.", fault);
        }
    }

    /// <exception cref="InvalidDataException">A line is no account, or there are fewer than the header says.</exception>
    public async IAsyncEnumerable<ExportedAccount> ReadAccountsAsync()
    {
        for (var number = 1L; number <= Header.Accounts; number++)
        {
            if (await _file.ReadLineAsync() is not { } line)
                throw new InvalidDataException($"The file is cut off: it has {number - 1} of {Header.Accounts} accounts.");
            yield return Read(line, number);
        }
    }

    private static ExportedAccount Read(string line, long number)
    {
        var document = Encoding.UTF8.GetBytes(line);
        try
        {
            return new ExportedAccount(AccountDocument.Read(document).Id, document);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"Line {number + 1} of the file is no account.", fault);
        }
    }
}

/// <param name="Document"><see cref="AccountDocument"/>, recent activity included.</param>
public sealed record ExportedAccount(Guid Id, byte[] Document);
