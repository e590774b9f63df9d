namespace AuthCluster.Options;

/// <summary>The rules that several sections share. Each gives its fault, or <c>null</c> where it is kept.</summary>
public static class SettingRule
{
    /// <summary>The longest time any setting may have, so that adding it to a date cannot overflow.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(3650);

    /// <summary>Tokens carry times in whole seconds.</summary>
    public static readonly TimeSpan ShortestLifetime = TimeSpan.FromSeconds(1);

    private const int ServiceSecretLength = 32;
    private const string HowToMakeOne = "`openssl rand -base64 32` prints one.";

    public static SettingFault? That(bool kept, string key, string message) => kept ? null : new SettingFault(key, message);

    public static SettingFault? Between<T>(string key, T value, T least, T most)
        where T : struct, IComparable<T> =>
        That(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, key, $"must be between {least} and {most}, but is {value}.");

    public static SettingFault? KeyOf32Bytes(string key, string? value) => That(
        value is null || (SettingKey.Decode(value) is { Length: 32 } bytes && SettingKey.IsSecret(value, bytes)),
        key,
        $"must be 32 random bytes in base64, no text and no published example: {HowToMakeOne}");

    /// <summary>RFC 7518 section 3.2: an HMAC key has at least the size of the hash.</summary>
    public static SettingFault? KeyOf32BytesOrMore(string key, string? value) => That(
        value is null || (SettingKey.Decode(value) is { Length: >= 32 } bytes && SettingKey.IsSecret(value, bytes)),
        key,
        $"must be at least 32 random bytes in base64, no text and no published example: {HowToMakeOne}");

    public static SettingFault? ServiceSecret(string key, string? value) =>
        That(value is null or { Length: >= ServiceSecretLength }, key, $"must have at least {ServiceSecretLength} characters.");

    /// <summary>Secrets travel encrypted, or do not leave the machine.</summary>
    public static SettingFault? SafeUrl(string key, string? value) => value is null
        ? null
        : That(IsPrivate(value), key, "must be an https address (http only to this machine).");

    public static bool IsPrivate(string url) => HttpUrl(url) is { } address && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback);

    /// <summary>The address where it is an absolute one of the web; <c>null</c> otherwise.</summary>
    public static Uri? HttpUrl(string value)
    {
        // Uri ignores white space around an address; code that uses the setting as text would not.
        var isUrl = Uri.TryCreate(value, UriKind.Absolute, out var url) && !value.Any(char.IsWhiteSpace);
        return isUrl && (url!.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? url : null;
    }
}
