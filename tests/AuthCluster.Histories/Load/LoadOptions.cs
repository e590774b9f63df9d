using System.Globalization;

namespace AuthCluster.Histories.Load;

internal sealed record LoadOptions
{
    public const string DefaultAdministratorEmail = "root@example.com";
    public const string DefaultAdministratorPassword = "lantern orchard kettle 77";

    /// <summary>Servers that run already; none: one is started.</summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [];

    /// <summary>The program to start, and arguments that come before its settings.</summary>
    public IReadOnlyList<string> Host { get; init; } = [Path.Combine(AppContext.BaseDirectory, "AuthCluster.EmbeddedHost.dll")];

    /// <summary>After so many validations a server is killed and started again; 0 is never.</summary>
    public int KillEvery { get; init; }

    /// <summary>Kills one of the servers at <see cref="Urls"/> and starts it again, while the others go on.</summary>
    public Func<Task>? KillNode { get; init; }

    public int Seed { get; init; } = 1;

    public int Clients { get; init; } = 64;

    public int Validations { get; init; } = 1_000_000;

    public int Revocations { get; init; } = 20_000;

    public string HistoryPath { get; init; } = "history.txt";

    /// <summary><c>Devices:Limit</c> of the servers.</summary>
    public int DeviceLimit { get; init; } = 5;

    /// <summary><c>Tokens:RefreshGrace</c> of the servers.</summary>
    public TimeSpan RefreshGrace { get; init; } = TimeSpan.FromSeconds(2);

    public string AdministratorEmail { get; init; } = DefaultAdministratorEmail;

    public string AdministratorPassword { get; init; } = DefaultAdministratorPassword;

    /// <exception cref="FormatException">An option is unknown or has no usable value.</exception>
    public static LoadOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new LoadOptions();
        if (arguments.Count % 2 != 0)
            throw new FormatException("Each option has a value: --name value.");
        for (var i = 0; i < arguments.Count; i += 2)
            options = options.With(arguments[i], arguments[i + 1]);
        if (options.KillEvery > 0 && options.Urls.Count > 0)
            throw new FormatException("--kill-every is for a server that this program starts itself, so without --url.");
        return options;
    }

    /// <summary>Starts a server of this program's own, with that fault.</summary>
    public LoadOptions WithFault(string fault) => this with { Host = [typeof(LoadOptions).Assembly.Location, "serve", fault] };

    private LoadOptions With(string name, string value) => name switch
    {
        "--url" => this with { Urls = [.. Urls, new Uri(value)] },
        "--host" => this with { Host = [Path.GetFullPath(value)] },
        "--fault" => WithFault(value),
        "--kill-every" => this with { KillEvery = Number(value) },
        "--seed" => this with { Seed = Number(value) },
        "--clients" => this with { Clients = Number(value) },
        "--validations" => this with { Validations = Number(value) },
        "--revocations" => this with { Revocations = Number(value) },
        "--history" => this with { HistoryPath = value },
        "--device-limit" => this with { DeviceLimit = Number(value) },
        "--refresh-grace" => this with { RefreshGrace = TimeSpan.Parse(value, CultureInfo.InvariantCulture) },
        "--admin-email" => this with { AdministratorEmail = value },
        "--admin-password" => this with { AdministratorPassword = value },
        _ => throw new FormatException($"Unknown option {name}."),
    };

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
