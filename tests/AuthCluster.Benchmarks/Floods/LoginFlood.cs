using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AuthCluster.Benchmarks.Harness;

namespace AuthCluster.Benchmarks.Floods;

/// <param name="Users">Of the first half the passwords are right, of the second half wrong.</param>
internal sealed record FloodPlan(int Port, int Users);

/// <param name="PerSecond">Logins offered, whatever becomes of them; 0 for as many as the server takes, all of them right.</param>
internal sealed record FloodRound(int PerSecond, TimeSpan Time);

/// <param name="Hashed">Those whose password was looked at, right or wrong.</param>
/// <param name="Untold">Refused ones that were not told when to come back.</param>
/// <param name="Broken">Any other answer, or none.</param>
internal sealed record FloodResult(int Offered, int Hashed, int Refused, int Untold, int Broken, TimeSpan Time);

/// <summary>
/// The process that floods: logins at addresses that nobody holds, with wrong passwords and with right ones in turn, each from a client
/// address of its own.
/// </summary>
internal sealed class LoginFlood : IDisposable
{
    /// <summary>No more than the lane has places for on any machine, so that nothing is refused.</summary>
    private const int CallersWithinBounds = 8;

    private readonly FloodPlan _plan;
    private readonly HttpClient _http;
    private readonly Random _random = new(1);
    private int _offered;
    private int _hashed;
    private int _refused;
    private int _untold;
    private int _broken;

    private LoginFlood(FloodPlan plan)
    {
        _plan = plan;
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{plan.Port}") };
    }

    public static async Task<int> RunAsync()
    {
        using var flood = new LoginFlood(Read<FloodPlan>()!);
        while (Read<FloodRound>() is { } round)
            Console.WriteLine(JsonSerializer.Serialize(await flood.PlayAsync(round)));
        return 0;
    }

    public void Dispose() => _http.Dispose();

    private static T? Read<T>()
        where T : class => Console.ReadLine() is { } line ? JsonSerializer.Deserialize<T>(line) : null;

    private async Task<FloodResult> PlayAsync(FloodRound round)
    {
        _offered = _hashed = _refused = _untold = _broken = 0;
        var started = Stopwatch.GetTimestamp();
        if (round.PerSecond == 0)
            await Task.WhenAll(Enumerable.Range(0, CallersWithinBounds).Select(_ => CallAsync(started, round.Time)));
        else
            await FloodAsync(started, round);
        return new FloodResult(_offered, _hashed, _refused, _untold, _broken, Stopwatch.GetElapsedTime(started));
    }

    private async Task CallAsync(long started, TimeSpan time)
    {
        while (Stopwatch.GetElapsedTime(started) < time)
            await LoginAsync(RightUser(), isRight: true);
    }

    private async Task FloodAsync(long started, FloodRound round)
    {
        var logins = new List<Task>();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (await beat.WaitForNextTickAsync() && Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < round.Time)
        {
            while (logins.Count < elapsed.TotalSeconds * round.PerSecond)
                logins.Add(LoginNextAsync());
        }

        await Task.WhenAll(logins);
    }

    private Task LoginNextAsync() => (_offered % 3) switch
    {
        0 => LoginAsync(_plan.Users + _random.Next(1_000_000), isRight: false),
        1 => LoginAsync((_plan.Users / 2) + _random.Next(_plan.Users / 2), isRight: false),
        _ => LoginAsync(RightUser(), isRight: true),
    };

    private int RightUser() => _random.Next(_plan.Users / 2);

    private async Task LoginAsync(int user, bool isRight)
    {
        Interlocked.Increment(ref _offered);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/user/login");
        request.Content = JsonContent.Create(new { email = SampleAccounts.EmailOf(user), password = isRight ? SampleAccounts.Password : "a wrong password" });
        request.Headers.Add("X-Forwarded-For", new IPAddress([10, (byte)_random.Next(256), (byte)_random.Next(256), (byte)_random.Next(256)]).ToString());
        try
        {
            using var answer = await _http.SendAsync(request);
            Count(answer);
        }
        catch (HttpRequestException)
        {
            Interlocked.Increment(ref _broken);
        }
    }

    private void Count(HttpResponseMessage answer)
    {
        switch ((int)answer.StatusCode)
        {
            case 200 or 401:
                Interlocked.Increment(ref _hashed);
                break;
            case 429 or 503:
                Interlocked.Increment(ref _refused);
                if (answer.Headers.RetryAfter is null)
                    Interlocked.Increment(ref _untold);
                break;
            default:
                Interlocked.Increment(ref _broken);
                break;
        }
    }
}
