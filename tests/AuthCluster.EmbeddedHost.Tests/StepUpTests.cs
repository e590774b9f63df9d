using System.Text;
using AuthCluster.Contract;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>
/// A session of the password alone on an account with a second factor. No call makes one, since turning a second factor on ends them; what
/// was stored says so here.
/// </summary>
public sealed class StepUpTests
{
    [Fact]
    public async Task A_session_of_the_password_alone_steps_up_before_it_does_what_cannot_be_undone()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Passwords:Cost"] = "Lowest" };
        await using var server = await EmbeddedServerProcess.StartAsync(settings);
        var (on, codes) = await Authenticator.TurnOnAsync(ApiOf(server), await ApiOf(server).SignUpAsync());
        server.Kill();
        ForgetMethod(server.DatabasePath);
        await server.RestartAsync();
        var api = ApiOf(server);
        var weak = await api.RefreshAsync(on);
        var delete = new { current_password = on.User.Password, code = codes[0] };

        (await api.GetAsync("/api/forward-auth?amr=otp", weak.Access)).AssertProblem(403, "mfa_step_up_required");
        (await api.DeleteAsync("/api/user/delete", weak.Access, delete)).AssertProblem(403, "mfa_step_up_required");
        (await api.PostAsync("/api/user/delete", delete, weak.Access)).AssertProblem(403, "mfa_step_up_required");
        (await api.PostAsync("/api/user/totp/delete", delete, weak.Access)).AssertProblem(403, "mfa_step_up_required");
        (await api.GetAsync("/api/user/view", weak.Access)).AssertStatus(200).Json.AssertIsUser(mfaEnabled: true);

        var raised = Session.Of(on.User, await api.PostAsync("/api/user/totp/login", new { code = codes[0] }, weak.Access));

        (await api.GetAsync("/api/forward-auth?amr=otp", raised.Access)).AssertEmpty(200);
        (await api.DeleteAsync("/api/user/delete", raised.Access, delete)).AssertEmpty(204);
    }

    private static ApiClient ApiOf(EmbeddedServerProcess server) => new(new HttpClient { BaseAddress = server.BaseAddress });

    private static void ForgetMethod(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT document FROM accounts";
        var document = Encoding.UTF8.GetString((byte[])read.ExecuteScalar()!);
        var weaker = document.Replace("""["pwd","otp"]""", """["pwd"]""", StringComparison.Ordinal);
        Assert.NotEqual(document, weaker);
        using var write = connection.CreateCommand();
        write.CommandText = "UPDATE accounts SET document = $document";
        write.Parameters.AddWithValue("$document", Encoding.UTF8.GetBytes(weaker));
        Assert.Equal(1, write.ExecuteNonQuery());
    }
}
