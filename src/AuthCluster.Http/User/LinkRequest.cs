using System.Text.Json;
using AuthCluster.Http.Bodies;

namespace AuthCluster.Http.User;

/// <summary>The token of a mail's link.</summary>
internal sealed record LinkRequest(string? Token) : IFormBody<LinkRequest>
{
    public static LinkRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.LinkRequest);

    public void Validate(FieldFaults faults) => faults.Require(Token, "token");
}
