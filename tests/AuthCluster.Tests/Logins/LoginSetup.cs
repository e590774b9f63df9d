using System.Net;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Http.Captcha;
using AuthCluster.Http.Logins;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Http.Settings;
using AuthCluster.Options;
using AuthCluster.Passwords;
using AuthCluster.Tests.Accounts;
using AuthCluster.Tests.Tokens;
using AuthCluster.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AuthCluster.Tests.Logins;

/// <summary>Logins and registrations over a host in memory, with hashes as cheap as they come.</summary>
internal sealed class LoginSetup : IDisposable
{
    public const string Password = "walnut ladder 4711";
    public const string Wrong = "not the password 9";

    private static readonly ClientFacts Client = new(IPAddress.Parse("192.0.2.1"), "Laptop/1.0");

    private static readonly PasswordHasher Lowest = new(new PasswordOptions { Cost = PasswordCost.Lowest });

    private readonly HashLane _lane;
    private readonly CaptchaCheck _captchaCheck;
    private readonly DeviceTokens _deviceTokens;
    private readonly TotpSecrets _secrets;
    private readonly PasswordLogin _login;

    /// <param name="laneDepth">How many hashes may wait; the lane is one thread wide.</param>
    public LoginSetup(
        AccountRules? rules = null,
        int laneDepth = 1000,
        CaptchaOptions? captcha = null,
        bool confirmEmail = false,
        PasswordCost cost = PasswordCost.Lowest)
    {
        rules ??= new AccountRules();
        captcha ??= new CaptchaOptions();
        Host = new FakeHost(Time, rules);
        _lane = new HashLane(width: 1, laneDepth);
        Lane = new PasswordLane(_lane, new PasswordHasher(new PasswordOptions { Cost = cost }), NullLogger<PasswordLane>.Instance);
        _captchaCheck = new CaptchaCheck(captcha, NullLogger<CaptchaCheck>.Instance);
        _deviceTokens = new DeviceTokens(Deployment.Master, Time);
        _secrets = new TotpSecrets(Deployment.Master, Time, "AuthCluster");
        var codes = new SecondFactorCodes(Host, _secrets, new ForeignCodes(Deployment.Master));
        var unknown = new UnknownAddresses(new UnknownAddressBudgets(rules, Time), Host, Lane, Time);
        _login = new PasswordLogin(Host, Lane, unknown, new LoginCaptcha(captcha, _captchaCheck, Time), _deviceTokens, codes);
        Registration = new Registration(Host, Host, Lane, new RegistrationOptions { ConfirmEmail = confirmEmail }, Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero));

    public FakeHost Host { get; }

    public PasswordLane Lane { get; }

    public Registration Registration { get; }

    /// <summary>A stored account, out of memory. Its password is <see cref="Password"/>, hashed at the lowest cost.</summary>
    public AccountState Account(string email, bool active = true, string? username = null)
    {
        var act = new Register(Guid.NewGuid(), email, Lowest.Hash(Password), Client) { Username = username };
        var state = act.Decide(state: null, new Moment(Time.GetUtcNow(), Secret.New, new AccountRules())).State! with { Active = active };
        Host.Put(state);
        return state;
    }

    /// <summary>The same with a second factor on.</summary>
    public AccountState AccountWithSecondFactor(string email)
    {
        var state = Account(email);
        var protectedState = state with { Totp = new Totp(1, _secrets.New(state.Id, email).Sealed), ChallengeSecret = Secret.New() };
        Host.Put(protectedState);
        return protectedState;
    }

    public Task<Outcome<LoginResult>> TryAsync(string email, string password, string? otp) =>
        _login.TryAsync(new Credentials(NameOf(email), password) { Otp = otp }, Client, CancellationToken.None);

    public async Task<Outcome<Grant>> LoginAsync(string email, string password, string? deviceToken = null, string? captcha = null, string? from = null) =>
        (await _login.TryAsync(
            new Credentials(NameOf(email), password) { DeviceToken = deviceToken, Captcha = captcha },
            from is null ? Client : Client with { Address = IPAddress.Parse(from) },
            CancellationToken.None)).Granted();

    /// <summary>Keeps the lane's thread busy until the gate opens.</summary>
    public Task OccupyLane(ManualResetEventSlim gate) => _lane.TryRun(() =>
    {
        gate.Wait();
        return 0;
    })!;

    public string DeviceTokenOf(Grant grant) => _deviceTokens.Issue(grant.Account.Id, grant.Session.DeviceId, grant.DeviceTokenGeneration);

    public Task<Outcome<AccountView>> RegisterAsync(string email) =>
        RegisterAsync(email, username: null);

    public Task<Outcome<AccountView>> RegisterAsync(string email, string? username) =>
        Registration.TryAsync(new AccountWish(email, username, Password, Profile.Empty), Client, CancellationToken.None);

    private static TypedName NameOf(string typed) =>
        typed.Contains('@', StringComparison.Ordinal) ? TypedName.OfEmail(typed) : TypedName.OfUsername(typed);

    public void Dispose()
    {
        _lane.Dispose();
        _captchaCheck.Dispose();
    }
}
