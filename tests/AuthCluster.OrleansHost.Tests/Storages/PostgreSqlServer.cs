using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace AuthCluster.OrleansHost.Tests.Storages;

/// <summary>A PostgreSQL of the tests' own on a free port of this machine, with Debian's programs. It forgets everything in the end.</summary>
internal sealed class PostgreSqlServer
{
    private static readonly Lazy<Task<PostgreSqlServer>> Shared = new(StartAsync);

    private readonly int _port;

    private PostgreSqlServer(int port) => _port = port;

    /// <summary>One for all tests of a run.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => Shared.Value;

    /// <summary>A new database, without any table.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Guid.NewGuid():N}";
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgreSqlServer> StartAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault(Directory.Exists)
            : null;
        if (programs is null)
            throw new InvalidOperationException("These tests need PostgreSQL: apt-get install postgresql, or leave out those with Storage=PostgreSql.");
        var directory = Directory.CreateTempSubdirectory("authcluster-postgresql-").FullName;
        var port = NodeProcess.FreePorts(1)[0];
        // PostgreSQL does not run as root.
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", directory);
        await RunAsOwnerAsync(Path.Combine(programs, "initdb"), "-D", directory, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8");
        var control = Path.Combine(programs, "pg_ctl");
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {port} -k {directory} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=400");
        await RunAsOwnerAsync(control, "-D", directory, "-w", "-o", options, "-l", Path.Combine(directory, "log"), "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            RunAsOwnerAsync(control, "-D", directory, "-m", "immediate", "stop").GetAwaiter().GetResult();
            Directory.Delete(directory, recursive: true);
        };
        return new PostgreSqlServer(port);
    }

    private string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={_port};Database={database};Username=postgres;Maximum Pool Size=20");

    private static Task RunAsOwnerAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", program, .. arguments])
        : RunAsync(program, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Its output goes nowhere: the server that it starts would keep a pipe open.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" > /dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed with {process.ExitCode}.");
    }
}
