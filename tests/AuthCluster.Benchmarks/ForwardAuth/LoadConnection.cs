using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuthCluster.Benchmarks.ForwardAuth;

/// <summary>One connection of the load process: HTTP/1.1 with keep-alive, as much of it as answers without a body need.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        ReceiveTimeout = 5000,
        SendTimeout = 5000,
    };

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    public LoadConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    public void Dispose() => _socket.Dispose();

    public void Send(byte[] requests)
    {
        var sent = 0;
        while (sent < requests.Length)
            sent += _socket.Send(requests.AsSpan(sent));
    }

    /// <summary>Waits for that many answers. Anything but a 200 without a body ends the run: it would be another thing that is measured.</summary>
    public void Receive(int expected)
    {
        while (expected > 0)
        {
            var read = _socket.Receive(_buffer.AsSpan(_filled));
            if (read == 0)
                throw new InvalidOperationException("The server closed a connection.");
            _filled += read;
            expected -= TakeAnswers();
        }
    }

    private int TakeAnswers()
    {
        var answers = 0;
        var rest = _buffer.AsSpan(0, _filled);
        while (rest.IndexOf("\r\n\r\n"u8) is var end and >= 0)
        {
            if (!rest.StartsWith("HTTP/1.1 200 "u8))
                throw new InvalidOperationException($"The server answered: {Encoding.Latin1.GetString(rest)}");
            rest = rest[(end + 4)..];
            answers++;
        }

        rest.CopyTo(_buffer);
        _filled = rest.Length;
        return answers;
    }
}
