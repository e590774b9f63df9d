using System.Buffers;
using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Load;

/// <summary>What came of a call.</summary>
/// <param name="Operation">As it was recorded.</param>
/// <param name="Session">The pair of tokens in the answer.</param>
/// <param name="AccountId">The account that was made.</param>
internal readonly record struct Call(Operation Operation, Session? Session, string? AccountId)
{
    public bool Succeeded => Operation.Succeeded;

    public bool Refused => Operation.Refused;
}

/// <summary>The interface as one client uses it: one connection a node, one call at a time, each call recorded.</summary>
internal sealed class Api(int client, Deployment deployment, HistoryWriter.Page page) : IDisposable
{
    private const long Idle = -1;

    private readonly HttpConnection?[] _connections = new HttpConnection?[deployment.NodeCount];
    private readonly ArrayBufferWriter<byte> _request = new(4096);
    private long _callStart = Idle;
    private HttpConnection? _current;

    /// <param name="operation">What is recorded, but for what only the call can tell.</param>
    /// <param name="bearer">The token to send as the caller's own.</param>
    /// <param name="bodyDelay">How long the end of the body is held back, after the server let the caller in.</param>
    public async ValueTask<Call> CallAsync(
        Operation operation, string method, string path, Token? bearer = null, string? body = null, TimeSpan bodyDelay = default)
    {
        WriteRequest(method, path, bearer, body);
        var connection = await ConnectAsync(operation.Node);
        var start = Clock.Now;
        _current = connection;
        Volatile.Write(ref _callStart, start);
        var answer = default(HttpAnswer);
        try
        {
            var rest = _request.WrittenMemory;
            if (bodyDelay > TimeSpan.Zero)
            {
                await connection.SendAsync(rest[..^1]);
                await Task.Delay(bodyDelay);
                // No server can act on a body that has not ended: what was revoked by now must be refused.
                (rest, start) = (rest[^1..], Clock.Now);
            }

            answer = await connection.ExchangeAsync(rest);
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // No answer: the outcome is unknown.
            connection.Dispose();
        }

        var end = Clock.Now;
        Volatile.Write(ref _callStart, Idle);
        return Record(operation with { Client = client, Start = start, End = end, Status = answer.Status }, answer);
    }

    /// <summary>Breaks a call that has waited longer than that.</summary>
    public void GiveUpAfter(TimeSpan patience)
    {
        var start = Volatile.Read(ref _callStart);
        if (start != Idle && Clock.Now - start > patience.TotalNanoseconds)
            _current?.Dispose();
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection?.Dispose();
    }

    private async ValueTask<HttpConnection> ConnectAsync(int node)
    {
        if (_connections[node] is { IsClosed: false } open)
            return open;
        while (true)
        {
            _connections[node]?.Dispose();
            var connection = _connections[node] = new HttpConnection();
            var address = await deployment.AddressAsync(node);
            try
            {
                await connection.ConnectAsync(address);
                return connection;
            }
            catch (SocketException)
            {
                // Nothing was asked yet. A node that is down comes back, or the run stops for want of progress.
                await Task.Delay(100);
            }
        }
    }

    private void WriteRequest(string method, string path, Token? bearer, string? body)
    {
        _request.ResetWrittenCount();
        Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: AuthCluster.Histories\r\n", _request);
        if (bearer is not null)
        {
            _request.Write("Authorization: Bearer "u8);
            _request.Write(bearer.Text);
            _request.Write("\r\n"u8);
        }

        if (body is not null)
            Encoding.ASCII.GetBytes($"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n", _request);
        else if (method != "GET")
            _request.Write("Content-Length: 0\r\n"u8);
        _request.Write("\r\n"u8);
        if (body is not null)
            Encoding.ASCII.GetBytes(body, _request);
    }

    private Call Record(Operation operation, HttpAnswer answer)
    {
        Session? session = null;
        string? accountId = null;
        if (operation.Succeeded)
        {
            if (operation.Kind.HandsOutTokens)
            {
                (session, var issued) = TokenResponse.Read(answer.Body);
                operation = operation with { Issued = issued };
            }
            else if (operation.Kind == OperationKind.ForwardAuth)
            {
                operation = operation with { Number = RoleOf(answer) };
            }
            else if (operation.Kind == OperationKind.Devices)
            {
                operation = operation with { Number = CountOf(answer) };
            }
            else if (operation.Kind == OperationKind.Register)
            {
                accountId = IdOf(answer);
            }
        }

        page.Add(operation);
        return new Call(operation, session, accountId);
    }

    // Roles are named "r" and a number.
    private static int RoleOf(HttpAnswer answer) =>
        answer.Header("X-Auth-Roles"u8) is [(byte)'r', .. var number] && Utf8Parser.TryParse(number, out int role, out _) ? role : -1;

    private static int CountOf(HttpAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetArrayLength();
    }

    private static string IdOf(HttpAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty("id").GetString()!;
    }
}
