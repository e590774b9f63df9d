using AuthCluster.Contract;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary><c>users import</c>: the users of other systems move in with their passwords.</summary>
public sealed class UsersImportTests : IDisposable
{
    /// <summary>Of <c>mysecret</c>, as tutorials on Django show it.</summary>
    private const string DjangoHash = "pbkdf2_sha256$100000$QnXcNeCrbv1z$i7W/FAxaptxOtqvm33KZ5SGL+fnZmicHkR6ekA3Q44k=";

    private const string UserId = "5f1c9be4-4a54-4c3a-9d2e-0c8f0f6b2a11";

    private readonly string _data = EmbeddedServerProcess.NewDataDirectory();
    private readonly TemporaryDirectory _files = new();

    private string[] Settings => [$"--AuthCluster:DataDirectory={_data}", "--AuthCluster:Passwords:Cost=Lowest"];

    public void Dispose()
    {
        _files.Dispose();
        if (Directory.Exists(_data))
            Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_Django_database_moves_in_and_a_second_run_changes_nothing()
    {
        var database = DjangoDatabase();
        var report = Path.Combine(_files.Path, "report.csv");

        var first = await ImportAsync("--from", database, "--format", "django", "--report", report, "--superusers-are-admins");
        var second = await ImportAsync("--from", database, "--format", "django");

        Assert.Equal("9 rows: 7 imported, 0 known, 2 refused", LastLine(first));
        Assert.Equal("9 rows: 0 imported, 7 known, 2 refused", LastLine(second));
        Assert.Equal((1, 1), (first.ExitCode, second.ExitCode));
        var lines = (await File.ReadAllLinesAsync(report)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(10, lines.Count);
        Assert.EndsWith(",imported,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",imported,no_password", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",imported,deactivated", lines[3], StringComparison.Ordinal);
        Assert.EndsWith(",refused,email_taken", lines[4], StringComparison.Ordinal);
        Assert.EndsWith(",imported,", lines[5], StringComparison.Ordinal);
        Assert.EndsWith(",refused,invalid_email", lines[6], StringComparison.Ordinal);
        Assert.EndsWith(",imported,username_taken", lines[7], StringComparison.Ordinal);
        Assert.EndsWith(",imported,username_is_address", lines[8], StringComparison.Ordinal);
        await using var server = await ServeAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);
        var session = await api.LoginAsync(new User("", "ada@example.com", "mysecret"));
        (await api.TryLoginAsync("ada@example.com", "mysecret")).AssertStatus(200);
        var view = (await api.GetAsync("/api/user/view", session.Access)).Json;
        Assert.Equal("2019-03-04T05:06:07.000Z", view.GetProperty("date_joined").GetString());
        (await api.GetAsync("/api/admin/users", session.Access)).AssertProblem(403, "permission_denied");
        var nameless = await api.PostAsync("/api/user/login", new { username = "NoMail", password = "mysecret" });
        Assert.Null(nameless.AssertStatus(200).Json.GetProperty("user").GetProperty("email").GetString());
        Assert.False((await api.SendAsync(HttpMethod.Get, "/api/forward-auth", token: nameless.Json.Text("access"))).AssertStatus(200).Headers.ContainsKey("X-Auth-Email"));
        (await api.TryLoginAsync("new@example.com", "mysecret")).AssertStatus(200);
        (await api.TryLoginAsync("bob@example.com", "!")).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync("gone@example.com", "mysecret")).AssertProblem(401, "invalid_credentials");
        var root = await api.LoginAsync(new User("", "root@example.com", "mysecret"));
        (await api.GetAsync("/api/admin/users", root.Access)).AssertStatus(200);
    }

    [Fact]
    public async Task A_dry_run_says_how_many_sign_in_unchanged_and_changes_nothing()
    {
        var database = DjangoDatabase();

        var dry = await ImportAsync("--from", database, "--format", "django", "--dry-run");

        Assert.Equal(
            "9 rows: 7 would be imported (3 sign in unchanged, 2 by address alone, 1 need a new password, 1 are deactivated), 0 known, 2 refused", LastLine(dry));
        Assert.Equal("9 rows: 7 imported, 0 known, 2 refused", LastLine(await ImportAsync("--from", database, "--format", "django")));
    }

    [Fact]
    public async Task Columns_of_a_CSV_file_are_named_by_the_operator()
    {
        var file = Write("users.csv", $"uid,mail,pw,groups\n{UserId},\" Ada@Example.com \",{DjangoHash},\"editor,admin\"\n");

        var run = await ImportAsync("--from", file, "--format", "csv", "--map", "uid=id", "--map", "mail=email", "--map", "pw=password", "--map", "groups=roles");

        Assert.Equal("1 rows: 1 imported, 0 known, 0 refused", LastLine(run));
        var view = await LogInAsync("ada@example.com", "mysecret");
        Assert.Equal(UserId, view.GetProperty("id").GetString());
        // The role of administrators is never given by a list in a file.
        Assert.Equal(["editor"], view.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
    }

    [Fact]
    public async Task JSON_lines_with_a_broken_one_are_imported_but_for_that()
    {
        var file = Write("users.jsonl", $$"""
            {"id":"{{UserId}}","email":"ada@example.com","password":"{{DjangoHash}}","email_verified":true}
            {"id":
            {"model":"auth.user","pk":7,"fields":{"email":"bob@example.com"} }
            """);

        var run = await ImportAsync("--from", file, "--format", "jsonl");

        Assert.Equal("3 rows: 2 imported, 0 known, 1 refused", LastLine(run));
        Assert.Contains("row 2 is refused: no_json", run.Error, StringComparison.Ordinal);
        Assert.True((await LogInAsync("ada@example.com", "mysecret")).GetProperty("email_verified").GetBoolean());
    }

    [Fact]
    public async Task A_Keycloak_realm_moves_in()
    {
        var file = Write("realm.json", $$$"""
            {"realm":"shop","users":[
              {"id":"{{{UserId}}}","email":"kc@example.com","enabled":true,"emailVerified":true,"createdTimestamp":1551675967000,
               "credentials":[{"type":"password",
                 "secretData":"{\"value\":\"1u7BLvfSPxQFpwc5jpGSA+88EGl9pZYKhaZ8YPIu9N4=\",\"salt\":\"x/bm4Y3DcuV9eU97ervkPA==\"}",
                 "credentialData":"{\"hashIterations\":27500,\"algorithm\":\"pbkdf2-sha256\"}"}]}]
            }
            """);

        Assert.Equal("1 rows: 1 imported, 0 known, 0 refused", LastLine(await ImportAsync("--from", file, "--format", "keycloak")));

        var view = await LogInAsync("kc@example.com", "admin");
        Assert.Equal((UserId, "2019-03-04T05:06:07.000Z"), (view.GetProperty("id").GetString(), view.GetProperty("date_joined").GetString()));
    }

    [Fact]
    public async Task A_Firebase_project_moves_in_with_its_hash_parameters()
    {
        var parameters = Write("parameters.json", """
            {"base64_signer_key":"jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
             "base64_salt_separator":"Bw==","rounds":8,"mem_cost":14}
            """);
        var file = Write("firebase.json", """
            {"users":[{"localId":"xBJk9zOSP7","email":"fire@example.com","emailVerified":true,"salt":"42xEC-ixf3L2lw==","createdAt":"1551675967000",
              "passwordHash":"lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="}]}
            """);

        var run = await ImportAsync("--from", file, "--format", "firebase", "--hash-parameters", parameters);

        Assert.Equal("1 rows: 1 imported, 0 known, 0 refused", LastLine(run));
        await LogInAsync("fire@example.com", "user1password");
    }

    [Fact]
    public async Task A_second_factor_moves_in_with_its_emergency_codes_or_its_user_does_not()
    {
        var database = DjangoDatabase("""
            CREATE TABLE otp_totp_totpdevice (id integer PRIMARY KEY, name varchar(64), confirmed bool, key varchar(80), step smallint, t0 bigint,
                digits smallint, tolerance smallint, drift smallint, last_t bigint, user_id integer);
            CREATE TABLE otp_static_staticdevice (id integer PRIMARY KEY, name varchar(64), confirmed bool, user_id integer);
            CREATE TABLE otp_static_statictoken (id integer PRIMARY KEY, token varchar(16), device_id integer);
            INSERT INTO otp_totp_totpdevice VALUES
                (1, 'phone', 1, '48656c6c6f21deadbeef48656c6c6f21deadbeef', 30, 0, 6, 1, 0, 100, 1),
                (2, 'never', 0, '00000000000000000000', 30, 0, 6, 1, 0, -1, 1),
                (3, 'eight', 1, '48656c6c6f21deadbeef48656c6c6f21deadbeef', 30, 0, 8, 1, 0, -1, 2);
            INSERT INTO otp_static_staticdevice VALUES (1, 'backup', 1, 1), (2, 'backup', 1, 6);
            INSERT INTO otp_static_statictoken VALUES (1, 'abcd2345', 1), (2, 'wxyz6777', 1), (3, 'only2345', 2);
            """);
        var report = Path.Combine(_files.Path, "report.csv");

        Assert.Equal("9 rows: 5 imported, 0 known, 4 refused", LastLine(await ImportAsync("--from", database, "--format", "django", "--report", report)));

        Assert.Equal(2, (await File.ReadAllLinesAsync(report)).Count(line => line.EndsWith(",refused,unknown_second_factor", StringComparison.Ordinal)));
        Assert.Equal("9 rows: 2 imported, 5 known, 2 refused", LastLine(await ImportAsync("--from", database, "--format", "django", "--without-second-factors")));
        await using var server = await ServeAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);
        var ada = new User("", "ada@example.com", "mysecret");
        var app = new Authenticator("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        (await api.TryLoginAsync(ada)).AssertProblem(401, "mfa_required");
        (await api.TryLoginAsync(ada, otp: "abcd2346")).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(ada, otp: await app.NextCodeAsync())).AssertStatus(200);
        (await api.TryLoginAsync(ada, otp: "ABCD-2345")).AssertStatus(200);
        (await api.TryLoginAsync(ada, otp: "abcd2345")).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync("root@example.com", "mysecret")).AssertStatus(200);
    }

