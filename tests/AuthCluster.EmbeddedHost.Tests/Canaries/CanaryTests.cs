using System.Security.Cryptography;
using AuthCluster.Contract;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.EmbeddedHost.Tests.Canaries;

/// <summary>A thousand secrets are sent to every place that takes some, and looked for in all that the server leaves behind.</summary>
public sealed class CanaryTests(ITestOutputHelper log)
{
    private const int Each = 334;

    /// <summary>Fewer than an account may do within a minute.</summary>
    private const int ActsOfOneAccount = 40;

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Passwords:Cost"] = "Lowest",
        ["RateLimits:PerAddress"] = "0",
        ["Login:AttemptsPerAccount"] = "1000000",
        ["Devices:Limit"] = "1000",
        ["Captcha:Provider"] = "Turnstile",
        ["Captcha:Secret"] = FakeCaptchaProvider.Secret,
        ["Captcha:VerifyUrl"] = FakeCaptchaProvider.Shared.Url,
        ["Captcha:After"] = "0",
        // More than anybody should turn on.
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:AuthCluster"] = "Trace",
        ["Logging:LogLevel:AuthCluster.Http.Bearer"] = "Trace",
    };

    [Fact]
    public async Task No_secret_is_left_in_logs_errors_or_the_database()
    {
        await using var server = await EmbeddedServerProcess.StartAsync(Settings);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);
        var doors = new CanaryDoors(api);
        await doors.OpenAsync();

        var (secrets, told) = await SendEverywhereAsync(doors);
        await doors.UseUpAsync();
        secrets.AddRange(doors.HandedOut);
        foreach (var path in new[] { "/health/ready", "/health/live", "/openapi/v1.json", "/.well-known/jwks.json", "/metrics" })
            told.Add((await api.GetAsync(path)).Text);

        // The write-ahead log is there as long as the server is.
        var files = FilesOf(server.DataDirectory);
        Assert.Contains(files, file => file.Name.EndsWith("-wal", StringComparison.Ordinal));
        await server.StopAsync();
        files.AddRange(FilesOf(server.DataDirectory));

        log.WriteLine($"{secrets.Count} secrets in {told.Count} answers, {server.Said.Length} characters of logs and {files.Sum(file => file.Bytes.Length)} bytes");
        var search = new CanarySearch(secrets);
        Assert.All(told, text => Assert.Null(search.Find(text)));
        Assert.Contains("trce: ", server.Said, StringComparison.Ordinal);
        Assert.Null(search.Find(server.Said));
        Assert.All(files, file => Assert.Null(search.Find(file.Bytes)));
    }

    [Fact]
    public void A_secret_is_found_in_every_spelling()
    {
        var secret = NewSecret();
        var search = new CanarySearch([NewSecret(), secret]);
        var bytes = System.Text.Encoding.UTF8.GetBytes(secret);
        string[] spellings = [secret, Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), Uri.EscapeDataString($"a b={secret}")];
        Assert.All(spellings, spelling => Assert.NotNull(search.Find($"before {spelling} after")));
        foreach (var before in new[] { "", "a", "ab", "abc" })
        {
            var text = System.Text.Encoding.UTF8.GetBytes($"{before}{secret}?>~");
            Assert.NotNull(search.Find(Convert.ToBase64String(text)));
            Assert.NotNull(search.Find(System.Buffers.Text.Base64Url.EncodeToString(text)));
        }

        Assert.Null(search.Find($"before {NewSecret()} after"));
    }

    /// <returns>What was sent, and what the errors said.</returns>
    private static async Task<(List<string> Secrets, List<string> Told)> SendEverywhereAsync(CanaryDoors doors)
    {
        List<string> secrets = [FakeCaptchaProvider.Secret];
        var told = new List<string>();
        foreach (var places in new[] { doors.Members, doors.Bearers, doors.Codes })
        {
            for (var i = 0; i < Each; i++)
            {
                if (i % ActsOfOneAccount == 0)
                    await doors.OpenAsync();
                secrets.Add(NewSecret());
                told.AddRange(OfError(await places[i % places.Count](secrets[^1])));
            }
        }

        foreach (var send in doors.Malformed)
        {
            secrets.Add(NewSecret());
            told.Add(await send(secrets[^1]));
        }

        return (secrets, told);
    }

    private static string NewSecret() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 24);

    private static IEnumerable<string> OfError(Answer answer) => answer.Status >= 400 ? [answer.Text] : [];

    /// <summary>But for the lock, which nobody else may open.</summary>
    private static List<(string Name, byte[] Bytes)> FilesOf(string directory) =>
        [.. Directory.GetFiles(directory).Where(file => Path.GetFileName(file) != "lock").Select(file => (file, File.ReadAllBytes(file)))];
}
