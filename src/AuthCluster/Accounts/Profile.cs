using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthCluster.Accounts;

/// <summary>What users write about themselves: a JSON object. Nothing may be authorised from it.</summary>
public sealed record Profile
{
    public const int SizeLimit = 4096;
    public const int MemberLimit = 32;
    public const int DepthLimit = 3;

    public static readonly Profile Empty = new("{}");

    // The default escapes each letter outside ASCII to six bytes, for HTML: most of the world would be left with a third of the limit.
    private static readonly JsonSerializerOptions PlainLetters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Profile(string json) => Json = json;

    /// <summary>Compact JSON text of an object. Not escaped for HTML.</summary>
    public string Json { get; }

    /// <summary>Reads text that <see cref="Json"/> gave.</summary>
    public static Profile Restore(string json) => json == Empty.Json ? Empty : new Profile(json);

    /// <summary>
    /// The profile with this object's members set, and those that are <c>null</c> removed; <c>null</c> where it would be too large.
    /// </summary>
    public Profile? With(JsonObject changes)
    {
        var merged = JsonNode.Parse(Json)!.AsObject();
        foreach (var (name, value) in changes)
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = value.DeepClone();
        }

        if (merged.Count > MemberLimit || Depth(merged) > DepthLimit)
            return null;
        var json = merged.ToJsonString(PlainLetters);
        return Encoding.UTF8.GetByteCount(json) > SizeLimit ? null : Restore(json);
    }

    private static int Depth(JsonNode? node) => node switch
    {
        JsonObject members => 1 + members.Select(member => Depth(member.Value)).DefaultIfEmpty().Max(),
        JsonArray items => 1 + items.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
