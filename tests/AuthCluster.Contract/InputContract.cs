using System.Text.Json;
using AuthCluster.Contract.Attacks;
using AuthCluster.Contract.Catalogue;
using AuthCluster.Tests;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.Contract;

/// <summary>Published collections of broken JSON and of texts that broke other software: no input is answered with 5xx.</summary>
public abstract class InputContract(SharedServers servers, ITestOutputHelper output) : ContractSuite(servers)
{
    // Guesses are not what is tried here, and whoever is made to wait sees nothing of the code behind.
    private static readonly string[] Settings = ["Login:AttemptsPerAccount=1000000", "Devices:Limit=1000"];

    /// <summary>Each text goes to every eighth place, each time to others; to all of them where AUTHCLUSTER_LONG is set.</summary>
    private static readonly int Step = Environment.GetEnvironmentVariable("AUTHCLUSTER_LONG") is null ? 8 : 1;

    [VectorFact]
    public async Task Json_that_is_none_is_refused_at_every_endpoint_and_no_json_breaks_one()
    {
        using var callers = await InputCallers.LoginAsync(await ConnectAsync(Settings));
        var bodies = Endpoints.WithBody.Select(endpoint => (endpoint.Method, Path: endpoint.PathFor(callers.UserId, callers.UserId))).ToList();
        var files = Directory.GetFiles(Vectors("jsontestsuite"), "*.json", SearchOption.AllDirectories);
        var all = from file in files from body in bodies select (file, body);

        var sent = await SendAllAsync(all, async pair =>
        {
            var (name, json) = (Path.GetFileName(pair.file), await File.ReadAllBytesAsync(pair.file));
            using var request = InputDoor.Raw(pair.body.Method, pair.body.Path, json);
            var answer = await callers.SendAsync(request);
            return IsRight(name, answer) ? null : $"{name} at {pair.body.Path}: {answer.Status} {answer.Text}";
        });

        output.WriteLine($"{files.Length} files at {bodies.Count} endpoints: {sent} requests");
        await callers.AssertServerIsWellAsync();
    }

    [VectorFact]
    public async Task Naughty_strings_break_nothing_in_any_field_path_query_or_header()
    {
        using var callers = await InputCallers.LoginAsync(await ConnectAsync(Settings));
        var texts = JsonSerializer.Deserialize<string[]>(await File.ReadAllBytesAsync(Vectors("naughty", "blns.json")))!;
        var doors = InputDoor.Fields(callers.UserId).Concat(InputDoor.Addresses(callers.UserId)).ToList();
        var all = from text in texts.Index()
                  from door in doors.Index()
                  where (text.Index + door.Index) % Step == 0
                  select (text: text.Item, door: door.Item);

        var sent = await SendAllAsync(all, async pair =>
        {
            using var request = pair.door.Send(pair.text);
            var answer = await callers.SendAsync(request);
            return answer.Status < 500 ? null : $"{pair.text} at {pair.door.Name}: {answer.Status} {answer.Text}";
        });

        output.WriteLine($"{texts.Length} texts at {doors.Count} places: {sent} requests");
        await callers.AssertServerIsWellAsync();
    }

    private static string Vectors(params string[] path) => Path.Combine([VectorFactAttribute.Folder!, .. path]);

    private static bool IsRight(string name, Answer answer)
    {
        if (answer.Status is 400 && answer.MediaType != "application/problem+json")
            return false;
        // An empty body says what an empty object does, where all members may be missing.
        if (!name.StartsWith("n_", StringComparison.Ordinal) || name == "n_structure_no_data.json")
            return answer.Status < 500;
        return answer.Status == 413 || (answer.Status == 400 && answer.Json.Text("code") == "invalid_request");
    }

    private static async Task<int> SendAllAsync<T>(IEnumerable<T> all, Func<T, Task<string?>> send)
    {
        var (sent, wrong) = (0, new List<string>());
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (item, _) =>
        {
            var fault = await send(item);
            Interlocked.Increment(ref sent);
            if (fault is null)
                return;
            lock (wrong)
                wrong.Add(fault);
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(50)));
        return sent;
    }
}
