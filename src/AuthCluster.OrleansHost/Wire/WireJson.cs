using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.Wire;

/// <summary>How the types of the rules are written as JSON. A test pins the names; what a node does not know it reads over.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new AddressConverter(), new ProfileConverter(), new BytesConverter(), new OutcomeConverterFactory(), new ActConverterFactory(),
        },
        // A member that an older node does not send yet has its default: whatever the compiler asks for within one version.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(type =>
        {
            foreach (var member in type.Properties)
                member.IsRequired = false;
        }),
    };

    private sealed class AddressConverter : JsonConverter<IPAddress>
    {
        public override IPAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => IPAddress.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class ProfileConverter : JsonConverter<Profile>
    {
        public override Profile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Profile.Restore(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Profile value, JsonSerializerOptions options) => writer.WriteStringValue(value.Json);
    }

    private sealed class BytesConverter : JsonConverter<ImmutableArray<byte>>
    {
        public override ImmutableArray<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. reader.GetBytesFromBase64()];

        public override void Write(Utf8JsonWriter writer, ImmutableArray<byte> value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(value.AsSpan());
    }
}

/// <summary>An outcome: its result, or the refusal with how long to wait.</summary>
internal sealed class OutcomeConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Outcome<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(OutcomeConverter<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private sealed class OutcomeConverter<T> : JsonConverter<Outcome<T>>
    {
        public override Outcome<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var form = JsonSerializer.Deserialize<Form>(ref reader, options)!;
            return Outcome<T>.Restore(form.Result, form.Refusal, form.RetryAfter ?? TimeSpan.Zero);
        }

        public override void Write(Utf8JsonWriter writer, Outcome<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer, new Form(value.Result, value.Refusal, value.RetryAfter == TimeSpan.Zero ? null : value.RetryAfter), options);

        // The result of a refusal may be an array that was never made, which cannot be written.
        private sealed record Form(
            [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] T? Result, Refusal? Refusal, TimeSpan? RetryAfter);
    }
}

/// <summary>An act within an act: its name, by which its type is found, and itself.</summary>
internal sealed class ActConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Act<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ActConverter<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private sealed class ActConverter<T> : JsonConverter<Act<T>>
    {
        public override Act<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var form = JsonSerializer.Deserialize<Form>(ref reader, options)!;
            var type = WireNames.TypeOf(form.Name);
            return (Act<T>)form.Act.Deserialize(type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(T)) : type, options)!;
        }

        public override void Write(Utf8JsonWriter writer, Act<T> value, JsonSerializerOptions options)
        {
            var type = value.GetType();
            JsonSerializer.Serialize(writer, new Form(WireNames.Of(type), JsonSerializer.SerializeToElement(value, type, options)), options);
        }

        private sealed record Form(string Name, JsonElement Act);
    }
}
