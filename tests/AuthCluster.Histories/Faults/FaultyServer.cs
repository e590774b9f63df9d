using AuthCluster.Accounts;
using AuthCluster.EmbeddedHost;
using AuthCluster.EmbeddedHost.Actors;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Hosting;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthCluster.Histories.Faults;

/// <summary>The embedded server as it composes itself, but for one port that is put behind a fault.</summary>
internal static class FaultyServer
{
    public static async Task ServeAsync(string fault, string[] settings)
    {
        if (!PlantedFaults.Names.Contains(fault))
            throw new FormatException($"There is no fault {fault}; there are {string.Join(", ", PlantedFaults.Names)}.");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        var options = SettingsReader.Read(builder.Configuration).Options;
        using var directory = DataDirectory.Open(options.DataDirectory);
        var masterKey = FirstMasterKey.ReadOrMake(options.Keys, directory);
        using var database = Database.Open(directory);
        builder.Services.AddFrontDoor(options, masterKey);
        builder.Services.AddEmbeddedActors(database);
        builder.Services.AddSingleton<IAccounts>(provider => Plant(
            fault, provider.GetRequiredService<IAccountStore>(), options.Rules, provider.GetRequiredService<TimeProvider>()));
        await using var app = builder.Build();
        app.UseFrontDoor();
        await app.Services.PrepareFrontDoorAsync();
        await app.StartAsync();
        foreach (var url in app.Urls)
            Console.WriteLine($"Listening on {url}");
        await app.WaitForShutdownAsync();
    }

    private static IAccounts Plant(string fault, IAccountStore store, AccountRules rules, TimeProvider time)
    {
        return fault switch
        {
            PlantedFaults.AcknowledgesBeforeSaving => Actors(new LaggingStore(store)),
            PlantedFaults.CachesStandings => new CachedStandings(Actors(store), time),
            PlantedFaults.ActorPerAct => new ActorPerAct(Actors(store), store),
            PlantedFaults.SkipsVersionCheck => new ActorPerAct(Actors(store), new OverwritingStore(store)),
            PlantedFaults.CountsUnlocked => new UnlockedCounter(Actors(store, rules with { SessionLimit = 1000 }), rules.SessionLimit),
            PlantedFaults.SightingOverwrites => new OverwritingSightings(Actors(store), store),
            _ => Actors(store),
        };

        EmbeddedAccounts Actors(IAccountStore behind, AccountRules? others = null) => new(behind, others ?? rules, time);
    }
}
