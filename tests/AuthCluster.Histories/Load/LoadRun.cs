using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Load;

/// <summary>What a run did.</summary>
internal sealed record LoadFigures(int Validations, int Revocations, int Restarts, TimeSpan Duration)
{
    private double Rate => Validations / Duration.TotalSeconds;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Validations} validations and {Revocations} revocations in {Duration.TotalSeconds:F1} s, {Restarts} kills: {Rate:F0} validations/s");
}

/// <summary>Puts servers under load and records what every client saw.</summary>
internal sealed class LoadRun
{
    private const int HotUsers = 8;
    private const int UsersPerClient = 4;

    // Of the shared users, so that administrators are revoked while they act like everybody else.
    private const int Administrators = 3;

    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StallPatience = TimeSpan.FromSeconds(90);

    private readonly LoadOptions _options;
    private readonly Deployment _deployment;
    private readonly HistoryWriter _history;
    private readonly StepMix _mix;
    private readonly Numbers _numbers = new();
    private readonly List<Api> _apis = [];
    private readonly List<HistoryWriter.Page> _pages = [];
    private readonly List<LoadUser> _administrators = [];

    private LoadRun(LoadOptions options, Deployment deployment, HistoryWriter history)
    {
        _options = options;
        _deployment = deployment;
        _history = history;
        _mix = new StepMix(options.Validations, options.Revocations);
    }

    public static async Task<LoadFigures> RunAsync(LoadOptions options)
    {
        await using var deployment = await Deployment.StartAsync(options);
        using var history = new HistoryWriter(options.HistoryPath, new HistorySettings(options.DeviceLimit, options.RefreshGrace));
        return await new LoadRun(options, deployment, history).RunAsync();
    }

    private async Task<LoadFigures> RunAsync()
    {
        using var over = new CancellationTokenSource();
        var watch = WatchAsync(over.Token);
        try
        {
            var acts = Enumerable.Range(0, _options.Clients).Select(OpenClient).ToList();
            var users = await RegisterAsync(acts);
            await MakeAdministratorsAsync(users[..Administrators]);
            var started = Stopwatch.GetTimestamp();
            var clients = Task.WhenAll(acts.Select((client, index) => RunClientAsync(client, index, users)));
            var kills = KillAsync(over.Token);
            // The other two end before the clients only by failing.
            await await Task.WhenAny(clients, watch, kills);
            var duration = Stopwatch.GetElapsedTime(started);
            await over.CancelAsync();
            await kills;
            return new LoadFigures(_mix.Validated, _mix.RevocationCount, _deployment.Restarts, duration);
        }
        finally
        {
            _apis.ForEach(api => api.Dispose());
            _pages.ForEach(page => page.Dispose());
        }
    }

    private UserActs OpenClient(int index)
    {
        var page = _history.OpenPage();
        var api = new Api(index, _deployment, page);
        _pages.Add(page);
        _apis.Add(api);
        return new UserActs(api, _administrators, _numbers, RandomOf(index), _deployment.NodeCount);
    }

    /// <summary>The shared users first, then each client's own.</summary>
    private async Task<LoadUser[]> RegisterAsync(List<UserActs> acts)
    {
        var users = new LoadUser[HotUsers + (_options.Clients * UsersPerClient)];
        // A server that was there before may know the addresses of an earlier run.
        var run = Guid.NewGuid().ToString("N")[..8];
        await Task.WhenAll(acts.Select(async (client, index) =>
        {
            for (var i = index; i < users.Length; i += acts.Count)
            {
                users[i] = await client.RegisterAsync(i + 1, $"user-{i}-{run}@example.com")
                    ?? throw new InvalidOperationException("A user could not be registered.");
            }
        }));
        return users;
    }

    /// <summary>Not a part of the history: none of these users has logged in yet.</summary>
    private async Task MakeAdministratorsAsync(IReadOnlyList<LoadUser> users)
    {
        using var http = new HttpClient { BaseAddress = await _deployment.AddressAsync(0) };
        foreach (var user in users)
        {
            // A server with a planted fault may refuse a token that it has just handed out.
            while (await TryMakeAdministratorAsync(http, user) == HttpStatusCode.Unauthorized)
                await Task.Delay(100);
            _administrators.Add(user);
        }
    }

    private async Task<HttpStatusCode> TryMakeAdministratorAsync(HttpClient http, LoadUser user)
    {
        using var login = await http.PostAsJsonAsync(
            "/api/user/login", new { email = _options.AdministratorEmail, password = _options.AdministratorPassword });
        var access = (await login.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access);
        using var patched = await http.PatchAsJsonAsync($"/api/admin/users/{user.AccountId}", new { roles = new[] { "admin" } });
        return patched.StatusCode == HttpStatusCode.Unauthorized ? patched.StatusCode : patched.EnsureSuccessStatusCode().StatusCode;
    }

    private Task RunClientAsync(UserActs acts, int index, LoadUser[] users)
    {
        var hot = users[..HotUsers];
        var own = users.AsSpan(HotUsers + (index * UsersPerClient), UsersPerClient).ToArray();
        var client = new LoadClient(acts, _deployment, _mix, hot, own, RandomOf(index + _options.Clients));
        return client.RunAsync([.. hot.Where((_, i) => i % _options.Clients == index)]);
    }

    private async Task KillAsync(CancellationToken over)
    {
        var random = RandomOf(-1);
        var page = _history.OpenPage();
        _pages.Add(page);
        var due = _options.KillEvery > 0 ? _options.KillEvery : int.MaxValue;
        while (!over.IsCancellationRequested)
        {
            // Not on the beat of anything that the server does.
            await Task.Delay(random.Next(10, 30), CancellationToken.None);
            if (_mix.Validated < due || due >= _options.Validations)
                continue;
            if (await _deployment.RestartAsync() is { } restart)
                page.Add(restart);
            due += _options.KillEvery;
        }
    }

    /// <summary>Breaks calls that take too long, and the whole run where nothing goes on at all.</summary>
    private async Task WatchAsync(CancellationToken over)
    {
        var (validated, since) = (-1, Stopwatch.GetTimestamp());
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), CancellationToken.None);
            _apis.ForEach(api => api.GiveUpAfter(CallPatience));
            if (_mix.Validated != validated)
                (validated, since) = (_mix.Validated, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(since) > StallPatience)
                throw new TimeoutException($"Nothing was validated for {StallPatience.TotalSeconds} s.");
        }
    }

    private Random RandomOf(int part) => new(HashCode(_options.Seed, part));

    // The framework's own hash code is another one in each process.
    private static int HashCode(int seed, int part) => unchecked((seed * 1_000_003) + (part * 8_191));
}
