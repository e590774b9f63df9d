using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_walk_of_the_readme_answers_what_it_shows()
    {
        await using var server = await EmbeddedServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal));

        await ReadmeWalk.AssertAnswersAsync(server.BaseAddress);
    }
}
