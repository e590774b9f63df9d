using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using AuthCluster.Contract;
using AuthCluster.Contract.Attacks;
using AuthCluster.Contract.Catalogue;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>
/// What the costliest input costs, in processor time of the server. A request that costs it much more than a plain one does lets few clients keep
/// everybody else waiting.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync.")]
public sealed class HostileInputTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Allowed = 20;

    /// <summary>Requests of one kind: the clock of a process ticks every ten milliseconds.</summary>
    private const int First = 6;
    private const int Again = 60;

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Passwords:Cost"] = "Lowest",
        ["Bootstrap:AdminEmail"] = ContractSuite.AdministratorEmail,
        ["Bootstrap:AdminPassword"] = ContractSuite.AdministratorPassword,
        ["RateLimits:PerAddress"] = "0",
        ["Login:AttemptsPerAccount"] = "1000000",
        ["Login:CodeAttempts"] = "1000",
        ["Devices:Limit"] = "1000",
    };

    private static readonly (string Name, string Text)[] Texts =
    [
        ("combining marks", new string('\u0300', 7_000) + new string('\u0316', 7_000)),
        ("a few combining marks", "a" + new string('\u0300', 120) + new string('\u0316', 120)),
        ("compatibility forms", string.Concat(Enumerable.Repeat("\uFDFA", 15_000))),
        ("a few compatibility forms", string.Concat(Enumerable.Repeat("\uFDFA", 60))),
        ("a long text", new string('a', 60_000)),
        ("many words", string.Concat(Enumerable.Repeat("password1234qwertyaaaa20011231", 8))),
        ("many digits", string.Concat(Enumerable.Repeat("19911231", 32))),
        ("many labels", $"a@{string.Concat(Enumerable.Repeat("xn--a.", 40))}com"),
        ("many brackets", new string('[', 30_000)),
        ("many dots", string.Concat(Enumerable.Repeat("eyJhIjoxfQ.", 4_000))),
    ];

    private readonly StringBuilder _report = new();
    private EmbeddedServerProcess _server = null!;
    private HttpClient _http = null!;
    private InputCallers _callers = null!;

    public async Task InitializeAsync()
    {
        _server = await EmbeddedServerProcess.StartAsync(Settings);
        _http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8 }) { BaseAddress = _server.BaseAddress };
        _callers = await InputCallers.LoginAsync(new ApiClient(_http));
    }

    public async Task DisposeAsync()
    {
        output.WriteLine(_report.ToString());
        _callers.Dispose();
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task No_text_in_any_place_costs_twenty_times_what_a_plain_one_costs()
    {
        var doors = InputDoor.Fields(_callers.UserId).Concat(InputDoor.Addresses(_callers.UserId)).ToList();
        // Once for the compiler.
        await CostAsync(doors.Select(door => (Func<HttpRequestMessage>)(() => door.Send("x"))), 3);
        var plain = await CostAsync(doors.Select(door => (Func<HttpRequestMessage>)(() => door.Send("x"))), 3);
        _report.AppendLine(CultureInfo.InvariantCulture, $"a plain request: {plain.TotalMicroseconds:F0} µs, {doors.Count} places");

        var costly = new List<string>();
        foreach (var door in doors)
        {
            var plainHere = Max(plain, await CostAsync([() => door.Send("x")], First));
            foreach (var (name, text) in Texts)
                await JudgeAsync($"{name} at {door.Name}", () => door.Send(text), plainHere, costly);
        }

        Assert.True(costly.Count == 0, string.Join('\n', costly));
    }

    [Fact]
    public async Task No_shape_of_a_body_costs_twenty_times_what_a_plain_one_costs()
    {
        var bodies = new (string Name, string Json)[]
        {
            ("deep arrays", new string('[', 30_000)),
            ("deep objects", string.Concat(Enumerable.Repeat("""{"a":""", 10_000))),
            ("many members", $"{{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"m{i}\":1"))}}}"),
            ("many numbers", $"{{\"roles\":[{string.Join(',', Enumerable.Repeat("1e999", 9_000))}]}}"),
            ("many escapes", $"{{\"email\":\"{string.Concat(Enumerable.Repeat("\\u0300", 9_000))}\"}}"),
        };
        var plain = await CostAsync(Endpoints.WithBody.Select(endpoint => Sender(endpoint, "{}")), 20);
        var costly = new List<string>();
        foreach (var endpoint in Endpoints.WithBody)
        {
            foreach (var (name, json) in bodies)
                await JudgeAsync($"{name} at {endpoint.Name}", Sender(endpoint, json), plain, costly);
        }

        Assert.True(costly.Count == 0, string.Join('\n', costly));
    }

    private Func<HttpRequestMessage> Sender(Endpoint endpoint, string json) =>
        () => InputDoor.Raw(endpoint.Method, endpoint.PathFor(_callers.UserId, Guid.Empty.ToString()), Encoding.UTF8.GetBytes(json));

    private async Task JudgeAsync(string what, Func<HttpRequestMessage> make, TimeSpan plain, List<string> costly)
    {
        var cost = await CostAsync([make], First);
        if (cost <= plain * Allowed / 2)
            return;
        // A collection of garbage may have fallen into these few.
        cost = await CostAsync([make], Again);
        var line = string.Create(CultureInfo.InvariantCulture, $"{what}: {cost.TotalMicroseconds:F0} µs, {cost / plain:F1} times a plain one");
        _report.AppendLine(line);
        if (cost > plain * Allowed)
            costly.Add(line);
    }

    /// <summary>Processor time of the server for one of these requests.</summary>
    private async Task<TimeSpan> CostAsync(IEnumerable<Func<HttpRequestMessage>> requests, int times)
    {
        using var server = Process.GetProcessById(_server.ProcessId);
        var before = server.TotalProcessorTime;
        var sent = 0;
        foreach (var make in requests)
        {
            for (var i = 0; i < times; i++, sent++)
            {
                using var request = make();
                await _callers.SendAsync(request);
            }
        }

        server.Refresh();
        return (server.TotalProcessorTime - before) / sent;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
