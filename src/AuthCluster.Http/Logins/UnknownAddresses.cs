using AuthCluster.Accounts;

namespace AuthCluster.Http.Logins;

/// <summary>
/// Logins at addresses that nobody holds. Such a login is held up and logged as one at an account is, so that nothing tells the two apart.
/// It wakes no account, and the number of budgets is bounded.
/// </summary>
/// <remarks>
/// The budgets are this process's own: after a restart, after attempts at 50,000 other addresses, and at another node of a cluster, the
/// attempts at an address that nobody holds count from none again. Attempts at an account do not.
/// </remarks>
internal sealed class UnknownAddresses(IEventLog log, PasswordLane passwords, AccountRules rules, TimeProvider time)
{
    /// <summary>Budgets in each of the two generations.</summary>
    public const int GenerationSize = 50_000;

    private readonly Lock _lock = new();
    private readonly TwoGenerations<Dictionary<string, AttemptBudget>> _budgets = new(() => new(StringComparer.Ordinal));

    public async Task<Outcome<LoginResult>> RefuseAsync(PresentedLogin login)
    {
        var attempt = Secret.New();
        if (Change(login.Email, budget => budget.Reserve(attempt, time.GetUtcNow(), rules)) is { } wait)
            return Outcome<LoginResult>.Wait(wait);
        var isSettled = false;
        try
        {
            var compared = await passwords.CompareWithDecoyAsync(login.Presented.Password, login.Gone);
            if (compared.Refusal is not null)
                return compared.As<LoginResult>();
            // As with an account, a failure that cannot be stored has not happened.
            await log.AppendAsync(ActivityEntry.OfStranger(
                time.GetUtcNow(), ActivityEvents.Login, ActivityReasons.UnknownUser, login.Presented.Email, login.Client));
            Change(login.Email, budget => (budget.SettleWrong(attempt, time.GetUtcNow()), null));
            isSettled = true;
            return Refusal.InvalidCredentials;
        }
        finally
        {
            if (!isSettled)
                Change(login.Email, budget => (budget.Release(attempt), null));
        }
    }

    private TimeSpan? Change(string key, Func<AttemptBudget, (AttemptBudget Budget, TimeSpan? Wait)> change)
    {
        lock (_lock)
        {
            var budgets = _budgets.Current;
            var budget = budgets.Younger.GetValueOrDefault(key) ?? budgets.Elder.GetValueOrDefault(key) ?? AttemptBudget.Untouched;
            var (changed, wait) = change(budget);
            if (budgets.Younger.Count >= GenerationSize && !budgets.Younger.ContainsKey(key))
                _budgets.Succeed(budgets);
            _budgets.Current.Younger[key] = changed;
            return wait;
        }
    }
}
