using System.Text;

namespace AuthCluster.Histories.Recording;

/// <summary>Writes a history. Each client gathers its lines in a page of its own, so that they seldom wait for each other.</summary>
internal sealed class HistoryWriter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file;

    public HistoryWriter(string path, HistorySettings settings)
    {
        _file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
        _file.WriteLine(settings);
    }

    public Page OpenPage() => new(this);

    public void Dispose() => _file.Dispose();

    private void Write(ReadOnlySpan<char> lines)
    {
        lock (_lock)
            _file.Write(lines);
    }

    internal sealed class Page(HistoryWriter history) : IDisposable
    {
        private readonly char[] _lines = new char[1 << 15];
        private int _length;

        public void Add(in Operation operation)
        {
            if (_length + HistoryLine.MaxLength > _lines.Length)
                Flush();
            _length += HistoryLine.Write(_lines.AsSpan(_length), operation);
        }

        public void Dispose() => Flush();

        private void Flush()
        {
            history.Write(_lines.AsSpan(0, _length));
            _length = 0;
        }
    }
}
