using System.Globalization;
using System.Text.Json;
using AuthCluster.Benchmarks.Harness;
using AuthCluster.Http.Settings;
using AuthCluster.Options;

namespace AuthCluster.Benchmarks.ForwardAuth;

/// <summary>What a server tells when it serves.</summary>
internal sealed record ServerIsUp(int Port, string[] Access, string[] Refresh);

/// <summary>The server process: the embedded server, and beside its own endpoints those that it is compared with.</summary>
internal static class BenchmarkServer
{
    public static async Task<int> RunAsync(string algorithm, string users, string directory, string[] trustedProxies)
    {
        var options = Options(Enum.Parse<TokenAlgorithm>(algorithm), directory);
        options.Proxies.Trusted.AddRange(trustedProxies);
        await using var deployment = await Deployment.OpenAsync(options, services => services.AddStockBearer(options));
        var app = deployment.App;
        app.MapComparedEndpoints();
        var count = int.Parse(users, CultureInfo.InvariantCulture);
        var access = new string[count];
        var refresh = new string[count];
        for (var user = 0; user < count; user++)
            (access[user], refresh[user], _, _) = await deployment.AddUserAsync(user);
        await app.StartAsync();
        var up = new ServerIsUp(new Uri(app.Urls.First()).Port, access, refresh);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(up));
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Whoever started it closes the input when it is done.
        }

        await app.StopAsync();
        return 0;
    }

    private static AuthClusterOptions Options(TokenAlgorithm algorithm, string directory)
    {
        var options = new AuthClusterOptions { DataDirectory = directory };
        options.Tokens.Algorithm = algorithm;
        options.Tokens.AccessLifetime = TimeSpan.FromHours(1);
        // The stock endpoint has nowhere else to take the address from.
        options.Tokens.ProfileClaims = ["email"];
        if (algorithm == TokenAlgorithm.HS256)
            options.Tokens.SigningKey = StockBearer.SharedKey;
        return options;
    }
}
