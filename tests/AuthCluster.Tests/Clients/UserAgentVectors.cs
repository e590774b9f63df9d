using AuthCluster.Clients;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.Tests.Clients;

/// <summary>The user agents of uap-core, with what its maintainers expect of them.</summary>
public sealed class UserAgentVectors(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> Browsers = new()
    {
        ["Chrome"] = "Chrome",
        ["Chrome Mobile"] = "Chrome",
        ["Chrome Mobile iOS"] = "Chrome",
        ["Firefox"] = "Firefox",
        ["Firefox Mobile"] = "Firefox",
        ["Firefox iOS"] = "Firefox",
        ["Safari"] = "Safari",
        ["Mobile Safari"] = "Safari",
        ["Edge"] = "Edge",
        ["Edge Mobile"] = "Edge",
        ["Opera"] = "Opera",
        ["Opera Mobile"] = "Opera",
        ["Opera Mini"] = "Opera",
        ["Samsung Internet"] = "Samsung Internet",
    };

    private static readonly Dictionary<string, string[]> Systems = new()
    {
        ["Windows"] = ["Windows", "Xbox"],
        ["Mac OS X"] = ["macOS"],
        ["Linux"] = ["Linux"],
        ["Ubuntu"] = ["Linux"],
        ["Debian"] = ["Linux"],
        ["Android"] = ["Android"],
        // CFNetwork tells an Apple system, not which.
        ["iOS"] = ["iPhone", "iPad", "iPod", "iOS", "Apple device"],
    };

    [VectorFact]
    public void Every_user_agent_has_a_family_of_bounded_length()
    {
        foreach (var file in Directory.GetFiles(Folder, "*.yaml"))
        {
            Assert.All(Cases(file), agent => Assert.InRange(DeviceFamily.Of(agent.UserAgent).Length, 1, 64));
            Assert.NotEmpty(Cases(file));
        }
    }

    [VectorFact]
    public void Browsers_are_recognized() => AssertAgreement(
        ["test_ua.yaml", "firefox_user_agent_strings.yaml", "opera_mini_user_agent_strings.yaml"],
        (family, ours) => Browsers.TryGetValue(family, out var name)
            ? ours == name || ours.StartsWith(name + " on ", StringComparison.Ordinal)
            : null);

    [VectorFact]
    public void Systems_are_recognized() => AssertAgreement(
        ["test_os.yaml", "additional_os_tests.yaml"],
        // Programs with an unusable name are not told apart, whatever their system.
        (family, ours) => ours != DeviceFamily.Unknown && Systems.TryGetValue(family, out var names)
            ? names.Any(name => ours.EndsWith(" on " + name, StringComparison.Ordinal))
            : null);

    private static string Folder => Path.Combine(VectorFactAttribute.Folder!, "uap-core");

    private void AssertAgreement(string[] files, Func<string, string, bool?> agrees)
    {
        var judged = files.SelectMany(file => Cases(Path.Combine(Folder, file)))
            .Select(agent => (Agent: agent, Ours: DeviceFamily.Of(agent.UserAgent)))
            .Select(agent => (agent.Agent, agent.Ours, Agrees: agrees(agent.Agent.Family, agent.Ours)))
            .Where(agent => agent.Agrees is not null)
            .ToList();
        var wrong = judged.Where(agent => agent.Agrees == false).ToList();
        output.WriteLine($"{judged.Count - wrong.Count} of {judged.Count} agree.");
        foreach (var (agent, ours, _) in wrong)
            output.WriteLine($"{agent.Family} | {ours} | {agent.UserAgent}");
        Assert.True(judged.Count > 100);
        Assert.True(wrong.Count <= judged.Count * 0.02, $"{wrong.Count} of {judged.Count} disagree.");
    }

    /// <summary>The files use two line shapes: a quoted user agent, then its family, quoted or not.</summary>
    private static IEnumerable<(string UserAgent, string Family)> Cases(string file)
    {
        string? agent = null;
        foreach (var line in File.ReadLines(file).Select(line => line.Trim()))
        {
            if (line.StartsWith("- user_agent_string:", StringComparison.Ordinal))
            {
                agent = Value(line);
            }
            else if (agent is not null && line.StartsWith("family:", StringComparison.Ordinal))
            {
                yield return (agent, Value(line));
                agent = null;
            }
        }
    }

    private static string Value(string line) => line[(line.IndexOf(':') + 1)..].Trim().Trim('\'', '"');
}
