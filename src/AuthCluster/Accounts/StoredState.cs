using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthCluster.Accounts;

/// <summary>
/// The members of an account document. What is missing reads as the default given here, which is the careful one: not active, not
/// verified. Only what an account cannot be without is required, and always written.
/// </summary>
internal sealed class StoredState
{
    public required int Format { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Id { get; init; }

    public string? Email { get; set; }

    public string? Username { get; set; }

    public string? Wanted { get; set; }

    public DateTimeOffset? LegacyEnded { get; set; }

    public StoredChallenge[]? LegacySpent { get; set; }

    public bool Verified { get; set; }

    public required string Password { get; init; }

    public bool NoPassword { get; set; }

    public int Credential { get; set; } = 1;

    /// <summary>Written where true: a document that does not say so is of an account that may do nothing.</summary>
    public bool Active { get; set; }

    public string[]? Roles { get; set; }

    [JsonConverter(typeof(VerbatimJson))]
    public string? Profile { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Access { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Refresh { get; init; }

    public StoredSession[]? Sessions { get; set; }

    public StoredEntry[]? Activity { get; set; }

    public long Entries { get; set; }

    public StoredAttempts? Strangers { get; set; }

    public StoredKnownAttempts[]? Known { get; set; }

    public StoredTotp? Totp { get; set; }

    public StoredTotp? Unconfirmed { get; set; }

    public int Totps { get; set; }

    public string[]? Emergency { get; set; }

    public Guid Challenge { get; set; }

    public StoredChallenge[]? Spent { get; set; }

    public StoredPasskey[]? Passkeys { get; set; }

    public StoredChallenge[]? SpentPasskeys { get; set; }

    public StoredAttempts? StrangerCodes { get; set; }

    public StoredKnownAttempts[]? KnownCodes { get; set; }

    public int DeviceTokens { get; set; } = 1;

    public bool Awaits { get; set; }

    public StoredCode[]? Codes { get; set; }

    public StoredMail[]? Mails { get; set; }

    public DateTimeOffset[]? Requested { get; set; }

    public DateTimeOffset[]? DeviceMails { get; set; }

    public DateTimeOffset[]? ChangeMails { get; set; }

    public StoredNotice[]? Notices { get; set; }

    public DateTimeOffset Joined { get; set; }

    public DateTimeOffset? LastLogin { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

internal sealed class StoredSession
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Id { get; init; }

    public string Name { get; set; } = "";

    public string Family { get; set; } = "";

    public Guid Device { get; set; }

    public string? Address { get; set; }

    public string? Agent { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Seen { get; set; }

    public DateTimeOffset Authenticated { get; set; }

    public string[]? Methods { get; set; }

    public int Rotation { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Token { get; init; }

    public DateTimeOffset Issued { get; set; }

    public DateTimeOffset Expires { get; set; }

    public bool TokenSeen { get; set; }

    public StoredToken[]? Rotated { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

internal sealed class StoredToken
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Token { get; init; }

    public DateTimeOffset At { get; set; }
}

internal sealed class StoredEntry
{
    public long Number { get; set; }

    public DateTimeOffset Time { get; set; }

    public required string Event { get; init; }

    public bool Succeeded { get; set; }

    public string? Reason { get; set; }

    public string? Address { get; set; }

    public string? Email { get; set; }

    public string? Agent { get; set; }

    public Guid? Session { get; set; }

    public string? Name { get; set; }

    public StoredActor? Actor { get; set; }
}

internal sealed class StoredActor
{
    public Guid Id { get; set; }

    public required string Email { get; init; }

    public Guid Session { get; set; }

    public string? Address { get; set; }
}

internal sealed class StoredTotp
{
    public int Version { get; set; }

    public required string Secret { get; init; }

    public long LastStep { get; set; }
}

internal sealed class StoredChallenge
{
    public Guid Id { get; set; }

    public DateTimeOffset Expires { get; set; }
}

internal sealed class StoredCode
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Id { get; init; }

    public LinkPurpose Purpose { get; set; }

    public DateTimeOffset Expires { get; set; }

    public string? Email { get; set; }
}

internal sealed class StoredNotice
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Kind { get; init; }

    public DateTimeOffset At { get; set; }
}

internal sealed class StoredMail
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Kind { get; init; }

    public required string To { get; init; }

    public DateTimeOffset At { get; set; }

    public StoredCode? Code { get; set; }

    public string? NewEmail { get; set; }

    public string? Address { get; set; }

    public string? Device { get; set; }

    public int Tries { get; set; }
}

internal sealed class StoredKnownAttempts
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Device { get; init; }

    public StoredAttempts? Attempts { get; set; }
}

internal sealed class StoredAttempts
{
    public int Failures { get; set; }

    public DateTimeOffset? Last { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(UnixMilliseconds)])]
[JsonSerializable(typeof(StoredState))]
internal sealed partial class AccountDocumentJson : JsonSerializerContext;

/// <summary>Half the length of a written date, of which an account holds a hundred.</summary>
internal sealed class UnixMilliseconds : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}

/// <summary>Text that is JSON already stays as it is.</summary>
internal sealed class VerbatimJson : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value);
}
