using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AuthCluster.Contract;

/// <summary>An authenticator with one passkey (ES256), written without the server's library: WebAuthn level 3, attestation "none".</summary>
public sealed class SoftwareAuthenticator(string origin) : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte MayBeCopied = 0x08;
    private const byte WithKey = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _credentialId = RandomNumberGenerator.GetBytes(32);
    private string _userHandle = "";

    public bool IsSynced { get; init; }

    public bool VerifiesUser { get; set; } = true;

    public uint SignCount { get; set; }

    public object Create(JsonElement options)
    {
        _userHandle = options.GetProperty("user").Text("id");
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        byte[] key = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data = [.. Facts(options.GetProperty("rp").Text("id"), WithKey), .. new byte[16], 0, 32, .. _credentialId, .. key];
        byte[] attestation =
            [0xa3, .. Named("fmt"), .. Named("none"), .. Named("attStmt"), 0xa0, .. Named("authData"), 0x58, (byte)data.Length, .. data];
        return Credential(new { clientDataJSON = Text(ClientData("webauthn.create", options)), attestationObject = Text(attestation) });
    }

    public object Sign(JsonElement options)
    {
        var data = Facts(options.Text("rpId"), 0);
        var client = ClientData("webauthn.get", options);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        return Credential(new
        {
            clientDataJSON = Text(client),
            authenticatorData = Text(data),
            signature = Text(_key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            userHandle = _userHandle,
        });
    }

    public void Dispose() => _key.Dispose();

    private object Credential(object response) => new
    {
        id = Text(_credentialId),
        rawId = Text(_credentialId),
        type = "public-key",
        clientExtensionResults = new { },
        response,
    };

    private byte[] Facts(string relyingParty, byte flags)
    {
        var all = (byte)(flags | Present | (VerifiesUser ? Verified : 0) | (IsSynced ? MayBeCopied : 0));
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, SignCount);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), all, .. count];
    }

    private byte[] ClientData(string type, JsonElement options) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = options.Text("challenge"), origin, crossOrigin = false });

    private static byte[] Named(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
