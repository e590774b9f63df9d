using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>
/// A request whose body is held back. The server asks for the body (RFC 9110 section 10.1.1, <c>100 Continue</c>) when it starts to read it,
/// so that a test knows that the caller was let in before.
/// </summary>
internal sealed class SlowRequest : IDisposable
{
    private readonly TcpClient _connection = new();
    private readonly byte[] _body;

    private SlowRequest(string body)
    {
        _body = Encoding.UTF8.GetBytes(body);
    }

    public static async Task<SlowRequest> OpenAsync(ApiClient api, Endpoint endpoint, string path, string token, string body)
    {
        var request = new SlowRequest(body);
        await request._connection.ConnectAsync(api.BaseAddress.Host, api.BaseAddress.Port);
        var head = $"""
            {endpoint.Method} {path} HTTP/1.1
            Host: localhost
            Connection: close
            Origin: http://localhost
            Authorization: Bearer {token}
            Content-Type: application/json
            Content-Length: {request._body.Length}
            Expect: 100-continue


            """;
        await request._connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n")));
        var interim = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await request._connection.GetStream().ReadExactlyAsync(interim);
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", Encoding.ASCII.GetString(interim));
        return request;
    }

    /// <summary>Sends the body.</summary>
    /// <returns>The status and the problem's code.</returns>
    public async Task<(int Status, string? Code)> FinishAsync()
    {
        await _connection.GetStream().WriteAsync(_body);
        using var reader = new StreamReader(_connection.GetStream(), Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();
        var (from, to) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        var code = from < 0 ? null : JsonElement.Parse(answer[from..(to + 1)]).TryGetProperty("code", out var named) ? named.GetString() : null;
        return (int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), code);
    }

    public void Dispose() => _connection.Dispose();
}
