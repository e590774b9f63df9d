using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AuthCluster.Http.Admin;
using AuthCluster.Http.User;

namespace AuthCluster.Http.Bodies;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(CreateRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(DeleteRequest))]
[JsonSerializable(typeof(PatchUserRequest))]
[JsonSerializable(typeof(RevokeRequest))]
[JsonSerializable(typeof(RotateKeysRequest))]
internal sealed partial class RequestJson : JsonSerializerContext;
