using System.Net;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>Whose word on the client's address counts.</summary>
public abstract class ProxyContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Wrong = "not the password 9";

    private static readonly IPAddress Stranger = IPAddress.Parse("127.0.0.66");

    private static readonly string[] Trusting = ["Proxies:Trusted:0=127.0.0.1", "Proxies:Trusted:1=10.0.0.0/8"];

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("203.0.113.9, 198.51.100.7:4711, 10.0.0.2", "198.51.100.7")]
    [InlineData("203.0.113.9, [2001:db8::7]:443, 10.0.0.2", "2001:db8::7")]
    [InlineData("198.51.100.7, garbage", "127.0.0.1")]
    public async Task The_client_is_the_right_most_address_that_is_not_trusted(string forwardedFor, string client)
    {
        var api = await ConnectAsync(Trusting);
        var user = await api.RegisterAsync();

        Assert.Equal(client, await AddressSeenAsync(api, user, forwardedFor));
    }

    [Fact]
    public async Task Other_headers_name_no_client()
    {
        var api = await ConnectAsync(Trusting);
        var user = await api.RegisterAsync();

        foreach (var header in new[] { "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Original-For" })
            Assert.Equal("127.0.0.1", await AddressSeenAsync(api, user, "198.51.100.7", header));
        Assert.Equal("127.0.0.1", await AddressSeenAsync(api, user, "for=198.51.100.7", "Forwarded"));
    }

    [Fact]
    public async Task The_header_of_an_untrusted_peer_counts_for_nothing()
    {
        var trusting = await ConnectFromAsync(Stranger, Trusting);
        var trustingNobody = await ConnectAsync();

        Assert.Equal("127.0.0.66", await AddressSeenAsync(trusting, await trusting.RegisterAsync(), "198.51.100.7"));
        Assert.Equal("127.0.0.1", await AddressSeenAsync(trustingNobody, await trustingNobody.RegisterAsync(), "198.51.100.7"));
    }

    [Fact]
    public async Task Ten_thousand_forged_addresses_are_one_client()
    {
        const int limit = 20;
        var api = await ConnectFromAsync(Stranger, [.. Trusting, $"RateLimits:PerAddress={limit}"]);
        var passed = 0;

        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var answer = await LoginAsync(api, ApiClient.NewEmail(), Wrong, $"198.{number >> 8}.{number & 255}.7");
            if (answer.Status != 429)
                Interlocked.Increment(ref passed);
        });

        // Several minutes may pass on a busy machine, each with a limit of its own.
        Assert.InRange(passed, limit, 10 * limit);
    }

    [Fact]
    public async Task Each_client_behind_a_trusted_proxy_has_a_limit_of_his_own()
    {
        var api = await ConnectAsync([.. Trusting, "RateLimits:PerAddress=2"]);

        foreach (var client in new[] { "198.51.100.7", "198.51.100.8", "2001:db8:0:1::1", "2001:db8:0:2::1" })
        {
            (await LoginAsync(api, ApiClient.NewEmail(), Wrong, client)).AssertProblem(401, "invalid_credentials");
            (await LoginAsync(api, ApiClient.NewEmail(), Wrong, client)).AssertProblem(401, "invalid_credentials");
            (await LoginAsync(api, ApiClient.NewEmail(), Wrong, client)).AssertProblem(429, "too_many_attempts");
        }

        (await LoginAsync(api, ApiClient.NewEmail(), Wrong, "2001:db8:0:1:2:3:4:5")).AssertProblem(429, "too_many_attempts");
    }

    [Fact]
    public async Task Endless_guesses_from_a_thousand_addresses_do_not_keep_the_owner_from_his_device()
    {
        var api = await ConnectAsync(Trusting);
        var session = await api.SignUpAsync();
        var refused = 0;

        for (var number = 0; number < 1000; number++)
        {
            var answer = await LoginAsync(api, session.User.Email, Wrong, $"198.51.{number >> 8}.{number & 255}");
            Assert.True(answer.Status is 401 or 429);
            refused += answer.Status == 429 ? 1 : 0;
            if (number % 50 == 0)
                await api.LoginAsync(session.User, deviceToken: session.DeviceToken);
        }

        Assert.True(refused > 900);
        (await api.TryLoginAsync(session.User.Email, session.User.Password)).AssertProblem(429, "too_many_attempts");
    }

    private static async Task<string?> AddressSeenAsync(ApiClient api, User user, string forwardedFor, string header = "X-Forwarded-For")
    {
        var session = Session.Of(user, await LoginAsync(api, user.Email, user.Password, forwardedFor, header));
        var devices = (await api.GetAsync("/api/user/devices", session.Access)).AssertStatus(200).Json;
        return devices.EnumerateArray().Single(device => device.Text("id") == session.DeviceId).Text("ip");
    }

    private static async Task<Answer> LoginAsync(
        ApiClient api, string email, string password, string forwardedFor, string header = "X-Forwarded-For")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/user/login")
        {
            Content = RequestContent.Form(("email", email), ("password", password)),
        };
        request.Headers.TryAddWithoutValidation(header, forwardedFor);
        return await api.SendAsync(request);
    }
}
