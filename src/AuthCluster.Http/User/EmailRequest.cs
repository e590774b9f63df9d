using System.Text.Json;
using AuthCluster.Emails;
using AuthCluster.Http.Bodies;

namespace AuthCluster.Http.User;

/// <summary>An address that somebody names, which need not be theirs.</summary>
internal sealed record EmailRequest(string? Email) : IFormBody<EmailRequest>
{
    public string? Email { get; } = CanonicalEmail.Trim(Email);

    public static EmailRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.EmailRequest);

    public void Validate(FieldFaults faults) => faults.RequireEmail(Email, "email");
}
