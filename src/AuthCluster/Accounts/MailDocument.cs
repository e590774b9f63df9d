using System.Text.Json;

namespace AuthCluster.Accounts;

/// <summary>The stored form of mails and their codes, a part of <see cref="AccountDocument"/>.</summary>
internal static class MailDocument
{
    public static StoredCode Of(MailedCode code) => new() { Id = code.Id, Purpose = code.Purpose, Expires = code.Expires, Email = code.Email };

    public static MailedCode Read(StoredCode stored) => new(stored.Id, stored.Purpose, stored.Expires) { Email = stored.Email };

    public static StoredMail Of(WaitingMail mail) => new()
    {
        Id = mail.Id,
        Kind = mail.Kind.ToString(),
        To = mail.To,
        At = mail.At,
        Code = mail.Code is { } code ? Of(code) : null,
        NewEmail = mail.NewEmail,
        Address = mail.Address,
        Device = mail.Device,
        Tries = mail.Tries,
    };

    public static WaitingMail Read(StoredMail stored) => new(stored.Id, KindOf(stored.Kind), stored.To, stored.At)
    {
        Code = stored.Code is { } code ? Read(code) : null,
        NewEmail = stored.NewEmail,
        Address = stored.Address,
        Device = stored.Device,
        Tries = stored.Tries,
    };

    public static NoticeTime Read(StoredNotice stored) => new(KindOf(stored.Kind), stored.At);

    private static MailKind KindOf(string name) =>
        Enum.TryParse<MailKind>(name, out var kind) ? kind : throw new JsonException($"Mails of the kind {name} are not known to this version.");
}
