using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Options;
using AuthCluster.Tests.Keys;
using AuthCluster.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace AuthCluster.Tests.Tokens;

/// <summary>Everything that issues and reads tokens, over a store in memory.</summary>
internal sealed class Deployment : IDisposable
{
    public static readonly MasterKey Master = MasterKey.FromBase64(Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));

    private const string Iss = "https://id.example.org";

    private Deployment(TokenOptions options, FakeTimeProvider time, MemoryKeyRingStore store, MasterKey master)
    {
        Options = options;
        Time = time;
        Store = store;
        Ring = new KeyRing(store, master, options, time);
        Issuer = new TokenIssuer(Ring, master, options, Iss);
        Reader = new TokenReader(Ring, master, options, Iss, time);
    }

    public TokenOptions Options { get; }

    public FakeTimeProvider Time { get; }

    public MemoryKeyRingStore Store { get; }

    public KeyRing Ring { get; }

    public TokenIssuer Issuer { get; }

    public TokenReader Reader { get; }

    public static async Task<Deployment> StartAsync(
        TokenOptions? options = null, FakeTimeProvider? time = null, MemoryKeyRingStore? store = null, MasterKey? master = null)
    {
        var deployment = new Deployment(options ?? new TokenOptions(), time ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero)), store ?? new MemoryKeyRingStore(), master ?? Master);
        await deployment.Ring.OpenAsync();
        return deployment;
    }

    /// <summary>Another process on the same store and clock.</summary>
    public Task<Deployment> RestartAsync(TokenOptions? options = null) => StartAsync(options ?? Options, Time, Store);

    public void Dispose() => Ring.Dispose();

    public Grant Grant(string profile = "{}", params string[] roles) => new()
    {
        At = Time.GetUtcNow(),
        Account = new AccountView
        {
            Id = Guid.NewGuid(),
            Email = "ann@example.org",
            EmailVerified = true,
            Active = true,
            Roles = [.. roles],
            Profile = Profile.Restore(profile),
            Joined = Time.GetUtcNow(),
        },
        Session = new Session
        {
            Id = Guid.NewGuid(),
            Name = "Laptop",
            Family = "Firefox on Linux",
            DeviceId = Guid.NewGuid(),
            Created = Time.GetUtcNow(),
            LastSeen = Time.GetUtcNow(),
            Authenticated = Time.GetUtcNow() - TimeSpan.FromMinutes(5),
            Methods = ["pwd", "otp"],
            Rotation = new RefreshRotation
            {
                Number = 3,
                TokenId = Guid.NewGuid(),
                Issued = Time.GetUtcNow(),
                Expires = Time.GetUtcNow() + Options.RefreshLifetime,
            },
        },
        SessionEnd = Time.GetUtcNow() + TimeSpan.FromDays(90),
        AccessSecret = Guid.NewGuid(),
        RefreshSecret = Guid.NewGuid(),
        DeviceTokenGeneration = 1,
    };

    public string IssueAccess() => Issuer.Issue(Grant()).Access;

    public static JsonObject Header(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!.AsObject();

    public JsonObject Claims(string token) => JsonNode.Parse(Reader.Payload(token))!.AsObject();

    /// <summary>A token with any header and payload, signed by the deployment's own key.</summary>
    public string Signed(string header, string payload) => Signed(header, payload, Ring.Current.Sign);

    public static string Signed(string header, string payload, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
