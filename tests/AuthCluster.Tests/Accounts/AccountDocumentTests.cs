using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts;

public sealed class AccountDocumentTests
{
    private const string Smallest = """
        {"format":1,"id":"0b9d5c1e-3c1d-4b0e-9a55-0d7f5f1f2a10","email":"a@example.com","password":"$hash$",
         "access":"0b9d5c1e-3c1d-4b0e-9a55-0d7f5f1f2a11","refresh":"0b9d5c1e-3c1d-4b0e-9a55-0d7f5f1f2a12"}
        """;

    [Fact]
    public void An_account_is_read_as_it_was_written()
    {
        var written = WithEverything();

        var read = AccountDocument.Read(AccountDocument.Write(written));

        Assert.Equal(Plain(written), Plain(read));
    }

    [Fact]
    public void An_account_that_was_read_is_written_the_same_again()
    {
        var document = AccountDocument.Write(WithEverything());

        Assert.Equal(document, AccountDocument.Write(AccountDocument.Read(document)));
    }

    /// <summary>A node of this version saves an account that one of a later version wrote.</summary>
    [Fact]
    public void What_a_later_version_stored_survives_a_change_by_this_one()
    {
        var scenario = Scenario.Registered();
        scenario.Login();
        var later = JsonNode.Parse(AccountDocument.Write(scenario.State))!.AsObject();
        later["of_a_later_version"] = new JsonObject { ["secret"] = "x" };
        later["sessions"]![0]!["of_a_later_version"] = 7;

        var changed = AccountDocument.Read(Encoding.UTF8.GetBytes(later.ToJsonString())) with { EmailVerified = true };
        var seen = changed.WithSession(changed.Sessions[0] with { Name = "renamed" });

        var written = JsonNode.Parse(AccountDocument.Write(seen))!;
        Assert.Equal("x", written["of_a_later_version"]!["secret"]!.GetValue<string>());
        Assert.Equal(7, written["sessions"]![0]!["of_a_later_version"]!.GetValue<int>());
        Assert.Equal("renamed", written["sessions"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void Equal_strings_of_one_account_are_one_object()
    {
        var scenario = Scenario.Registered();
        scenario.Login();
        scenario.Login();

        var read = AccountDocument.Read(AccountDocument.Write(scenario.State));

        var (first, second) = (read.Sessions[0], read.Sessions[1]);
        Assert.Same(first.UserAgent, second.UserAgent);
        Assert.Same(first.Name, second.Name);
        Assert.Same(first.Address, read.Activity[1].Address);
        Assert.Same(first.UserAgent, read.Activity[2].UserAgent);
        Assert.Same(read.Email, read.Activity[0].Email);
    }

    [Fact]
    public void Names_the_program_knows_are_one_object_for_all_accounts()
    {
        var scenario = Scenario.Registered();
        scenario.Perform(new Administer { Roles = [AccountState.AdministratorRole] }).Result();

        var read = AccountDocument.Read(AccountDocument.Write(scenario.State));

        Assert.Same(ActivityEvents.Registered, read.Activity[0].Event);
        Assert.Same(AccountState.AdministratorRole, read.Roles[0]);
    }

    [Fact]
    public void Guesses_under_way_are_not_written()
    {
        var scenario = Scenario.Registered();
        var known = scenario.Login().DeviceToken();
        scenario.Attempt();
        scenario.Attempt(known);

        var read = AccountDocument.Read(AccountDocument.Write(scenario.State));

        Assert.True(read.StrangerAttempts.IsUntouched);
        Assert.Empty(read.KnownAttempts);
    }

    [Fact]
    public void Missing_members_read_as_empty_and_never_as_permission()
    {
        var read = AccountDocument.Read(Encoding.UTF8.GetBytes(Smallest));

        Assert.Empty(read.Roles);
        Assert.Empty(read.Sessions);
        Assert.Empty(read.Activity);
        Assert.Empty(read.KnownAttempts);
        Assert.Equal("{}", read.Profile.Json);
        Assert.Equal(1, read.CredentialVersion);
        Assert.False(read.Active);
        Assert.False(read.EmailVerified);
    }

    [Fact]
    public void Unknown_members_are_passed_over()
    {
        var later = Smallest.Replace("\"email\"", "\"later\":{\"deep\":[1]},\"email\"", StringComparison.Ordinal);

        Assert.Equal("a@example.com", AccountDocument.Read(Encoding.UTF8.GetBytes(later)).Email);
    }

    [Theory]
    [InlineData("\"format\":1", "\"format\":2")]
    [InlineData("\"format\":1,", "")]
    [InlineData("\"access\"", "\"other\"")]
    [InlineData("\"refresh\"", "\"other\"")]
    [InlineData("\"password\"", "\"other\"")]
    public void What_cannot_be_understood_is_refused(string part, string changed)
    {
        var document = Encoding.UTF8.GetBytes(Smallest.Replace(part, changed, StringComparison.Ordinal));

        Assert.Throws<JsonException>(() => AccountDocument.Read(document));
    }

    [Fact]
    public void A_profile_is_part_of_the_document_and_not_text_within_it()
    {
        using var document = JsonDocument.Parse(AccountDocument.Write(WithEverything()));

        Assert.Equal("Ada <Ö>", document.RootElement.GetProperty("profile").GetProperty("name").GetString());
    }

    private static AccountState WithEverything()
    {
        var scenario = Scenario.Registered();
        scenario.Login();
        scenario.Login(Scenario.Phone);
        var state = scenario.State;
        var profile = state.Profile.With(new JsonObject { ["name"] = "Ada <Ö>", ["tags"] = new JsonArray(1, "two", null) })!;
        var rotated = new RotatedToken(Guid.NewGuid(), scenario.Now);
        var rotation = state.Sessions[0].Rotation with { Number = 2, Seen = true, Rotated = [rotated] };
        return state.WithSession(state.Sessions[0] with { Rotation = rotation }) with
        {
            EmailVerified = true,
            CredentialVersion = 7,
            Roles = ["admin", "editor"],
            Profile = profile,
            StrangerAttempts = new AttemptBudget { Failures = 3, LastFailure = scenario.Now },
            KnownAttempts = [new KnownAttempts(Guid.NewGuid(), new AttemptBudget { Failures = 1, LastFailure = scenario.Now })],
            HasNoPassword = true,
            Passkeys = [KeyRing(scenario.Now)],
            SpentPasskeyChallenges = [new SpentChallenge(Guid.NewGuid(), scenario.Now)],
            Totp = new Totp(3, "sealed") { LastStep = 58_000_000 },
            UnconfirmedTotp = new Totp(4, "sealed, too"),
            TotpCount = 4,
            EmergencyCodes = ["first hash", "second hash"],
            ChallengeSecret = Guid.NewGuid(),
            SpentChallenges = [new SpentChallenge(Guid.NewGuid(), scenario.Now)],
            StrangerCodeAttempts = new AttemptBudget { Failures = 2, LastFailure = scenario.Now },
            KnownCodeAttempts = [new KnownAttempts(Guid.NewGuid(), new AttemptBudget { Failures = 1, LastFailure = scenario.Now })],
            DeviceTokenGeneration = 4,
            AwaitsConfirmation = true,
            Codes = [new MailedCode(Guid.NewGuid(), LinkPurpose.NotMe, scenario.Now) { Email = "a@example.org" }],
            Mails = [NewDeviceMail(scenario.Now)],
            RequestedMails = new MailTimes([scenario.Now]),
            EmailChangeMails = new MailTimes([scenario.Now.AddSeconds(1)]),
            DeviceMails = new MailTimes([scenario.Now.AddSeconds(2)]),
            Notices = [new NoticeTime(MailKind.SecondFactorOn, scenario.Now)],
        };
    }

    private static Passkey KeyRing(DateTimeOffset now) => new(Guid.NewGuid(), "credential", "key")
    {
        Name = "Key ring",
        SignCount = 7,
        Synced = true,
        Created = now,
        LastUsed = now.AddDays(1),
    };

    private static WaitingMail NewDeviceMail(DateTimeOffset now) => new(Guid.NewGuid(), MailKind.NewDevice, "a@example.org", now)
    {
        Code = new MailedCode(Guid.NewGuid(), LinkPurpose.NotMe, now),
        NewEmail = "b@example.org",
        Address = "192.0.2.1",
        Device = "Firefox on Linux",
        Tries = 2,
    };

    /// <summary>Every member of the state, arrays with what is in them.</summary>
    private static string Plain(AccountState state) => JsonSerializer.Serialize(state);
}
