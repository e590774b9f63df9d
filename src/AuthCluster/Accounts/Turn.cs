using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>
/// One account as a host holds it in memory, for the turns of acts. Members are called one at a time: the host sees to it that turns do not
/// overlap.
/// </summary>
public interface IHeldAccount
{
    Guid Id { get; }

    /// <summary>The account; <c>null</c> where there is none. Means something only after <see cref="LoadAsync"/> in the same turn.</summary>
    /// <remarks>Set by a turn whose act changed only what need not be stored. The standing stays the same object then.</remarks>
    AccountState? State { get; set; }

    /// <summary>The version of the stored account; 0 where there never was one.</summary>
    long Version { get; }

    /// <summary>Sees to it that <see cref="State"/> is the stored one.</summary>
    /// <exception cref="StateUnavailableException">The store is out of reach, or what it holds cannot be read.</exception>
    Task LoadAsync();

    /// <summary>Stores a change with its effects, in one transaction. No node goes by the standing before when this completes.</summary>
    /// <exception cref="Exception">It is not known whether the change was stored.</exception>
    Task<SaveResult> SaveAsync(AccountChange change);

    /// <summary>Token checks go by this state from now on.</summary>
    void Publish(AccountState? state);

    /// <summary>The next turn, and the next token check, wait for the store.</summary>
    void Forget();
}

/// <summary>
/// How an act happens, the same in every host: load, decide, save with all that follows, take copies back, publish, answer. What is not saved
/// has not happened.
/// </summary>
public static class Turn
{
    public static async Task<Outcome<TResult>> RunAsync<TResult>(
        IHeldAccount account, Act<TResult> act, TimeProvider time, AccountRules rules)
    {
        using var activity = Telemetry.BeginAct(act.GetType());
        var (conflicts, usernameIsTaken) = (0, false);
        while (true)
        {
            await account.LoadAsync();
            var decision = act.Decide(account.State, Moment.Of(time, rules) with { UsernameIsTaken = usernameIsTaken });
            if (!decision.MustBeStored)
            {
                account.State = decision.State;
                return decision.Outcome;
            }

            switch (await SaveAsync(account, decision.State, decision.Effects))
            {
                case SaveResult.Saved:
                    account.Publish(decision.State);
                    return decision.Outcome;
                case SaveResult.EmailTaken:
                    return Refusal.EmailTaken;
                // Some acts go on without the name.
                case SaveResult.UsernameTaken when !usernameIsTaken:
                    usernameIsTaken = true;
                    break;
                case SaveResult.UsernameTaken:
                    return Refusal.UsernameTaken;
                case SaveResult.LastAdministrator:
                    return Refusal.LastAdministrator;
                // Somebody else wrote. The act is decided once more, on what is stored.
                case SaveResult.VersionConflict when conflicts++ == 0:
                    account.Forget();
                    break;
                default:
                    account.Forget();
                    throw new StateUnavailableException($"The account {account.Id} is being written by somebody else.");
            }
        }
    }

    private static async Task<SaveResult> SaveAsync(IHeldAccount account, AccountState? changed, ImmutableArray<Effect> effects)
    {
        var change = new AccountChange(account.Id, account.Version, account.State, changed, effects)
        {
            Revocations = Revocation.Between(account.State, changed, effects),
        };
        try
        {
            var result = await Telemetry.MeasureCommitAsync(() => account.SaveAsync(change));
            if (result == SaveResult.Saved)
                Telemetry.Count(change.Revocations);
            return result;
        }
        catch
        {
            // Nobody knows whether it was stored. Token checks wait for the store now, too.
            account.Forget();
            throw;
        }
    }
}
