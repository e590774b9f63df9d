using System.Net.Sockets;
using System.Text;

namespace AuthCluster.Contract;

/// <summary>Requests that no HTTP client would send.</summary>
internal static class RawRequest
{
    /// <param name="request">One byte a character.</param>
    public static async Task<string> SendAsync(ApiClient api, string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(api.BaseAddress.Host, api.BaseAddress.Port);
        var stream = connection.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            await stream.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // A server that hangs up before it has read everything resets the connection; what it said arrived before.
        }

        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
