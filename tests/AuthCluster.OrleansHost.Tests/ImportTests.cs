using System.Security.Cryptography;
using AuthCluster.Contract;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests;

/// <summary>From a real embedded server into three silos: export and import as the programs run them.</summary>
public sealed class ImportTests : IAsyncLifetime, IDisposable
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal) { ["Passwords:Cost"] = "Lowest" };

    private readonly string _directory = Directory.CreateTempSubdirectory("authcluster-").FullName;
    private readonly HttpClient _oldHttp = new();
    private readonly HttpClient _newHttp = new();
    private NodeProcess _embedded = null!;
    private ApiClient _old = null!;
    private TestSilos _silos = null!;
    private FrontDoorServer _frontDoor = null!;
    private ApiClient _new = null!;

    private string FilePath => Path.Combine(_directory, "accounts.jsonl");

    private string DataDirectory => $"DataDirectory={Path.Combine(_directory, "data")}";

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync();
        _frontDoor = await FrontDoorServer.StartAsync(_silos, Settings);
        _newHttp.BaseAddress = _frontDoor.BaseAddress;
        _new = new ApiClient(_newHttp);
        _embedded = await NodeProcess.StartEmbeddedAsync(DataDirectory, "Passwords:Cost=Lowest", $"Keys:Master={_silos.MasterKey}");
        _oldHttp.BaseAddress = _embedded.BaseAddress;
        _old = new ApiClient(_oldHttp);
    }

    public async Task DisposeAsync()
    {
        await _embedded.DisposeAsync();
        await _frontDoor.DisposeAsync();
        await _silos.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public void Dispose()
    {
        _oldHttp.Dispose();
        _newHttp.Dispose();
    }

    [Fact]
    public async Task Sessions_live_on_in_the_cluster_and_what_was_revoked_stays_dead()
    {
        var session = await _old.SignUpAsync();
        var over = await _old.LoginAsync(session.User);
        (await _old.PostAsync("/api/user/logout", token: over.Access)).AssertEmpty(204);
        await ExportAsync();

        AssertImported(await ImportAsync(), accounts: 1);

        await _new.AssertLivesAsync(session);
        await _new.AssertIsOverAsync(over);
        var refreshed = await _new.RefreshAsync(session);
        await _new.AssertLivesAsync(refreshed);
        await _new.LoginAsync(session.User);
        (await _new.PostAsync("/api/user/create", new { email = session.User.Email, password = "walnut ladder lantern" })).AssertProblem(409, "email_taken");
    }

    [Fact]
    public async Task A_second_factor_moves_with_its_account_and_what_was_used_of_it_stays_used()
    {
        var session = await _old.SignUpAsync();
        var app = await Authenticator.CreateAsync(_old, session);
        var (on, codes) = await app.ConfirmAsync(_old, session);
        var used = await app.NextCodeAsync();
        (await _old.TryLoginAsync(on.User, otp: used)).AssertIsTokenResponse(mfaEnabled: true);
        (await _old.TryLoginAsync(on.User, otp: codes[0])).AssertIsTokenResponse(mfaEnabled: true);
        await ExportAsync();

        AssertImported(await ImportAsync(), accounts: 1);

        await _new.AssertLivesAsync(on, mfaEnabled: true);
        (await _new.TryLoginAsync(on.User)).AssertProblem(401, "mfa_required");
        (await _new.TryLoginAsync(on.User, otp: used)).AssertProblem(401, "invalid_credentials");
        (await _new.TryLoginAsync(on.User, otp: codes[0])).AssertProblem(401, "invalid_credentials");
        (await _new.TryLoginAsync(on.User, otp: codes[1])).AssertIsTokenResponse(mfaEnabled: true);
        (await _new.TryLoginAsync(on.User, otp: await app.NextCodeAsync())).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Fact]
    public async Task What_happened_in_the_cluster_since_an_import_outlives_another_one()
    {
        var (ended, deleted, other) = (await _old.SignUpAsync(), await _old.SignUpAsync(), await _old.SignUpAsync());
        await ExportAsync();
        await ImportAsync();
        (await _new.PostAsync("/api/user/logout/all", token: ended.Access)).AssertEmpty(204);
        var farewell = new { current_password = deleted.User.Password };
        (await _new.DeleteAsync("/api/user/delete", deleted.Access, farewell)).AssertEmpty(204);

        AssertImported(await ImportAsync(), accounts: 0);

        await _new.AssertIsOverAsync(ended);
        await _new.AssertIsOverAsync(deleted);
        (await _new.TryLoginAsync(deleted.User.Email, deleted.User.Password)).AssertProblem(401, "invalid_credentials");
        await _new.AssertLivesAsync(other);
    }

    [Fact]
    public async Task An_account_whose_address_is_taken_is_named_and_the_others_are_imported()
    {
        var (conflicting, other) = (await _old.SignUpAsync(), await _old.SignUpAsync());
        var here = await _new.LoginAsync(await _new.RegisterAsync(conflicting.User.Email));
        await ExportAsync();

        var (exitCode, said) = await ImportAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(conflicting.User.Id, said, StringComparison.Ordinal);
        await _new.AssertLivesAsync(here);
        await _new.AssertIsOverAsync(conflicting);
        await _new.AssertLivesAsync(other);
    }

    [Fact]
    public async Task Under_another_master_key_nothing_is_imported()
    {
        var session = await _old.SignUpAsync();
        await ExportAsync();

        var (exitCode, said) = await ImportAsync(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        Assert.Equal(1, exitCode);
        Assert.Contains("Keys:Master", Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        (await _new.TryLoginAsync(session.User.Email, session.User.Password)).AssertProblem(401, "invalid_credentials");
    }

    private async Task ExportAsync()
    {
        _embedded.Kill();
        var (exitCode, said) = await NodeProcess.ExportAsync(FilePath, DataDirectory);
        Assert.True(exitCode == 0, said);
    }

    private Task<(int ExitCode, string Said)> ImportAsync(string? masterKey = null)
    {
        var options = _silos.Cluster.Options;
        var gateway = _silos.Cluster.Silos[0].GatewayAddress.Endpoint.Port;
        return NodeProcess.ImportAsync(
            FilePath,
            $"Keys:Master={masterKey ?? _silos.MasterKey}",
            $"Cluster:ClusterId={options.ClusterId}",
            $"Cluster:ServiceId={options.ServiceId}",
            $"Cluster:GatewayPort={gateway}");
    }

    private static void AssertImported((int ExitCode, string Said) program, int accounts)
    {
        Assert.True(program.ExitCode == 0, program.Said);
        Assert.Contains($"{accounts} of ", program.Said, StringComparison.Ordinal);
    }
}
