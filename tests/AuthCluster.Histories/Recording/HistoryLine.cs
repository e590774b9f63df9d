using System.Globalization;

namespace AuthCluster.Histories.Recording;

/// <summary>
/// An operation as a line: client, node, user, operation, token, start, end, status, number, new password, target, issued pair; separated
/// by single spaces, <c>-</c> where there is none.
/// </summary>
internal static class HistoryLine
{
    private const int Columns = 12;
    private const int PairParts = 5;

    /// <summary>Longer than any line can be.</summary>
    public const int MaxLength = 512;

    /// <returns>How many characters were written.</returns>
    public static int Write(Span<char> line, in Operation operation)
    {
        line.TryWrite(
            CultureInfo.InvariantCulture,
            $"{operation.Client} {operation.Node} {operation.User} {operation.Kind} {new Id(operation.Token)} {operation.Start} {operation.End} ",
            out var written);
        line[written..].TryWrite(
            CultureInfo.InvariantCulture,
            $"{operation.Status} {operation.Number} {operation.NewPassword} {new Id(operation.Target)} ",
            out var more);
        written += more;
        if (operation.Issued is { } pair)
        {
            line[written..].TryWrite(
                CultureInfo.InvariantCulture,
                $"{pair.Session},{pair.Access},{pair.AccessSeconds},{pair.Refresh},{pair.RefreshSeconds}\n",
                out more);
        }
        else
        {
            line[written..].TryWrite($"-\n", out more);
        }

        return written + more;
    }

    /// <exception cref="FormatException">It is no line of a history.</exception>
    public static Operation Read(ReadOnlySpan<char> line)
    {
        Span<Range> columns = stackalloc Range[Columns + 1];
        if (line.Split(columns, ' ') != Columns)
            throw new FormatException($"A line has {Columns} columns, this one has not: {line}");
        return new Operation
        {
            Client = Number(line[columns[0]]),
            Node = Number(line[columns[1]]),
            User = Number(line[columns[2]]),
            Kind = OperationKind.Read(line[columns[3]]),
            Token = Id.Read(line[columns[4]]),
            Start = long.Parse(line[columns[5]], CultureInfo.InvariantCulture),
            End = long.Parse(line[columns[6]], CultureInfo.InvariantCulture),
            Status = Number(line[columns[7]]),
            Number = Number(line[columns[8]]),
            NewPassword = Number(line[columns[9]]),
            Target = Id.Read(line[columns[10]]),
            Issued = ReadPair(line[columns[11]]),
        };
    }

    private static IssuedPair? ReadPair(ReadOnlySpan<char> text)
    {
        if (text is "-")
            return null;
        Span<Range> parts = stackalloc Range[PairParts + 1];
        if (text.Split(parts, ',') != PairParts)
            throw new FormatException($"No pair of tokens: {text}");
        return new IssuedPair(
            Id.Read(text[parts[0]]), Id.Read(text[parts[1]]), Number(text[parts[2]]), Id.Read(text[parts[3]]), Number(text[parts[4]]));
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, CultureInfo.InvariantCulture);

    private readonly struct Id(Guid value) : ISpanFormattable
    {
        public static Guid Read(ReadOnlySpan<char> text) => text is "-" ? Guid.Empty : Guid.ParseExact(text, "D");

        public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            if (value != Guid.Empty)
                return value.TryFormat(destination, out charsWritten);
            charsWritten = 1;
            return "-".TryCopyTo(destination);
        }

        public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

        public override string ToString() => value == Guid.Empty ? "-" : value.ToString();
    }
}
