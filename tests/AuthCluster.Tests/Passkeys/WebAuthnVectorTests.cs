using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Http.Passkeys;
using AuthCluster.Http.Settings;
using AuthCluster.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace AuthCluster.Tests.Passkeys;

/// <summary>The ceremonies of the W3C's own test vectors (WebAuthn level 3, section 16), whose relying party is <c>example.org</c>.</summary>
public sealed class WebAuthnVectorTests
{
    private const byte Verified = 0x04;
    private const byte MayBeCopied = 0x08;
    private const int FlagsAt = 32;
    private const string UserId = "user";

    /// <summary>The framework's handler has no EdDSA, and its options ask no authenticator for it.</summary>
    private static readonly string[] Unsupported = ["Packed Attestation with Ed25519 Credential", "Packed Attestation with Ed448 Credential"];

    private static readonly JsonElement Vectors =
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Passkeys", "webauthn-vectors.json"))).GetProperty("vectors");

    private static readonly AuthClusterOptions Options = new() { PublicUrl = "https://example.org" };

    private readonly PasskeyCeremonies _ceremonies = new(new PublicAddress(Options, new NoServer()));

    public static TheoryData<string> Names => [.. Vectors.EnumerateArray().Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_registration_counts_where_its_user_is_verified_on_a_page_of_ours(string name)
    {
        var vector = Named(name);
        var registration = CredentialOf(vector, "registration", "clientDataJSON", "attestationObject");

        var made = await _ceremonies.AttestAsync(new CeremonyUser(UserId, []), "ann@example.org", registration, new DefaultHttpContext());

        var (flags, _) = AttestedOf(vector);
        Assert.Equal(IsOurs(registration) && IsSupported(name) && (flags & Verified) != 0, made is not null);
        if (made is null)
            return;
        Assert.Equal(Bytes(vector, "id"), made.CredentialId);
        Assert.Equal(PasskeyOf(vector).PublicKey, Convert.ToBase64String(made.PublicKey));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_signature_counts_alone_where_its_user_is_verified_and_as_second_factor_otherwise(string name)
    {
        var vector = Named(name);
        var signed = CredentialOf(vector, "authentication", "clientDataJSON", "authenticatorData", "signature");
        var user = new CeremonyUser(UserId, [PasskeyOf(vector)]);

        var alone = await _ceremonies.AssertAsync(user, signed, isSecondFactor: false, new DefaultHttpContext());
        var second = await _ceremonies.AssertAsync(user, signed, isSecondFactor: true, new DefaultHttpContext());

        var counts = IsOurs(signed) && IsSupported(name);
        Assert.Equal(counts && (Bytes(vector.GetProperty("authentication"), "authenticatorData")[FlagsAt] & Verified) != 0, alone is not null);
        Assert.Equal(counts, second is not null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task One_bit_changed_makes_a_signature_worthless(string name)
    {
        var vector = Named(name);
        var response = vector.GetProperty("authentication");
        var signature = Bytes(response, "signature");
        var user = new CeremonyUser(UserId, [PasskeyOf(vector)]);

        foreach (var at in new[] { signature.Length / 2, signature.Length - 1 })
        {
            var changed = signature.ToArray();
            changed[at] ^= 1;
            var signed = CredentialOf(vector, "authentication", "clientDataJSON", "authenticatorData", ("signature", changed));
            Assert.Null(await _ceremonies.AssertAsync(user, signed, isSecondFactor: true, new DefaultHttpContext()));
        }
    }

    private static JsonElement Named(string name) => Vectors.EnumerateArray().Single(vector => vector.GetProperty("name").GetString()! == name);

    private static bool IsSupported(string name) => !Unsupported.Contains(name, StringComparer.Ordinal);

    /// <summary>A page of another site, within which one of ours is shown, is not.</summary>
    private static bool IsOurs(PresentedCredential credential)
    {
        var client = JsonElement.Parse(Base64Url.DecodeFromChars(JsonElement.Parse(credential.Json).GetProperty("response").GetProperty("clientDataJSON").GetString()!));
        return !client.GetProperty("crossOrigin").GetBoolean();
    }

    private static PresentedCredential CredentialOf(JsonElement vector, string part, params Member[] members)
    {
        var response = vector.GetProperty(part);
        var sent = members.ToDictionary(member => member.Name, member => Base64Url.EncodeToString(member.Value ?? Bytes(response, member.Name)));
        // The vectors name no user; an authenticator does where the request names no passkey.
        sent["userHandle"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(UserId));
        var id = Base64Url.EncodeToString(Bytes(vector, "id"));
        return PresentedCredential.Read(JsonSerializer.SerializeToElement(new
        {
            id,
            rawId = id,
            type = "public-key",
            clientExtensionResults = new { },
            response = sent,
        }))!;
    }

    private static Passkey PasskeyOf(JsonElement vector)
    {
        var (flags, key) = AttestedOf(vector);
        return new Passkey(Guid.Empty, Base64Url.EncodeToString(Bytes(vector, "id")), Convert.ToBase64String(key))
        {
            Name = "",
            Created = default,
            Synced = (flags & MayBeCopied) != 0,
        };
    }

    /// <summary>What the authenticator data of a registration holds: flags, and behind the credential's id its key.</summary>
    private static (byte Flags, byte[] Key) AttestedOf(JsonElement vector)
    {
        var attestation = Bytes(vector.GetProperty("registration"), "attestationObject").AsSpan();
        var start = attestation.IndexOf(SHA256.HashData(Encoding.UTF8.GetBytes("example.org")));
        // CBOR's byte string: its length in one byte or in two.
        var length = attestation[start - 2] == 0x58 ? attestation[start - 1] : (attestation[start - 2] << 8) | attestation[start - 1];
        var data = attestation.Slice(start, length);
        var id = Bytes(vector, "id");
        return (data[FlagsAt], data[(data.IndexOf(id) + id.Length)..].ToArray());
    }

    private static byte[] Bytes(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);

    /// <summary>A member of a response: as the vector has it, or changed.</summary>
    private readonly record struct Member(string Name, byte[]? Value)
    {
        public static implicit operator Member(string name) => new(name, null);

        public static implicit operator Member((string Name, byte[] Value) changed) => new(changed.Name, changed.Value);
    }
}
