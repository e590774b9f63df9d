using System.Text.Json.Serialization;

namespace AuthCluster.Http.Admin;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PatchUserRequest))]
[JsonSerializable(typeof(RevokeRequest))]
[JsonSerializable(typeof(RevokeUsersRequest))]
[JsonSerializable(typeof(RotateKeysRequest))]
internal sealed partial class AdminRequestJson : JsonSerializerContext;
