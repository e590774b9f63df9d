using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>What a mistyped command line does: it says so, and never starts a server.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("exprot", "export")]
    [InlineData("--hepl", "--")]
    [InlineData("--ulrs=http://127.0.0.1:0", "--urls")]
    [InlineData("AuthCluster:Devices:Limit=5", "--help")]
    [InlineData("--urls", "a value must follow")]
    public async Task What_is_not_known_stops_with_exit_code_2_and_one_line_with_the_nearest_name(string argument, string told)
    {
        var program = await EmbeddedServerProcess.RunAsync(argument);

        Assert.Equal(2, program.ExitCode);
        Assert.Contains(told, Assert.Single(program.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("", program.Output);
    }

    [Fact]
    public async Task A_command_without_what_it_needs_stops_with_exit_code_2()
    {
        var program = await EmbeddedServerProcess.RunAsync("export");

        Assert.Equal(2, program.ExitCode);
        Assert.Contains("--to", Assert.Single(program.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_lists_the_commands(string argument)
    {
        var program = await EmbeddedServerProcess.RunAsync(argument);

        Assert.Equal(0, program.ExitCode);
        Assert.Contains("export", program.Output, StringComparison.Ordinal);
        Assert.Empty(program.ErrorLines);
    }

    [Fact]
    public async Task The_version_is_printed()
    {
        var program = await EmbeddedServerProcess.RunAsync("--version");

        Assert.Equal(0, program.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", program.Output);
    }
}
