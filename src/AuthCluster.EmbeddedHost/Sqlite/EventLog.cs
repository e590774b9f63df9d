using AuthCluster.Accounts;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>The log of what happened, in SQLite.</summary>
/// <param name="strangersKept">
/// Bound on the entries that belong to no account, which anybody can cause. It is held while they are written, to within
/// <see cref="EventStatements.Portion"/> rows.
/// </param>
internal sealed class EventLog(Database database, int strangersKept = 100_000) : IEventLog
{
    public Task AppendAsync(ActivityEntry entry) => database.Writer.WriteAsync(new StrangerEntry(EventRow.Of(account: null, entry), strangersKept));

    public Task RecordAsync(ActivityEntry entry) => database.Writer.WriteAsync(new OperatorEntry(EventRow.Of(EventRow.Operator, entry)));

    public async Task<LogPage> ReadAsync(ActivityQuery query)
    {
        var found = await database.Readers.ReadAsync(reader => Read(reader.Connection, query));
        return new LogPage(found, found.Count == query.Limit ? found[^1].Sequence : null);
    }

    public Task<IReadOnlyList<ActivityEntry>> ReadAccountAsync(Guid accountId, long beforeNumber, int limit) =>
        database.Readers.ReadAsync<IReadOnlyList<ActivityEntry>>(reader => ReadAccount(reader.Connection, accountId, beforeNumber, limit));

    /// <summary>Deletes what is older, and what is past the bound, in portions, so that saves get their turn in between.</summary>
    public async Task PurgeAsync(DateTimeOffset before)
    {
        bool more;
        do
        {
            more = await database.Writer.WriteAsync(new Purge(before, strangersKept));
        }
        while (more);
    }

    private static List<LoggedActivity> Read(SqliteConnection connection, ActivityQuery query)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {EventRow.Columns} FROM events WHERE {string.Join(" AND ", Conditions(query, command))} ORDER BY sequence DESC LIMIT $limit";
        command.Parameters.AddWithValue("$limit", query.Limit);
        return Rows(command);
    }

    private static List<ActivityEntry> ReadAccount(SqliteConnection connection, Guid accountId, long beforeNumber, int limit)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {EventRow.Columns} FROM events WHERE account = $account AND number < $before ORDER BY number DESC LIMIT $limit";
        command.Parameters.AddWithValue("$account", accountId.Stored());
        command.Parameters.AddWithValue("$before", beforeNumber);
        command.Parameters.AddWithValue("$limit", limit);
        return [.. Rows(command).Select(logged => logged.Entry)];
    }

    private static List<LoggedActivity> Rows(SqliteCommand command)
    {
        using var row = command.ExecuteReader();
        var found = new List<LoggedActivity>();
        while (row.Read())
            found.Add(EventRow.Read(row));
        return found;
    }

    private static List<string> Conditions(ActivityQuery query, SqliteCommand command)
    {
        var conditions = new List<string> { "true" };
        Where("email = $email", "$email", query.Email);
        Where("address = $address", "$address", query.Address);
        Where("succeeded = $succeeded", "$succeeded", query.Succeeded);
        Where("sequence < $before", "$before", query.BeforeSequence);
        // Rows come in the order of the sequence; without its lower end the search would go on to the oldest one.
        Where(
            "time >= $since AND sequence >= (SELECT sequence FROM events WHERE time >= $since ORDER BY time, sequence LIMIT 1)",
            "$since",
            query.Since?.ToUnixTimeMilliseconds());
        return conditions;

        void Where(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            command.Parameters.AddWithValue(name, value);
        }
    }
}

internal sealed class StrangerEntry(EventRow row, int kept) : Write<bool>
{
    protected override bool Run(WriterConnection connection)
    {
        connection.Events.InsertStranger(row, kept);
        return true;
    }
}

internal sealed class OperatorEntry(EventRow row) : Write<bool>
{
    protected override bool Run(WriterConnection connection)
    {
        connection.Events.Insert(row);
        return true;
    }
}

/// <summary>One portion of a purge. The result tells whether there may be more.</summary>
internal sealed class Purge(DateTimeOffset before, int strangersKept) : Write<bool>
{
    protected override bool Run(WriterConnection connection)
    {
        var older = connection.Events.DeleteOlder(before);
        var strangers = connection.Events.DeleteStrangers(strangersKept);
        return older == EventStatements.Portion || strangers == EventStatements.Portion;
    }
}
