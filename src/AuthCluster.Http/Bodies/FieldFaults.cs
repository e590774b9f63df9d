using System.Text.Json;
using AuthCluster.Emails;
using AuthCluster.Http.Passkeys;

namespace AuthCluster.Http.Bodies;

/// <summary>What is wrong with the fields of a body, by field.</summary>
internal sealed class FieldFaults
{
    public const string Required = "This field is required.";

    private readonly Dictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    public bool Any => _messages.Count > 0;

    public IReadOnlyDictionary<string, string[]> ByField =>
        _messages.ToDictionary(fault => fault.Key, fault => fault.Value.ToArray(), StringComparer.Ordinal);

    public void Add(string field, string message)
    {
        if (!_messages.TryGetValue(field, out var messages))
            _messages.Add(field, messages = []);
        messages.Add(message);
    }

    public void Require(string? value, string field)
    {
        if (string.IsNullOrEmpty(value))
            Add(field, Required);
    }

    public void RequireEmail(string? value, string field)
    {
        Require(value, field);
        if (!string.IsNullOrEmpty(value) && !CanonicalEmail.TryParse(value, out _))
            Add(field, "Enter a valid e-mail address.");
    }

    public void RequireCredential(JsonElement? value)
    {
        if (value is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } credential)
            Add("credential", Required);
        else if (PresentedCredential.Read(credential) is null)
            Add("credential", "This is not what a browser makes of a passkey.");
    }

    public void LimitLength(string? value, int limit, string field)
    {
        if (value?.Length > limit)
            Add(field, $"Ensure this field has no more than {limit} characters.");
    }
}
