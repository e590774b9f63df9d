using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Sequences;

/// <summary>Does each step to an account and to its model, and compares the two over every token ever issued.</summary>
internal sealed class ModelComparison(AccountRules rules)
{
    private static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(10);

    private readonly TimeSpan[] _times =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10),
        TimeSpan.FromDays(1), rules.RefreshLifetime - TimeSpan.FromMinutes(5), rules.RefreshLifetime,
    ];

    private readonly AccountModel _model = new(rules, AccessLifetime);
    private readonly List<Issued> _issued = [];
    private long _codes;

    public Scenario Scenario { get; } = new() { Rules = rules };

    private DateTimeOffset Now => Scenario.Now;

    public void Do(Step step)
    {
        var (before, revocations) = (Scenario.Account, _model.Revocations);
        var (good, told) = (_issued.Select(Stands).ToList(), Scenario.AllRevoked.Count);
        Perform(step);
        AssertRevocationsTellWhatDied(good, Scenario.AllRevoked.Skip(told).ToList());
        if (before is not null && Scenario.Account is { } after)
            AssertSecretsChangeOnlyWhenTheyShould(before, after, revocations);
        Assert.Equal(_model.Exists, Scenario.Account is not null);
        AssertBounded();
        foreach (var token in _issued)
            AssertAgrees(token);
    }

    private void Perform(Step step)
    {
        if (ByNobody(step) || ByAdministrator(step) || _issued.Count == 0)
            return;
        var presented = Pick(step.Token);
        if (step.Kind == StepKind.Refresh)
            Refresh(presented);
        else if (Now < presented.AccessExpires)
            ByBearer(step, presented);
    }

    private bool ByNobody(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Wait: Scenario.Wait(_times[step.Other % _times.Length]); break;
            case StepKind.Register: Register(); break;
            case StepKind.Login: Login(); break;
            case StepKind.WrongPassword: Assert.NotNull(Scenario.TryLogin(right: false).Refusal); break;
            default: return false;
        }

        return true;
    }

    private bool ByAdministrator(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.SetRoles: SetRoles(step.Other % 2 == 0 ? [] : ["editor"]); break;
            case StepKind.Deactivate: SetActive(false); break;
            case StepKind.Activate: SetActive(true); break;
            case StepKind.RevokeAccess: Revoke(RevokedTokens.Access, _model.RevokeAccess); break;
            case StepKind.RevokeRefresh: Revoke(RevokedTokens.Refresh, _model.RevokeRefresh); break;
            case StepKind.RevokeAll: Revoke(RevokedTokens.All, _model.EndAll); break;
            case StepKind.Delete:
                Scenario.Perform(new DeleteByAdministrator());
                _model.Delete();
                break;
            case StepKind.EndSessionByAdministrator when _issued.Count > 0:
                Scenario.Perform(new EndSessionByAdministrator(Pick(step.Other).Grant.Session.Id));
                AccountModel.End(Pick(step.Other).Pair.Session);
                break;
            default: return false;
        }

        return true;
    }

    private void ByBearer(Step step, Issued caller)
    {
        var (proof, session, client) = (caller.Grant.Proof(), caller.Pair.Session, Scenario.Laptop);
        switch (step.Kind)
        {
            case StepKind.PresentAccess: PresentAccess(caller); break;
            case StepKind.Logout: Owner(caller, new EndOwnSession(proof, client), () => AccountModel.End(session)); break;
            case StepKind.LogoutAll: Owner(caller, new EndAllSessions(proof, client), _model.EndAll); break;
            case StepKind.LogoutOthers: Renew(caller, new EndOtherSessions(proof, client)); break;
            case StepKind.ChangePassword: Renew(caller, new ChangePassword(proof, Settled(caller, right: true), "hash", client)); break;
            case StepKind.WrongCurrentPassword:
                Assert.NotNull(Scenario.Perform(new ChangePassword(proof, Settled(caller, right: false), "hash", client)).Refusal);
                break;
            case StepKind.ChangeProfile:
                Owner(caller, new ChangeProfile(proof, new JsonObject { ["name"] = step.Other }, client), _model.RevokeAccess);
                break;
            case StepKind.SwitchSecondFactor: SwitchSecondFactor(caller); break;
            case StepKind.EndSession: EndSession(caller, Pick(step.Other)); break;
            default: break;
        }
    }

    private void Register()
    {
        if (Scenario.Perform(new Register(Guid.Empty, "ann@example.org", "hash", Scenario.Laptop)).Refusal is null)
            _model.Register();
    }

    private void Login()
    {
        var outcome = Scenario.Account?.Totp is null ? Scenario.TryLogin() : Scenario.TryLoginWithCode(++_codes);
        var session = _model.Login(Now);
        Assert.Equal(session is null, outcome.IsRefused(out var grant));
        if (session is not null)
            Issue(grant!, _model.NewPair(session, Now));
    }

    private void Refresh(Issued presented)
    {
        if (Now >= presented.Pair.Expires)
            return;
        var answer = _model.Judge(presented.Pair, Now);
        var outcome = Scenario.Refresh(presented.Grant);
        var session = presented.Pair.Session;
        if (answer == RefreshAnswer.NextPair)
            Issue(outcome.Result(), _model.NewPair(session, Now));
        if (answer == RefreshAnswer.NewestPair)
            Issue(outcome.Result(), session.Pairs[^1]);
        if (answer == RefreshAnswer.Replay)
            AccountModel.End(session);
    }

    private void PresentAccess(Issued caller)
    {
        if (!AccountModel.Accepts(caller.Access, Now))
            return;
        Scenario.Perform(new NoteSeen(caller.Grant.Session.Id, caller.Pair.Number));
        AccountModel.See(caller.Pair, Now);
    }

    private void SetRoles(string[] roles)
    {
        var same = Scenario.Account?.Roles.SequenceEqual(roles) ?? true;
        Scenario.Perform(new Administer { Roles = [.. roles] });
        if (!same)
            _model.RevokeAccess();
    }

    private void SetActive(bool active)
    {
        Scenario.Perform(new Administer { Active = active });
        if (_model.Exists)
            _model.SetActive(active);
    }

    private void Revoke(RevokedTokens tokens, Action inModel)
    {
        if (Scenario.Perform(new RevokeTokens(tokens)).Refusal is null)
            inModel();
    }

    private SettledAttempt Settled(Issued caller, bool right)
    {
        var attempt = Scenario.Perform(new BeginPasswordCheck(caller.Grant.Proof()));
        return attempt.IsRefused(out var reserved) ? new SettledAttempt(Guid.Empty, Device: null, CredentialVersion: 1, right) : reserved.Settle(right);
    }

    private void Owner<T>(Issued caller, Act<T> act, Action inModel)
    {
        var accepted = AccountModel.Accepts(caller.Access, Now);
        Assert.Equal(accepted, Scenario.Perform(act).Refusal is null);
        if (accepted)
            inModel();
    }

    private void EndSession(Issued caller, Issued named)
    {
        var accepted = AccountModel.Accepts(caller.Access, Now);
        var refusal = Scenario.Perform(new EndSession(caller.Grant.Proof(), named.Grant.Session.Id, Scenario.Laptop)).Refusal;
        if (named.Pair.Session.IsAlive(Now))
            Assert.Equal(accepted, refusal is null);
        if (accepted)
            AccountModel.End(named.Pair.Session);
    }

    private void Renew(Issued caller, Act<Grant> act)
    {
        var session = caller.Pair.Session;
        var accepted = AccountModel.Accepts(caller.Access, Now);
        Assert.Equal(!accepted, Scenario.Perform(act).IsRefused(out var grant));
        if (!accepted)
            return;
        _model.EndOthers(session);
        Issue(grant!, _model.NewPair(session, Now));
    }

    /// <summary>On, or off where it is on.</summary>
    private void SwitchSecondFactor(Issued caller)
    {
        var (proof, session) = (caller.Grant.Proof(), caller.Pair.Session);
        if (!AccountModel.Accepts(caller.Access, Now))
        {
            Assert.Equal(Refusal.TokenNotValid, Scenario.Perform(new BeginTotpConfirmation(proof)).Refusal);
        }
        else if (Scenario.State.Totp is null)
        {
            var grant = Scenario.TurnOnSecondFactor(caller.Grant, ++_codes);
            _model.EndOthers(session);
            Issue(grant, _model.NewPair(session, Now));
        }
        else
        {
            var code = Scenario.Code(caller.Grant, ++_codes);
            var grant = Scenario.Perform(new DeleteTotp(proof, Settled(caller, right: true), code, Scenario.Laptop)).Result();
            _model.RevokeAccess();
            Issue(grant, session.Pairs[^1]);
        }
    }

    private void Issue(Grant grant, ModelPair pair)
    {
        var access = _model.NewAccess(pair, Now);
        var lifetime = Now + AccessLifetime;
        var token = new Issued(grant, lifetime < grant.SessionEnd ? lifetime : grant.SessionEnd, pair, access);
        Assert.Equal((pair.Number, pair.Expires), (grant.Session.Rotation.Number, grant.Session.Rotation.Expires));
        Assert.Equal(access.Expires, token.AccessExpires);
        _issued.Add(token);
    }

    private Issued Pick(int fromNewest) => _issued[^(1 + (fromNewest % _issued.Count))];

    private void AssertAgrees(Issued token)
    {
        var isGood = Scenario.AccessIsGood(token.Grant);
        Assert.Equal(AccountModel.Accepts(token.Access, Now), isGood && Now < token.AccessExpires);
        if (Now < token.AccessExpires)
            Assert.Equal(isGood, Scenario.Decide(new EndAllSessions(token.Grant.Proof(), Scenario.Laptop)).Outcome.Refusal is null);
        if (Now < token.Pair.Expires)
            Assert.Equal(_model.Judge(token.Pair, Now), AnswerTo(token.Grant));
    }

    private RefreshAnswer AnswerTo(Grant holder)
    {
        var before = Scenario.Account;
        var decision = Scenario.Decide(Scenario.Refreshing(holder));
        if (decision.Outcome.IsRefused(out var grant))
            return ReferenceEquals(before, decision.State) ? RefreshAnswer.Refused : RefreshAnswer.Replay;
        var newest = before!.FindSession(holder.Session.Id)!.Rotation.TokenId;
        return grant.Session.Rotation.TokenId == newest ? RefreshAnswer.NewestPair : RefreshAnswer.NextPair;
    }

    private void AssertSecretsChangeOnlyWhenTheyShould(AccountState before, AccountState after, (int Access, int Refresh) revocations)
    {
        Assert.Equal(_model.Revocations.Access != revocations.Access, before.AccessSecret != after.AccessSecret);
        Assert.Equal(_model.Revocations.Refresh != revocations.Refresh, before.RefreshSecret != after.RefreshSecret);
    }

    private (bool Access, bool Refresh) Stands(Issued token) => (Scenario.AccessIsGood(token.Grant), Scenario.RefreshStands(token.Grant));

    /// <summary>Every token that died is told of, and none that lives, also of those that this step issued.</summary>
    private void AssertRevocationsTellWhatDied(List<(bool Access, bool Refresh)> good, List<Revocation> told)
    {
        for (var i = 0; i < _issued.Count; i++)
        {
            var (was, isNow) = (i < good.Count ? good[i] : (Access: true, Refresh: true), Stands(_issued[i]));
            if (was.Access)
                Assert.Equal(!isNow.Access, told.Exists(one => one.Kills(_issued[i].Grant, TokenKind.Access)));
            if (was.Refresh)
                Assert.Equal(!isNow.Refresh, told.Exists(one => one.Kills(_issued[i].Grant, TokenKind.Refresh)));
        }

        Assert.All(told, one => Assert.False(string.IsNullOrEmpty(one.Cause)));
    }

    private void AssertBounded()
    {
        if (Scenario.Account is not { } state)
            return;
        Assert.True(state.Sessions.Length <= rules.SessionLimit && state.Activity.Length <= rules.ActivityKept);
        Assert.True(state.KnownAttempts.Length <= Attempts.KnownDeviceLimit);
        Assert.All(state.Sessions, device => Assert.True(device.Rotation.Rotated.Length <= RefreshRotation.RememberedLimit));
        var registered = Scenario.Log.FindLastIndex(entry => entry.Event == ActivityEvents.Registered);
        Assert.Equal(Scenario.Log.Count - registered, state.ActivityCount);
        Assert.Equal(Scenario.Log.TakeLast(state.Activity.Length), state.Activity);
    }

    /// <summary>A pair as a client holds it, and what the model knows of it.</summary>
    private sealed record Issued(Grant Grant, DateTimeOffset AccessExpires, ModelPair Pair, ModelAccess Access);
}
