using System.Text.Json.Serialization;

namespace AuthCluster.Http.Services;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServiceTokenRequest))]
[JsonSerializable(typeof(SubjectId))]
internal sealed partial class ServiceRequestJson : JsonSerializerContext;
