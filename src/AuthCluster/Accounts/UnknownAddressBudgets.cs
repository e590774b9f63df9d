namespace AuthCluster.Accounts;

/// <summary>The budgets of one process, in bounded memory: after attempts at 50,000 other addresses, and after a restart, an address has its whole budget again.</summary>
public sealed class UnknownAddressBudgets(AccountRules rules, TimeProvider time) : IUnknownAddressBudgets
{
    /// <summary>Budgets in each of the two generations.</summary>
    public const int GenerationSize = 50_000;

    private readonly Lock _lock = new();
    private readonly TwoGenerations<Dictionary<string, AttemptBudget>> _budgets = new(() => new(StringComparer.Ordinal));

    public Task<TimeSpan?> ReserveAsync(string address, Guid attempt) =>
        Task.FromResult(Change(address, budget => budget.Reserve(attempt, time.GetUtcNow(), rules)));

    public Task SettleAsync(string address, Guid attempt, bool wasCompared)
    {
        Change(address, budget => (wasCompared ? budget.SettleWrong(attempt, time.GetUtcNow()) : budget.Release(attempt), null));
        return Task.CompletedTask;
    }

    private TimeSpan? Change(string address, Func<AttemptBudget, (AttemptBudget Budget, TimeSpan? Wait)> change)
    {
        lock (_lock)
        {
            var budgets = _budgets.Current;
            var budget = budgets.Younger.GetValueOrDefault(address) ?? budgets.Elder.GetValueOrDefault(address) ?? AttemptBudget.Untouched;
            var (changed, wait) = change(budget);
            if (budgets.Younger.Count >= GenerationSize && !budgets.Younger.ContainsKey(address))
                _budgets.Succeed(budgets);
            _budgets.Current.Younger[address] = changed;
            return wait;
        }
    }
}
