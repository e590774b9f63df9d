using AuthCluster.Accounts;
using AuthCluster.EmbeddedHost.Actors;
using AuthCluster.EmbeddedHost.Sqlite;

namespace AuthCluster.EmbeddedHost;

/// <summary>What this host brings to the front door: the ports, on one database.</summary>
internal static class EmbeddedServices
{
    public static void AddEmbeddedActors(this IServiceCollection services, Database database)
    {
        services.AddSingleton(database);
        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<EventLog>(_ => new EventLog(database));
        services.AddSingleton<IEventLog>(provider => provider.GetRequiredService<EventLog>());
        services.AddSingleton<IKeyRingStore, KeyRingStore>();
        services.AddSingleton<IRevocationFeed>(provider => new RevocationFeed(database, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWaitingMails, WaitingMails>();
        services.AddSingleton<IUnknownAddressBudgets, UnknownAddressBudgets>();
        services.AddSingleton<IAccountIndex, AccountIndex>();
        services.AddSingleton<ISpentIds, SpentIds>();
        services.AddSingleton<IRevokedLegacyTokens, RevokedLegacyTokens>();
        services.AddSingleton<IAccounts>(provider => new EmbeddedAccounts(
            provider.GetRequiredService<IAccountStore>(),
            provider.GetRequiredService<AccountRules>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<WriteAheadLogWatch>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
    }
}
