using AuthCluster.Keys;

namespace AuthCluster.Http.Answers;

/// <summary>A JSON Web Key Set (RFC 7517 section 5).</summary>
internal sealed record KeySetAnswer(IReadOnlyList<IReadOnlyDictionary<string, string>> Keys)
{
    public static KeySetAnswer Of(IReadOnlyList<SigningKey> published) =>
        new([.. published.Select(key => key.PublicJwk).OfType<IReadOnlyDictionary<string, string>>()]);
}
