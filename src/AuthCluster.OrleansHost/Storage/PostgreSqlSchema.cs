using Npgsql;

namespace AuthCluster.OrleansHost.Storage;

/// <summary>The tables and queries of a cluster on PostgreSQL, which come with the host (<c>postgresql.sql</c>).</summary>
internal static class PostgreSqlSchema
{
    /// <summary>Any number will do. Nodes that start together make the tables one after the other.</summary>
    private const long LockKey = 0x41757468_436C7573;

    /// <summary>Makes what is missing, and brings the queries up to this version.</summary>
    public static async Task CreateAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})");
        await ExecuteAsync(connection, await ScriptAsync());
        await transaction.CommitAsync();
    }

    /// <summary>Makes the tables at a first start, if the role of the node may do that.</summary>
    /// <exception cref="BadConfigurationException">They are missing, or do without the index that keeps records single, and it may not.</exception>
    public static async Task EnsureAsync(string connectionString)
    {
        if (await IsCompleteAsync(connectionString))
            return;
        try
        {
            await CreateAsync(connectionString);
        }
        catch (PostgresException refused)
        {
            throw new BadConfigurationException(
                $"AuthCluster:Cluster:ConnectionString: the tables are missing or old, and could not be made ({refused.MessageText}). "
                + "Run `storage create` once, with a role that may.",
                refused);
        }
    }

    private static async Task<bool> IsCompleteAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(
            "SELECT to_regclass('orleansstorage_onerecordeach') IS NOT NULL AND to_regclass('orleansmembershiptable') IS NOT NULL");
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ScriptAsync()
    {
        using var script = new StreamReader(typeof(PostgreSqlSchema).Assembly.GetManifestResourceStream("postgresql.sql")!);
        return await script.ReadToEndAsync();
    }
}
