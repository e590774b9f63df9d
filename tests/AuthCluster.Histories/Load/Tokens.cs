using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Load;

/// <summary>A token as its client holds it.</summary>
internal sealed record Token(Guid Id, byte[] Text, bool IsRefresh)
{
    public static Token Of(string text, bool isRefresh)
    {
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(text.Split('.')[1]));
        return new Token(payload.RootElement.GetProperty("jti").GetGuid(), Encoding.ASCII.GetBytes(text), isRefresh);
    }
}

/// <summary>A device session as its client holds it: the newest pair of tokens.</summary>
/// <param name="AccessIsGone">The access token was refused or revoked; the refresh token may live on.</param>
internal sealed record Session(Guid Id, Token Access, Token Refresh, bool AccessIsGone = false);

/// <summary>Reads the answer of an act that hands out a pair of tokens.</summary>
internal static class TokenResponse
{
    public static (Session Session, IssuedPair Issued) Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var answer = json.RootElement;
        var session = new Session(
            answer.GetProperty("device").GetProperty("id").GetGuid(),
            Token.Of(answer.GetProperty("access").GetString()!, isRefresh: false),
            Token.Of(answer.GetProperty("refresh").GetString()!, isRefresh: true));
        var issued = new IssuedPair(
            session.Id,
            session.Access.Id,
            answer.GetProperty("expires_in").GetInt32(),
            session.Refresh.Id,
            answer.GetProperty("refresh_expires_in").GetInt32());
        return (session, issued);
    }
}
