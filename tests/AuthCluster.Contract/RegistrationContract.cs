using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

public abstract class RegistrationContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Create = "/api/user/create";
    private const string GoodPassword = "walnut ladder 4711";

    [Fact]
    public async Task A_new_account_is_answered_with_its_id_and_address()
    {
        var api = await ConnectAsync();
        var email = ApiClient.NewEmail();

        var answer = await api.PostAsync(Create, new { email, password = GoodPassword });

        var created = answer.AssertStatus(201).Json.AssertMembers("id", "email");
        Assert.NotEmpty(created.Text("id"));
        Assert.Equal(email, created.Text("email"));
    }

    [Fact]
    public async Task A_new_account_has_no_rights_and_an_empty_profile()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var user = session.Response.GetProperty("user");

        Assert.Empty(user.Texts("roles"));
        Assert.True(user.GetProperty("is_active").GetBoolean());
        Assert.False(user.GetProperty("email_verified").GetBoolean());
        user.GetProperty("profile").AssertJsonEquals("{}");
    }

    [Fact]
    public async Task Nobody_registers_with_rights()
    {
        var api = await ConnectAsync();
        var email = ApiClient.NewEmail();
        var body = new { email, password = GoodPassword, roles = new[] { "admin" }, email_verified = true, is_active = false, id = "me" };

        (await api.PostAsync(Create, body)).AssertStatus(201);

        var user = (await api.TryLoginAsync(email, GoodPassword)).AssertIsTokenResponse().Json.GetProperty("user");
        Assert.Empty(user.Texts("roles"));
        Assert.False(user.GetProperty("email_verified").GetBoolean());
        Assert.NotEqual("me", user.Text("id"));
    }

    [Fact]
    public async Task A_taken_address_is_refused_however_it_is_spelt()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync();

        foreach (var spelling in new[] { user.Email, user.Email.ToUpperInvariant() })
            (await api.PostAsync(Create, new { email = spelling, password = GoodPassword })).AssertProblem(409, "email_taken");
        (await api.TryLoginAsync(user.Email, GoodPassword)).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task Every_missing_field_is_named()
    {
        var api = await ConnectAsync();

        (await api.PostAsync(Create, new { })).AssertProblem(400, "validation_failed", "email", "password");
        (await api.PostAsync(Create, new { email = ApiClient.NewEmail() })).AssertProblem(400, "validation_failed", "password");
        (await api.PostAsync(Create, new { password = GoodPassword })).AssertProblem(400, "validation_failed", "email");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example.com")]
    [InlineData("nobody@")]
    [InlineData("two@signs@example.com")]
    [InlineData("spa ce@example.com")]
    [InlineData("line\r\nbreak@example.com")]
    public async Task What_is_no_address_is_refused(string email)
    {
        var api = await ConnectAsync();

        (await api.PostAsync(Create, new { email, password = GoodPassword })).AssertProblem(400, "validation_failed", "email");
    }

    [Fact]
    public async Task An_address_longer_than_mail_allows_is_refused()
    {
        var api = await ConnectAsync();
        var email = $"{new string('a', 64)}@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}.com";

        (await api.PostAsync(Create, new { email, password = GoodPassword })).AssertProblem(400, "validation_failed", "email");
    }

    [Theory]
    [InlineData("")]
    [InlineData("7 chars")]
    [InlineData("password")]
    [InlineData("12345678")]
    public async Task A_short_or_common_password_is_refused(string password)
    {
        var api = await ConnectAsync();

        (await api.PostAsync(Create, new { email = ApiClient.NewEmail(), password })).AssertProblem(400, "validation_failed", "password");
    }

    [Fact]
    public async Task The_address_is_no_password()
    {
        var api = await ConnectAsync();
        var email = ApiClient.NewEmail();

        (await api.PostAsync(Create, new { email, password = email })).AssertProblem(400, "validation_failed", "password");
    }

    [Theory]
    [InlineData("hZ7#qpL2")]
    [InlineData("Grüße aus dem schönen Köln, bis bald 🙂")]
    [InlineData("a passphrase of sixty-four characters, with spaces, is welcome!!")]
    public async Task A_password_needs_nothing_but_length(string password)
    {
        var api = await ConnectAsync();
        var email = ApiClient.NewEmail();

        (await api.PostAsync(Create, new { email, password })).AssertStatus(201);

        (await api.TryLoginAsync(email, password)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task The_profile_given_at_creation_is_kept()
    {
        var api = await ConnectAsync();

        var session = await api.SignUpAsync(new { nickname = "Ada", links = new[] { "https://example.com/" } });

        session.Response.GetProperty("user").GetProperty("profile")
            .AssertJsonEquals("""{"nickname":"Ada","links":["https://example.com/"]}""");
    }

    [Fact]
    public async Task A_profile_past_its_bounds_is_refused()
    {
        var api = await ConnectAsync();
        var manyMembers = Enumerable.Range(0, 33).ToDictionary(number => $"member{number}", number => number);
        var tooLarge = new { text = new string('x', 4096) };
        var tooDeep = JsonElement.Parse("""{"a":{"b":{"c":{"d":1}}}}""");

        foreach (var profile in new object[] { manyMembers, tooLarge, tooDeep })
        {
            var answer = await api.PostAsync(Create, new { email = ApiClient.NewEmail(), password = GoodPassword, profile });
            answer.AssertProblem(400, "validation_failed", "profile");
        }
    }

    [Fact]
    public async Task Closed_registration_admits_nobody()
    {
        var api = await ConnectAsync("Registration:Open=false");

        var answer = await api.PostAsync(Create, new { email = ApiClient.NewEmail(), password = GoodPassword });

        answer.AssertProblem(403, "permission_denied");
    }

    [Fact]
    public async Task With_confirmation_on_a_taken_address_is_answered_like_a_free_one()
    {
        var api = await ConnectAsync("Registration:ConfirmEmail=true");
        var body = new { email = ApiClient.NewEmail(), password = GoodPassword };

        var free = await api.PostAsync(Create, body);
        var taken = await api.PostAsync(Create, body);

        free.AssertEmpty(202);
        taken.AssertEmpty(202);
        Assert.Equal(free.Headers.Keys.Order(StringComparer.Ordinal), taken.Headers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task With_confirmation_on_only_the_right_password_learns_that_it_is_owed()
    {
        var api = await ConnectAsync("Registration:ConfirmEmail=true");
        var email = ApiClient.NewEmail();
        (await api.PostAsync(Create, new { email, password = GoodPassword })).AssertEmpty(202);

        (await api.TryLoginAsync(email, GoodPassword)).AssertProblem(403, "email_not_verified");
        (await api.TryLoginAsync(email, "walnut ladder 4712")).AssertProblem(401, "invalid_credentials");
    }
}
