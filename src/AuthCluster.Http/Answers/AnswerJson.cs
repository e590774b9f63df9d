using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AuthCluster.Http.Answers;

/// <summary>How answers are written: snake_case names, times as RFC 3339 in UTC with three fractional digits.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(TimeConverter)])]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(RevokedUsersAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(PageTokenAnswer))]
[JsonSerializable(typeof(TotpAnswer))]
[JsonSerializable(typeof(EmergencyCodesAnswer))]
[JsonSerializable(typeof(PasskeyAnswer[]))]
[JsonSerializable(typeof(PasskeyEndpointsAnswer))]
[JsonSerializable(typeof(RegisteredAnswer))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(DeviceAnswer[]))]
[JsonSerializable(typeof(ActivityAnswer[]))]
[JsonSerializable(typeof(ListAnswer<UserAnswer>))]
[JsonSerializable(typeof(ListAnswer<DeviceAnswer>))]
[JsonSerializable(typeof(ListAnswer<AdministratorActivityAnswer>))]
[JsonSerializable(typeof(ListAnswer<LoggedActivityAnswer>))]
[JsonSerializable(typeof(ExportAnswer))]
[JsonSerializable(typeof(KeySetAnswer))]
[JsonSerializable(typeof(MetadataAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(RevokedAnswer))]
[JsonSerializable(typeof(HeartbeatAnswer))]
[JsonSerializable(typeof(ResyncAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;

internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}

/// <summary>A portion of a list.</summary>
/// <param name="Next">Pass it as <c>cursor</c> to read on; <c>null</c> at the end.</param>
internal sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next);
