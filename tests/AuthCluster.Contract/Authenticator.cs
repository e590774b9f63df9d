using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace AuthCluster.Contract;

/// <summary>An authenticator app, as the user has one: RFC 6238 with SHA-1, 30 seconds and 6 digits, written without the server's library.</summary>
public sealed class Authenticator
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(5);

    private readonly byte[] _secret;
    private long _newest;

    public Authenticator(string base32) => _secret = Decode(base32);

    /// <summary>Makes a secret, which is not confirmed yet.</summary>
    public static async Task<Authenticator> CreateAsync(ApiClient api, Session session)
    {
        var answer = await api.PostAsync("/api/user/totp/create", new { current_password = session.User.Password }, session.Access);
        return new Authenticator(answer.AssertStatus(201).Json.Text("secret"));
    }

    /// <summary>Turns a second factor on: the session goes on with the new pair, and there are ten emergency codes.</summary>
    public static async Task<(Session Session, IReadOnlyList<string> EmergencyCodes)> TurnOnAsync(ApiClient api, Session session) =>
        await (await CreateAsync(api, session)).ConfirmAsync(api, session);

    public async Task<(Session Session, IReadOnlyList<string> EmergencyCodes)> ConfirmAsync(ApiClient api, Session session)
    {
        var answer = await api.PostAsync("/api/user/totp/confirm", new { code = await NextCodeAsync() }, session.Access);
        var confirmed = Session.Of(session.User, answer);
        return (confirmed, [.. confirmed.Response.GetProperty("emergency_codes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    /// <summary>
    /// The code of the earliest step that the server takes and that was not asked for before. There are three of them at a time; for a fourth
    /// this waits, as it does where the step might be over before the code is looked at.
    /// </summary>
    public async Task<string> NextCodeAsync()
    {
        while (true)
        {
            var now = DateTimeOffset.UtcNow;
            var current = now.ToUnixTimeSeconds() / StepSeconds;
            var left = DateTimeOffset.FromUnixTimeSeconds((current + 1) * StepSeconds) - now;
            var next = Math.Max(_newest + 1, current - 1);
            if (left >= LongestCall && next <= current + 1)
            {
                _newest = next;
                return CodeOf(next);
            }

            await Task.Delay(left + TimeSpan.FromMilliseconds(50));
        }
    }

    private string CodeOf(long step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The RFC's own algorithm, which apps have.
        var hash = HMACSHA1.HashData(_secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.Select(letter => Alphabet.IndexOf(letter, StringComparison.Ordinal).ToString("b5", CultureInfo.InvariantCulture)));
        return [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
    }
}
