using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>One canonical address or user name: the account that holds it. The key is a <see cref="LoginNameKey"/>.</summary>
[Alias("authcluster.email")]
internal interface ILoginNameGrain : IGrainWithStringKey
{
    /// <summary>Before an account with this name is stored. False where another one holds it.</summary>
    [Alias("reserve")]
    Task<bool> ReserveAsync(Guid account);

    /// <summary>The account is stored.</summary>
    [Alias("confirm")]
    Task ConfirmAsync(Guid account);

    /// <summary>Before the account is deleted.</summary>
    [Alias("begin-release")]
    Task BeginReleaseAsync(Guid account);

    /// <summary>The account is deleted.</summary>
    [Alias("release")]
    Task ReleaseAsync(Guid account);

    /// <summary>Who holds the name, or is about to.</summary>
    [Alias("find")]
    Task<Guid?> FindAsync();
}

[GenerateSerializer, Alias("authcluster.email-record")]
internal sealed class LoginNameRecord
{
    [Id(0)]
    public Guid? Holder { get; init; }

    /// <summary>False while the account is being stored or deleted, and after that was broken off: then only the account itself knows.</summary>
    [Id(1)]
    public bool IsConfirmed { get; init; }
}

[GrainType("email")]
internal sealed class LoginNameGrain([PersistentState("email", GrainStorage.Name)] IPersistentState<LoginNameRecord> stored)
    : StoredGrain<LoginNameRecord>(stored), ILoginNameGrain
{
    private IGrainTimer? _leaving;

    public async Task<bool> ReserveAsync(Guid account)
    {
        if (Record.Holder is { } holder && holder != account && await ResolveAsync(holder) != ClaimAnswer.Free)
            return false;
        await SaveAsync(new LoginNameRecord { Holder = account });
        return true;
    }

    public Task ConfirmAsync(Guid account) => SetConfirmedAsync(account, isConfirmed: true);

    public Task BeginReleaseAsync(Guid account) => SetConfirmedAsync(account, isConfirmed: false);

    public Task ReleaseAsync(Guid account) => Record.Holder == account ? FreeAsync() : Task.CompletedTask;

    public async Task<Guid?> FindAsync()
    {
        // One that is undecided is named, too: it answers for itself when its turn is over, and nobody is told "no such account" before.
        if (Record.Holder is { } holder && await ResolveAsync(holder) != ClaimAnswer.Free)
            return holder;
        _leaving ??= this.LeaveSoon(() => Record.Holder is null);
        return null;
    }

    /// <summary>A claim that was neither confirmed nor released is settled by the account, never by how old it is.</summary>
    private async Task<ClaimAnswer> ResolveAsync(Guid holder)
    {
        if (Record.IsConfirmed)
            return ClaimAnswer.Holds;
        var answer = await GrainFactory.GetGrain<IAccountGrain>(holder).ResolveClaimAsync(this.GetPrimaryKeyString());
        if (answer == ClaimAnswer.Holds)
            await SetConfirmedAsync(holder, isConfirmed: true);
        else if (answer == ClaimAnswer.Free)
            await FreeAsync();
        return answer;
    }

    /// <summary>
    /// The record stays: versions of a deleted one would begin at 1 again, and an activation that read the first could overwrite the second.
    /// </summary>
    private Task FreeAsync() => SaveAsync(new LoginNameRecord());

    private Task SetConfirmedAsync(Guid account, bool isConfirmed) => Record.Holder == account && Record.IsConfirmed != isConfirmed
        ? SaveAsync(new LoginNameRecord { Holder = account, IsConfirmed = isConfirmed })
        : Task.CompletedTask;

}
