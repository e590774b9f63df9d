using System.Text.Json.Serialization;

namespace AuthCluster.Http.User;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CreateRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(DeleteRequest))]
[JsonSerializable(typeof(LoginMfaRequest))]
[JsonSerializable(typeof(LoginLegacyRequest))]
[JsonSerializable(typeof(CodeRequest))]
[JsonSerializable(typeof(TotpCreateRequest))]
[JsonSerializable(typeof(TotpDeleteRequest))]
[JsonSerializable(typeof(EmailRequest))]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(PasswordResetConfirmRequest))]
[JsonSerializable(typeof(NewEmailRequest))]
[JsonSerializable(typeof(PasskeyOptionsRequest))]
[JsonSerializable(typeof(PasskeyRequest))]
[JsonSerializable(typeof(PasskeyNameRequest))]
[JsonSerializable(typeof(LoginPasskeyOptionsRequest))]
[JsonSerializable(typeof(LoginPasskeyRequest))]
internal sealed partial class UserRequestJson : JsonSerializerContext;
