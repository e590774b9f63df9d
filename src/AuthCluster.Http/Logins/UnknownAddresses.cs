using AuthCluster.Accounts;

namespace AuthCluster.Http.Logins;

/// <summary>
/// Logins at addresses that nobody holds. They are held up and logged as those at an account are, so that nothing tells the two apart,
/// but wake no account and keep no more than a bounded number of budgets.
/// </summary>
/// <remarks>
/// The budgets are this process's own: after a restart, after attempts at 50,000 other addresses, and at another node of a cluster, the
/// attempts at an address that nobody holds count from none again. Those at an account do not.
/// </remarks>
internal sealed class UnknownAddresses(IEventLog log, PasswordLane passwords, AccountRules rules, TimeProvider time)
{
    /// <summary>Budgets in each of two generations: when the younger is full, the elder is forgotten.</summary>
    public const int GenerationSize = 50_000;

    private readonly Lock _lock = new();
    private Dictionary<string, AttemptBudget> _younger = new(StringComparer.Ordinal);
    private Dictionary<string, AttemptBudget> _elder = new(StringComparer.Ordinal);

    public async Task<Outcome<Grant>> RefuseAsync(PresentedLogin login)
    {
        var attempt = Secret.New();
        if (Change(login.Email, budget => budget.Reserve(attempt, time.GetUtcNow(), rules)) is { } wait)
            return Outcome<Grant>.Wait(wait);
        var isSettled = false;
        try
        {
            var compared = await passwords.CompareWithDecoyAsync(login.Presented.Password);
            if (compared.Refusal is not null)
                return compared.As<Grant>();
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
            var budget = _younger.GetValueOrDefault(key) ?? _elder.GetValueOrDefault(key) ?? AttemptBudget.Untouched;
            var (changed, wait) = change(budget);
            if (_younger.Count >= GenerationSize && !_younger.ContainsKey(key))
                (_elder, _younger) = (_younger, new Dictionary<string, AttemptBudget>(StringComparer.Ordinal));
            _younger[key] = changed;
            return wait;
        }
    }
}
