using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>What stops a start is told in lines that name what to mend, not where in the program it was noticed.</summary>
public sealed class StartTests : IDisposable
{
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal);

    private readonly string _directory = EmbeddedServerProcess.NewDataDirectory();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_one_line_that_names_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var program = await EmbeddedServerProcess.RunToEndAsync(Defaults, _directory, $"http://127.0.0.1:{port}");

        AssertOneLine(program, port);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://203.0.113.5:8000")]
    public async Task An_address_that_cannot_be_listened_on_stops_the_start_with_one_line_that_names_it(string url)
    {
        var program = await EmbeddedServerProcess.RunToEndAsync(Defaults, _directory, url);

        AssertOneLine(program, url);
    }

    [Fact]
    public async Task A_master_key_file_that_cannot_be_made_is_told_with_its_setting()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Keys:MasterFile"] = Path.Combine(_directory, "nowhere", "key") };

        var program = await EmbeddedServerProcess.RunToEndAsync(settings, _directory);

        AssertOneLine(program, "AuthCluster:Keys:MasterFile");
    }

    [Fact]
    public async Task A_master_key_that_is_missing_beside_its_database_is_not_replaced()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "authcluster.db"), "");

        var program = await EmbeddedServerProcess.RunToEndAsync(Defaults, _directory);

        AssertOneLine(program, Path.Combine(_directory, "master.key"));
        Assert.False(File.Exists(Path.Combine(_directory, "master.key")));
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_told_with_its_setting()
    {
        var file = Path.Combine(_directory, "file");
        await File.WriteAllTextAsync(file, "");

        var program = await EmbeddedServerProcess.RunToEndAsync(Defaults, file);

        AssertOneLine(program, "AuthCluster:DataDirectory");
    }

    [Fact]
    public async Task A_misspelt_setting_is_named_beside_the_fault_that_comes_of_it()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Tokens:Encript"] = "true", ["Tokens:EncryptionKey"] = "" };

        var program = await EmbeddedServerProcess.RunToEndAsync(settings, _directory);

        Assert.Equal(1, program.ExitCode);
        Assert.Contains(program.ErrorLines, line => line.StartsWith("AuthCluster:Tokens:EncryptionKey:", StringComparison.Ordinal));
        var warning = Assert.Single(program.ErrorLines, line => line.StartsWith("AuthCluster:Tokens:Encript:", StringComparison.Ordinal));
        Assert.Contains("AuthCluster:Tokens:Encrypt.", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED")]
    [InlineData("FORWARDEDHEADERS_ENABLED")]
    public async Task The_frameworks_own_switch_for_forwarding_headers_is_refused_by_name(string variable)
    {
        var program = await EmbeddedServerProcess.RunToEndAsync(Defaults, _directory, "http://127.0.0.1:0", "env", $"{variable}=true");

        AssertOneLine(program, "AuthCluster:Proxies:Trusted");
    }

    [Fact]
    public async Task The_frameworks_variable_for_addresses_counts()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var program = await EmbeddedServerProcess.RunInAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = address }, $"--AuthCluster:DataDirectory={_directory}");

        AssertOneLine(program, address);
    }

    private static void AssertOneLine(StoppedProgram program, string named)
    {
        Assert.Equal(1, program.ExitCode);
        Assert.Contains(named, Assert.Single(program.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("", program.Output);
    }
}