    [Fact]
    public async Task Authenticators_of_Identity_and_of_a_CSV_file_move_in()
    {
        var identity = Path.Combine(_files.Path, "identity.db");
        await using (var connection = new SqliteConnection($"Data Source={identity};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE AspNetUsers (Id TEXT PRIMARY KEY, UserName TEXT, Email TEXT, EmailConfirmed INTEGER, PasswordHash TEXT, TwoFactorEnabled INTEGER);
                CREATE TABLE AspNetUserTokens (UserId TEXT, LoginProvider TEXT, Name TEXT, Value TEXT);
                INSERT INTO AspNetUsers VALUES ('1', 'on@example.com', 'on@example.com', 1, NULL, 1), ('2', 'off@example.com', 'off@example.com', 1, NULL, 0),
                    ('3', 'sms@example.com', 'sms@example.com', 1, NULL, 1);
                INSERT INTO AspNetUserTokens VALUES ('1', '[AspNetUserStore]', 'AuthenticatorKey', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'),
                    ('1', '[AspNetUserStore]', 'RecoveryCodes', 'BBBBB-CCCCC;DDDDD-FFFFF'), ('2', '[AspNetUserStore]', 'AuthenticatorKey', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
                """;
            await command.ExecuteNonQueryAsync();
        }

        var run = await ImportAsync("--from", identity, "--format", "identity");
        var csv = Write("users.csv", $"id,email,password,totp_secret,emergency_codes\n{UserId},csv@example.com,{DjangoHash},jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp,aaaa-1111 bbbb-2222\n");
        Assert.Equal("1 rows: 1 imported, 0 known, 0 refused", LastLine(await ImportAsync("--from", csv, "--format", "csv")));

        Assert.Equal("3 rows: 2 imported, 0 known, 1 refused", LastLine(run));
        Assert.Contains("row 3 is refused: unknown_second_factor", run.Error, StringComparison.Ordinal);
        await using var server = await ServeAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);
        (await api.TryLoginAsync(new User("", "csv@example.com", "mysecret"), otp: "bbbb2222")).AssertStatus(200);
    }

    [Fact]
    public async Task Nobody_is_signed_out_by_the_move_but_whom_the_old_system_had_signed_out()
    {
        var revoked = Write("blacklist.txt", "deadbeef\n\n  cafe  \n");
        await ImportAsync("--from", DjangoDatabase(), "--format", "django", "--revoked", revoked);
        var settings = LegacyToken.Settings.Append("Passwords:Cost=Lowest").Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        await using var server = await EmbeddedServerProcess.StartAsync(settings, _data);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);

        var token = LegacyToken.Access("1");
        Assert.Equal("ada@example.com", (await api.GetAsync("/api/forward-auth", token)).AssertStatus(200).Header("X-Auth-Email"));
        (await api.PostAsync("/api/user/login/legacy", new { token = LegacyToken.Refresh("1") })).AssertStatus(200);
        foreach (var dead in new[] { LegacyToken.Access("1", "deadbeef"), LegacyToken.Refresh("1", "cafe"), LegacyToken.Access("4") })
        {
            (await api.GetAsync("/api/forward-auth", dead)).AssertProblem(401, "token_not_valid");
            (await api.PostAsync("/api/user/login/legacy", new { token = dead })).AssertProblem(401, "token_not_valid");
        }

        (await api.PostAsync("/api/user/logout", token: token)).AssertStatus(204);
        (await api.GetAsync("/api/forward-auth", token)).AssertProblem(401, "token_not_valid");
    }

    [Theory]
    [InlineData("--format", "ldap")]
    [InlineData("--format", "csv", "--map", "mail=address")]
    public async Task What_is_not_known_stops_with_2(params string[] options)
    {
        var run = await ImportAsync(["--from", Write("users.csv", "id,email\n"), .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("one of", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_one_line()
    {
        var run = await ImportAsync("--from", Path.Combine(_files.Path, "nothing.csv"), "--format", "csv");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nothing.csv", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static string LastLine(StoppedProgram run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];

    private string Write(string name, string content)
    {
        var path = Path.Combine(_files.Path, name);
        File.WriteAllText(path, content);
        return path;
    }

    private Task<StoppedProgram> ImportAsync(params string[] options) => EmbeddedServerProcess.RunAsync(["users", "import", .. options, .. Settings]);

    private Task<EmbeddedServerProcess> ServeAsync() => EmbeddedServerProcess.StartAsync(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Passwords:Cost"] = "Lowest" }, _data);

    private async Task<System.Text.Json.JsonElement> LogInAsync(string email, string password)
    {
        await using var server = await ServeAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);
        var session = await api.LoginAsync(new User("", email, password));
        return (await api.GetAsync("/api/user/view", session.Access)).Json;
    }

    /// <summary>Tables as Django makes them, and nine users.</summary>
    private string DjangoDatabase(string more = "")
    {
        var path = Path.Combine(_files.Path, "db.sqlite3");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE auth_user (
                id integer NOT NULL PRIMARY KEY AUTOINCREMENT, password varchar(128) NOT NULL, last_login datetime NULL, is_superuser bool NOT NULL,
                username varchar(150) NOT NULL UNIQUE, last_name varchar(150) NOT NULL, email varchar(254) NOT NULL, is_staff bool NOT NULL,
                is_active bool NOT NULL, date_joined datetime NOT NULL, first_name varchar(150) NOT NULL);
            INSERT INTO auth_user (password, is_superuser, username, last_name, email, is_staff, is_active, date_joined, first_name) VALUES
                ('{DjangoHash}', 0, 'ada', '', 'ada@example.com', 0, 1, '2019-03-04 05:06:07', ''),
                ('{DjangoHash}', 1, 'root', '', 'root@example.com', 1, 1, '2019-03-04 05:06:07', ''),
                ('!pW3xZr', 0, 'bob', '', 'bob@example.com', 0, 1, '2019-03-04 05:06:07', ''),
                ('{DjangoHash}', 0, 'gone', '', 'gone@example.com', 0, 0, '2019-03-04 05:06:07', ''),
                ('{DjangoHash}', 0, 'ada2', '', 'ADA@example.com', 0, 1, '2019-03-04 05:06:07', ''),
                ('{DjangoHash}', 0, 'nomail', '', '', 0, 1, '2019-03-04 05:06:07', ''),
                ('{DjangoHash}', 0, 'wrong', '', 'not an address', 0, 1, '2019-03-04 05:06:07', ''),
                ('{DjangoHash}', 0, 'ADA', '', 'other.ada@example.com', 0, 1, '2019-03-04 05:06:07', ''),
                ('{DjangoHash}', 0, 'old@example.com', '', 'new@example.com', 0, 1, '2019-03-04 05:06:07', '');
            {more}
            """;
        command.ExecuteNonQuery();
        return path;
    }
}
