using System.Buffers;
using System.Text.Json;
using AuthCluster.Accounts;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace AuthCluster.OrleansHost.Wire;

/// <summary>
/// The types of the rules as they travel between nodes and are stored in records: as themselves, in JSON. A new act or member needs no form of its
/// own here. <see cref="Standing"/>, which every cold token check asks for, keeps a hand-made form.
/// </summary>
internal sealed class WireCodec : IGeneralizedCodec, IGeneralizedCopier, ITypeFilter
{
    private static readonly Type Self = typeof(WireCodec);

    public bool IsSupportedType(Type type) => type == Self || (IsOfRules(type)
        && !type.IsInterface && !type.IsEnum && !type.IsAssignableTo(typeof(Exception)) && type != typeof(Standing) && type != typeof(SessionStanding));

    public bool? IsTypeAllowed(Type type) => IsOfRules(type) ? true : null;

    /// <summary>Nobody changes a value of the rules: within a silo the same object is as good as a copy.</summary>
    public object? DeepCopy(object? input, CopyContext context) => input;

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType!, value!))
            return;
        writer.WriteFieldHeader(fieldIdDelta, expectedType!, Self, WireType.TagDelimited);
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeaderExpected(0, WireType.LengthPrefixed);
        writer.Session.TypeCodec.WriteLengthPrefixed(ref writer, value!.GetType());
        var json = JsonSerializer.SerializeToUtf8Bytes(value, value!.GetType(), WireJson.Options);
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeaderExpected(1, WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)json.Length);
        writer.Write(json);
        writer.WriteEndObject();
    }

    public object ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
            return ReferenceCodec.ReadReference(ref reader, field.FieldType)!;
        field.EnsureWireTypeTagDelimited();
        var placeholder = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        Type? type = null;
        object? value = null;
        uint fieldId = 0;
        while (true)
        {
            var header = reader.ReadFieldHeader();
            if (header.IsEndBaseOrEndObject)
                break;
            fieldId += header.FieldIdDelta;
            switch (fieldId)
            {
                case 0:
                    ReferenceCodec.MarkValueField(reader.Session);
                    type = reader.Session.TypeCodec.ReadLengthPrefixed(ref reader);
                    break;
                case 1:
                    ReferenceCodec.MarkValueField(reader.Session);
                    value = JsonSerializer.Deserialize(reader.ReadBytes(reader.ReadVarUInt32()), type!, WireJson.Options);
                    break;
                default:
                    reader.ConsumeUnknownField(header);
                    break;
            }
        }

        ReferenceCodec.RecordObject(reader.Session, value!, placeholder);
        return value!;
    }

    private static bool IsOfRules(Type type) => type.Assembly == typeof(IAccount).Assembly;
}
