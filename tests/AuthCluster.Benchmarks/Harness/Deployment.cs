using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.EmbeddedHost;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Hosting;
using AuthCluster.Http.Settings;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Benchmarks.Harness;

/// <summary>The embedded server as its program puts it together, in this process.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly DataDirectory _directory;
    private readonly Database _database;

    private Deployment(DataDirectory directory, Database database, WebApplication app)
    {
        _directory = directory;
        _database = database;
        App = app;
    }

    public WebApplication App { get; }

    public IAccounts Accounts => App.Services.GetRequiredService<IAccounts>();

    /// <param name="addServices">What the benchmark adds.</param>
    public static async Task<Deployment> OpenAsync(AuthClusterOptions options, Action<IServiceCollection>? addServices = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // As in the program's own settings, but away from standard output, where a server process answers in JSON.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var directory = DataDirectory.Open(options.DataDirectory);
        var masterKey = FirstMasterKey.ReadOrMake(options.Keys, directory);
        var database = Database.Open(directory);
        builder.Services.AddFrontDoor(options, masterKey);
        builder.Services.AddEmbeddedActors(database);
        addServices?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseFrontDoor();
        await app.Services.PrepareFrontDoorAsync();
        return new Deployment(directory, database, app);
    }

    /// <summary>Registers one user and logs him in.</summary>
    public async Task<IssuedTokens> AddUserAsync(int number)
    {
        var id = Guid.CreateVersion7();
        var account = Accounts.For(id);
        await account.PerformAsync(new Register(id, SampleAccounts.EmailOf(number), SampleAccounts.PasswordHash, SampleAccounts.Client)
        {
            Roles = ["editor"],
        });
        var attempt = await account.PerformAsync(new BeginLogin(null));
        var login = await account.PerformAsync(new CompleteLogin(attempt.Result!.Settle(right: true), SampleAccounts.Client));
        return App.Services.GetRequiredService<TokenIssuer>().Issue(((Granted)login.Result!).Grant);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _database.Dispose();
        _directory.Dispose();
    }
}
