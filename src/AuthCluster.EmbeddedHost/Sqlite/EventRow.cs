using System.Text.Json;
using System.Text.Json.Serialization;
using AuthCluster.Accounts;
using AuthCluster.Emails;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>An activity entry as a row of the log: what is searched in columns, the rest as JSON.</summary>
internal sealed record EventRow(byte[]? Account, ActivityEntry Entry, string? Email, string Data)
{
    /// <summary>What <see cref="Read"/> expects, in this order.</summary>
    public const string Columns = "sequence, account, number, time, type, succeeded, email, address, data";

    public const int ColumnCount = 9;

    /// <summary>Stands for an account where an operator acted on all: rows without one give way to newer ones.</summary>
    public static readonly byte[] Operator = Guid.Empty.Stored();

    public static EventRow Of(byte[]? account, ActivityEntry entry)
    {
        var canonical = CanonicalEmail.TryParse(entry.Email, out var email) ? email.Value : null;
        var rest = new EventData
        {
            Reason = entry.Reason,
            Email = entry.Email == canonical ? null : entry.Email,
            Agent = entry.UserAgent,
            Session = entry.SessionId,
            Name = entry.DeviceName,
            Actor = entry.Actor,
        };
        return new EventRow(account, entry, canonical, JsonSerializer.Serialize(rest, EventDataJson.Default.EventData));
    }

    public static LoggedActivity Read(SqliteDataReader row)
    {
        var rest = JsonSerializer.Deserialize(row.GetString(8), EventDataJson.Default.EventData)!;
        var account = row.IsDBNull(1) ? Guid.Empty : row.GetId(1);
        return new LoggedActivity(row.GetInt64(0), account == Guid.Empty ? null : account, new ActivityEntry
        {
            Number = row.GetInt64(2),
            Time = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            Event = row.GetString(4),
            Succeeded = row.GetBoolean(5),
            Email = rest.Email ?? (row.IsDBNull(6) ? null : row.GetString(6)),
            Address = row.IsDBNull(7) ? null : row.GetString(7),
            Reason = rest.Reason,
            UserAgent = rest.Agent,
            SessionId = rest.Session,
            DeviceName = rest.Name,
            Actor = rest.Actor,
        });
    }
}

/// <summary>What is shown of an entry but not searched.</summary>
internal sealed class EventData
{
    public string? Reason { get; set; }

    /// <summary>As it was written, where that is not the canonical form.</summary>
    public string? Email { get; set; }

    public string? Agent { get; set; }

    public Guid? Session { get; set; }

    public string? Name { get; set; }

    public Actor? Actor { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(EventData))]
internal sealed partial class EventDataJson : JsonSerializerContext;
