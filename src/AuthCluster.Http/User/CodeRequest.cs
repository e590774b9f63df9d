using System.Text.Json;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.SecondFactors;

namespace AuthCluster.Http.User;

/// <summary>A second-factor code and nothing else.</summary>
internal sealed record CodeRequest(string? Code) : IFormBody<CodeRequest>
{
    public static CodeRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.CodeRequest);

    public void Validate(FieldFaults faults)
    {
        faults.Require(Code, "code");
        faults.LimitLength(Code, SecondFactorCodes.LengthLimit, "code");
    }
}
