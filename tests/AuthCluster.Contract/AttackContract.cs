using System.Security.Cryptography;
using System.Text.Json;
using AuthCluster.Contract.Attacks;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.Contract;

/// <summary>Every attack token at every place that takes a token, for every algorithm: each is refused, with the answer for bad tokens.</summary>
public abstract class AttackContract(SharedServers servers, ITestOutputHelper output) : ContractSuite(servers)
{
    private static readonly byte[] SharedKey = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] EncryptionKey = RandomNumberGenerator.GetBytes(32);

    [Theory]
    [InlineData("ES256", false)]
    [InlineData("RS256", false)]
    [InlineData("HS256", false)]
    [InlineData("ES256", true)]
    [InlineData("RS256", true)]
    [InlineData("HS256", true)]
    public async Task Every_attack_is_refused_everywhere(string algorithm, bool isEncrypted)
    {
        var api = await ConnectAsync(Settings(algorithm, isEncrypted));
        var administrator = await api.LoginAsAdministratorAsync();
        var bystander = await api.SignUpAsync();
        var (access, refresh) = await AttacksAsync(api, administrator, bystander, isEncrypted);
        var bearer = TokenDoor.Bearer(bystander.User.Id, bystander.DeviceId);
        // What is encrypted is decrypted at one place: the first three doors check in three ways, the others as the third.
        if (isEncrypted)
            bearer = [.. bearer.Take(3)];

        var all = from attack in access from door in bearer.Concat(TokenDoor.Verify) select (attack, door);
        all = all.Concat(from attack in refresh from door in TokenDoor.Refresh.Concat(TokenDoor.Verify) select (attack, door));
        all = all.Concat(from attack in WrongKinds(administrator, isRefresh: false) from door in bearer select (attack, door));
        all = all.Concat(from attack in WrongKinds(administrator, isRefresh: true) from door in TokenDoor.Refresh select (attack, door));
        var sent = await SendAllAsync(api, all.Where(pair => pair.door.Takes(pair.attack.Token)));

        var server = isEncrypted ? $"{algorithm}, encrypted" : algorithm;
        output.WriteLine($"{server}: {access.Count} patterns of access tokens, {refresh.Count} of refresh tokens, {sent} requests");
        await api.AssertLivesAsync(administrator);
        await api.AssertLivesAsync(bystander);
    }

    [Fact]
    public async Task A_good_token_in_a_header_that_is_not_well_formed_is_refused()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var token = session.Access;
        string[] headers =
        [
            $"Authorization: Bearer {token}\0", $"Authorization: Bearer \0{token}", $"Authorization: Bearer {token}\u00ef\u00bb\u00bf",
            $"Authorization: Bearer \u00ef\u00bb\u00bf{token}", $"Authorization: Bearer {token}\u00a0", $"Authorization: Bearer {token}\u0001",
            $"Authorization: Bearer\t{token}", $"Authorization: Bearer {token[..20]}\r\n {token[20..]}", $"Authorization: Bearer {token}\rX: y",
            $"Authorization : Bearer {token}", $"Authorization: Bearer {token}\r\nAuthorization: Bearer {token}", $"Authorization: Bearer{token}",
            $"Authorization: Bearer {token}, Bearer {token}", $"Authorization: Bearer {token},", $"Authorization: {token}",
            $"Authorization: Token {token}",
            $"Authorization: Bearer {token}.{new string('k', 64 * 1024)}", $"Proxy-Authorization: Bearer {token}", $"X-Authorization: Bearer {token}",
        ];
        foreach (var header in headers)
        {
            foreach (var path in new[] { "/api/forward-auth", "/api/user/view" })
            {
                var answer = await RawRequest.SendAsync(api, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n\r\n");
                Assert.Matches(@"\AHTTP/1\.1 (400|401|431) ", answer);
            }
        }

        await api.AssertLivesAsync(session);
    }

    private static string[] Settings(string algorithm, bool isEncrypted)
    {
        var settings = new List<string> { $"Tokens:Algorithm={algorithm}" };
        if (algorithm == "HS256")
            settings.Add($"Tokens:SigningKey={Convert.ToBase64String(SharedKey)}");
        if (isEncrypted)
            settings.AddRange(["Tokens:Encrypt=true", $"Tokens:EncryptionKey={Convert.ToBase64String(EncryptionKey)}"]);
        return [.. settings];
    }

    private static async Task<(List<Attack> Access, List<Attack> Refresh)> AttacksAsync(
        ApiClient api, Session session, Session stranger, bool isEncrypted)
    {
        var keys = (await api.GetAsync("/.well-known/jwks.json")).AssertStatus(200).Json.GetProperty("keys").EnumerateArray();
        JsonElement? publicKey = keys.Select(key => (JsonElement?)key).FirstOrDefault();
        Victim Open(string token) => new(isEncrypted ? EncryptedToken.Decrypt(token, EncryptionKey) : token, publicKey);
        var (access, refresh) = (Open(session.Access), Open(session.Refresh));
        var (strangersAccess, strangersRefresh) = (Open(stranger.Access), Open(stranger.Refresh));
        var onAccess = On(access, strangersAccess, refresh).ToList();
        var onRefresh = On(refresh, strangersRefresh, access).ToList();
        if (!isEncrypted)
            return (onAccess, onRefresh);
        return ([.. InEncryption(session.Access, onAccess)], [.. InEncryption(session.Refresh, onRefresh)]);
    }

    private static Attack[] On(Victim victim, Victim other, Victim sibling)
    {
        Attack[] attacks =
        [
            .. HeaderAttacks.On(victim), .. SignatureAttacks.On(victim, other.Token), .. SpellingAttacks.On(victim.Token),
            .. SpellingAttacks.OtherForms(victim), .. ClaimAttacks.On(victim, other, sibling, _ => victim.Signature),
        ];
        if (victim.Algorithm != "HS256")
            return attacks;
        byte[] Sign(byte[] text) => HMACSHA256.HashData(SharedKey, text);
        var signed = ClaimAttacks.On(victim, other, sibling, Sign).Select(attack => attack with { Name = $"{attack.Name}, rightly signed" });
        return [.. attacks, .. signed, .. ClaimAttacks.Signed(victim, sibling, Sign)];
    }

    /// <summary>The encrypted token respelled, and each attack inside an encryption that is right.</summary>
    private static IEnumerable<Attack> InEncryption(string encrypted, IEnumerable<Attack> attacks)
    {
        var header = encrypted.Split('.')[0];
        var inside = attacks.Select(attack => new Attack($"{attack.Name}, encrypted", EncryptedToken.Encrypt(header, attack.Token, EncryptionKey)));
        return [.. SpellingAttacks.On(encrypted), new("not encrypted", EncryptedToken.Decrypt(encrypted, EncryptionKey)), .. inside];
    }

    private static Attack[] WrongKinds(Session session, bool isRefresh) =>
    [
        new("the token of the other kind", isRefresh ? session.Access : session.Refresh), new("the device token", session.DeviceToken),
        new("the id of the session", session.DeviceId),
    ];

    private static async Task<int> SendAllAsync(ApiClient api, IEnumerable<(Attack Attack, TokenDoor Door)> all)
    {
        var (sent, wrong) = (0, new List<string>());
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (pair, _) =>
        {
            var answer = await pair.Door.SendAsync(api, pair.Attack.Token);
            Interlocked.Increment(ref sent);
            // A form with NUL is not even a form.
            var expected = pair.Door.IsForm && pair.Attack.Token.Contains('\0') ? (400, "invalid_request") : (401, "token_not_valid");
            if (answer.MediaType == "application/problem+json" && (answer.Status, answer.Json.Text("code")) == expected)
                return;
            lock (wrong)
                wrong.Add($"{pair.Attack.Name} at {pair.Door}: {answer.Status} {answer.Text}");
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        return sent;
    }
}
