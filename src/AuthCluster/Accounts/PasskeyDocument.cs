using System.Text.Json.Serialization;

namespace AuthCluster.Accounts;

/// <summary>The stored form of passkeys, a part of <see cref="AccountDocument"/>.</summary>
internal static class PasskeyDocument
{
    public static StoredPasskey Of(Passkey passkey) => new()
    {
        Id = passkey.Id,
        Credential = passkey.CredentialId,
        Key = passkey.PublicKey,
        Name = passkey.Name,
        Count = passkey.SignCount,
        Synced = passkey.Synced,
        Created = passkey.Created,
        Used = passkey.LastUsed,
    };

    public static Passkey Read(StoredPasskey stored) => new(stored.Id, stored.Credential, stored.Key)
    {
        Name = stored.Name,
        SignCount = stored.Count,
        Synced = stored.Synced,
        Created = stored.Created,
        LastUsed = stored.Used,
    };
}

internal sealed class StoredPasskey
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Id { get; init; }

    public required string Credential { get; init; }

    public required string Key { get; init; }

    public string Name { get; set; } = "";

    public long Count { get; set; }

    public bool Synced { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset? Used { get; set; }
}
