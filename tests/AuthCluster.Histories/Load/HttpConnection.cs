using System.Buffers.Text;
using System.Net.Sockets;

namespace AuthCluster.Histories.Load;

/// <summary>An answer. What it refers to is overwritten by the next one of the connection.</summary>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body)
{
    /// <summary>Empty where there is no such header.</summary>
    public ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name)
    {
        var rest = Head.Span;
        for (var end = rest.IndexOf("\r\n"u8); end >= 0; end = rest.IndexOf("\r\n"u8))
        {
            var line = rest[..end];
            rest = rest[(end + 2)..];
            if (line.Length > name.Length && line[name.Length] == ':' && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name))
                return line[(name.Length + 1)..].Trim((byte)' ');
        }

        return default;
    }
}

/// <summary>
/// As much of HTTP/1.1 as this program needs, one request at a time: the general client takes several times the processor time, and here
/// it is the server's.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    public bool IsClosed { get; private set; }

    public async ValueTask ConnectAsync(Uri address) => await _socket.ConnectAsync(address.Host, address.Port);

    /// <exception cref="SocketException">The connection broke: nobody knows what became of the request.</exception>
    public async ValueTask<HttpAnswer> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        await SendAsync(request);
        _length = 0;
        int headLength;
        while ((headLength = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
            await ReceiveAsync();
        var bodyStart = headLength + 4;
        var answer = new HttpAnswer(StatusOf(_buffer), _buffer.AsMemory(0, headLength + 2), default);
        var chunked = answer.Header("Transfer-Encoding"u8).SequenceEqual("chunked"u8);
        var closes = answer.Header("Connection"u8).SequenceEqual("close"u8);
        var length = chunked ? await ReadChunksAsync(bodyStart) : await ReadBodyAsync(bodyStart, LengthOf(answer));
        IsClosed = closes;
        // The buffer may be a larger one by now.
        return new HttpAnswer(answer.Status, _buffer.AsMemory(0, headLength + 2), _buffer.AsMemory(bodyStart, length));
    }

    /// <summary>Sends a part of a request. The connection is good for nothing else until the answer to all of it was read.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> part)
    {
        IsClosed = true;
        for (var rest = part; rest.Length > 0;)
            rest = rest[await _socket.SendAsync(rest)..];
    }

    public void Dispose()
    {
        IsClosed = true;
        _socket.Dispose();
    }

    private static int StatusOf(ReadOnlySpan<byte> head) => Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _)
        ? status
        : throw new SocketException((int)SocketError.ProtocolNotSupported);

    private static int LengthOf(in HttpAnswer answer) => Utf8Parser.TryParse(answer.Header("Content-Length"u8), out int length, out _) ? length : 0;

    private async ValueTask<int> ReadBodyAsync(int start, int length)
    {
        while (_length < start + length)
            await ReceiveAsync();
        return length;
    }

    /// <summary>Puts the chunks together where the first one began.</summary>
    private async ValueTask<int> ReadChunksAsync(int start)
    {
        for (var (next, written) = (start, start); ;)
        {
            int lineLength;
            while ((lineLength = _buffer.AsSpan(next, _length - next).IndexOf("\r\n"u8)) < 0)
                await ReceiveAsync();
            if (!Utf8Parser.TryParse(_buffer.AsSpan(next, lineLength), out int size, out _, 'x'))
                throw new SocketException((int)SocketError.ProtocolNotSupported);
            next += lineLength + 2;
            while (_length < next + size + 2)
                await ReceiveAsync();
            if (size == 0)
                return written - start;
            _buffer.AsSpan(next, size).CopyTo(_buffer.AsSpan(written));
            written += size;
            next += size + 2;
        }
    }

    private async ValueTask ReceiveAsync()
    {
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
        if (received == 0)
            throw new SocketException((int)SocketError.ConnectionReset);
        _length += received;
    }
}
