using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthCluster.Contract.Attacks;

/// <summary>A living signed token, and what an attacker knows of the server that issued it.</summary>
/// <param name="PublicKey">Its key as the server publishes it; <c>null</c> with HS256.</param>
internal sealed record Victim(string Token, JsonElement? PublicKey)
{
    private readonly DecodedToken _decoded = DecodedToken.Of(Token);

    public string[] Segments => Token.Split('.');

    public string Algorithm => _decoded.Header.Text("alg");

    public byte[] Signature => _decoded.Signature;

    public string HeaderJson => _decoded.Header.GetRawText();

    public string PayloadJson => _decoded.Payload.GetRawText();

    public JsonElement Payload => _decoded.Payload;

    /// <summary>The token with another header, and the signature it had.</summary>
    public Attack WithHeader(string name, Action<JsonObject> change) => WithHeader(name, change, _ => Signature);

    public Attack WithHeader(string name, Action<JsonObject> change, Func<byte[], byte[]> sign) =>
        new(name, DecodedToken.Forge(Changed(HeaderJson, change), PayloadJson, sign));

    public Attack WithPayload(string name, Action<JsonObject> change, Func<byte[], byte[]> sign) =>
        new(name, DecodedToken.Forge(HeaderJson, Changed(PayloadJson, change), sign));

    public Attack WithSignature(string name, byte[] signature) => new(name, $"{Segments[0]}.{Segments[1]}.{DecodedToken.Encode(signature)}");

    public static string Encode(string text) => DecodedToken.Encode(Encoding.UTF8.GetBytes(text));

    private static string Changed(string json, Action<JsonObject> change)
    {
        var members = JsonNode.Parse(json)!.AsObject();
        change(members);
        return members.ToJsonString();
    }
}
