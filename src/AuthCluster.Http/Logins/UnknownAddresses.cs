using AuthCluster.Accounts;
using AuthCluster.Clients;
using AuthCluster.Emails;

namespace AuthCluster.Http.Logins;

/// <summary>
/// Logins at addresses that nobody holds. They are held up and logged as those at an account are, so that nothing tells the two apart,
/// but wake no account and keep no more than a bounded number of budgets.
/// </summary>
internal sealed class UnknownAddresses(IEventLog log, PasswordLane passwords, AccountRules rules, TimeProvider time)
{
    /// <summary>Budgets in each of two generations: when the younger is full, the elder is forgotten.</summary>
    public const int GenerationSize = 50_000;

    private readonly Lock _lock = new();
    private Dictionary<string, GuessBudget> _younger = new(StringComparer.Ordinal);
    private Dictionary<string, GuessBudget> _elder = new(StringComparer.Ordinal);

    public async Task<Outcome<Grant>> RefuseAsync(LoginAttempt attempt, ClientFacts client)
    {
        var key = CanonicalEmail.TryParse(attempt.Email, out var email) ? email.Value : attempt.Email;
        var guess = Secret.New();
        if (Change(key, budget => budget.Reserve(guess, time.GetUtcNow(), rules)) is { } wait)
            return Outcome<Grant>.Wait(wait);
        var compared = await passwords.CompareWithDecoyAsync(attempt.Password);
        if (compared.Refusal is not null)
        {
            Change(key, budget => (budget.Release(guess), null));
            return compared.As<Grant>();
        }

        Change(key, budget => (budget.SettleWrong(guess, time.GetUtcNow()), null));
        await log.AppendAsync(new ActivityEntry
        {
            Time = time.GetUtcNow(),
            Event = ActivityEvents.Login,
            Succeeded = false,
            Reason = ActivityReasons.UnknownUser,
            Email = attempt.Email,
            Address = client.AddressText,
            UserAgent = client.BoundedUserAgent,
        });
        return Refusal.InvalidCredentials;
    }

    private TimeSpan? Change(string key, Func<GuessBudget, (GuessBudget Budget, TimeSpan? Wait)> change)
    {
        lock (_lock)
        {
            var budget = _younger.GetValueOrDefault(key) ?? _elder.GetValueOrDefault(key) ?? GuessBudget.Untouched;
            var (changed, wait) = change(budget);
            if (_younger.Count >= GenerationSize && !_younger.ContainsKey(key))
                (_elder, _younger) = (_younger, new Dictionary<string, GuessBudget>(StringComparer.Ordinal));
            _younger[key] = changed;
            return wait;
        }
    }
}
