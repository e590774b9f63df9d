using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AuthCluster.Http.Passkeys;

/// <summary>What a browser made of a challenge, as far as it is looked at before its signature is.</summary>
/// <param name="Json">The whole of it, as <c>PublicKeyCredential.toJSON()</c> writes it.</param>
/// <param name="Id">Base64url.</param>
/// <param name="UserHandle">The account that it says it belongs to; <c>null</c> where it names none of ours.</param>
internal sealed record PresentedCredential(string Json, string Id, byte[] Challenge, Guid? UserHandle)
{
    /// <summary>WebAuthn's own limit is 1023 bytes.</summary>
    private const int IdLimit = 1364;

    /// <summary><c>null</c> where it has not the form of one.</summary>
    /// <param name="presented">An object, or the text of one, as forms send it.</param>
    public static PresentedCredential? Read(JsonElement presented)
    {
        try
        {
            var credential = presented.ValueKind == JsonValueKind.String ? JsonElement.Parse(presented.GetString()!) : presented;
            var id = credential.GetProperty("id").GetString();
            var response = credential.GetProperty("response");
            var challenge = JsonElement.Parse(BytesOf(response, "clientDataJSON")).GetProperty("challenge").GetString();
            if (id is null or { Length: 0 or > IdLimit } || challenge is null)
                return null;
            var handle = response.TryGetProperty("userHandle", out var named) && named.ValueKind == JsonValueKind.String
                ? Encoding.UTF8.GetString(BytesOf(response, "userHandle"))
                : null;
            return new(credential.GetRawText(), id, Base64Url.DecodeFromChars(challenge), Guid.TryParseExact(handle, "D", out var account) ? account : null);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static byte[] BytesOf(JsonElement response, string name) => Base64Url.DecodeFromChars(response.GetProperty(name).GetString() ?? "");
}
