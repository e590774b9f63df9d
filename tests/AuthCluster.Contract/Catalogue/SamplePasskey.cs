using System.Text.Json;

namespace AuthCluster.Contract.Catalogue;

/// <summary>The passkey of a sample account, and what its authenticator made for the call to come.</summary>
/// <param name="Id">Of nobody's passkey where none is enrolled.</param>
/// <param name="Attestation">A credential that enrols; none where it has enrolled.</param>
/// <param name="Assertion">A credential that signs in, once; none where none is enrolled.</param>
internal sealed record SamplePasskey(string Id, string Attestation, string Assertion)
{
    private const string Passkeys = "/api/user/passkeys";
    private const string SignIn = "/api/user/login/passkey";

    /// <summary>Well formed, and of no use.</summary>
    public static SamplePasskey OfNobody { get; } = new(Guid.Empty.ToString(), CredentialOfNobody, CredentialOfNobody);

    private static string CredentialOfNobody =>
        """{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"eyJjaGFsbGVuZ2UiOiJBQUFBIn0"},"clientExtensionResults":{}}""";

    public static async Task<SamplePasskey> OfferAsync(ApiClient api, Session session)
    {
        var (authenticator, attestation) = await MakeAsync(api, session);
        authenticator.Dispose();
        return OfNobody with { Attestation = attestation };
    }

    public static async Task<SamplePasskey> EnrolAsync(ApiClient api, Session session)
    {
        var (authenticator, attestation) = await MakeAsync(api, session);
        using var _ = authenticator;
        var id = (await api.PostAsync(Passkeys, new { credential = attestation }, session.Access)).AssertStatus(201).Json.Text("id");
        var options = (await api.PostAsync($"{SignIn}/options")).AssertStatus(200).Json;
        return new SamplePasskey(id, CredentialOfNobody, JsonSerializer.Serialize(authenticator.Sign(options)));
    }

    private static async Task<(SoftwareAuthenticator Authenticator, string Attestation)> MakeAsync(ApiClient api, Session session)
    {
        var asked = await api.PostAsync($"{Passkeys}/options", new { current_password = session.User.Password }, session.Access);
        var options = asked.AssertStatus(200).Json;
        var relyingParty = options.GetProperty("rp").Text("id");
        var authenticator = new SoftwareAuthenticator(
            relyingParty == "localhost" ? $"http://localhost:{api.BaseAddress.Port}" : $"https://{relyingParty}");
        return (authenticator, JsonSerializer.Serialize(authenticator.Create(options)));
    }
}
