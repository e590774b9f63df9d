using System.Text.Json;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

internal static class RevokeSubject
{
    /// <summary>
    /// Ends every session of a user on the word of a service, or of a revoker (draft-parecki-oauth-global-token-revocation). Answered when no node
    /// accepts a token of the user any more.
    /// </summary>
    public static async Task<IResult> HandleAsync(
        Body<RevokeSubjectRequest> body, HttpContext http, ServiceCredentials services, Revokers revokers, IAccounts accounts, AuthClusterOptions options)
    {
        RevokerWord? word = null;
        if (!Revokers.IsAsked(http))
        {
            if (services.Refuse(http) is { } refused)
                return refused;
        }
        else if ((word = await revokers.ReadAsync(http)) is null)
        {
            return revokers.Refuse(http);
        }

        if (body.Problem is { } problem)
            return problem;
        // Before anything is looked up: a word that was said before learns nothing.
        if (word is not null && !await revokers.TrySpendAsync(word))
            return revokers.Refuse(http);
        var subject = body.Value.Named()!;
        // Also before: whether an address of another domain has an account is none of a revoker's business.
        if (subject.Format == "email" && !IsAbout(word, subject.Email))
            return Problems.PermissionDenied;
        if (await FindAsync(subject, accounts, options.Issuer) is not { } id || await accounts.StandingAsync(id) is not { } standing)
            return Problems.NotFound;
        if (!IsAbout(word, standing.Email))
            return Problems.PermissionDenied;
        return (await accounts.For(id).PerformAsync(new RevokeTokens(RevokedTokens.All))).AnswerNoContent();
    }

    /// <param name="word"><c>null</c> for a service, whose word is about everybody.</param>
    private static bool IsAbout(RevokerWord? word, string? address) =>
        word is null || (CanonicalEmail.TryParse(address, out var email) && word.IsAbout(email.Value));

    /// <summary>RFC 9493 section 3.2. Formats that name nobody here find nobody.</summary>
    private static async Task<Guid?> FindAsync(SubjectId subject, IAccounts accounts, string issuer) => subject.Format switch
    {
        "email" => CanonicalEmail.TryParse(subject.Email, out var email) ? await accounts.FindAsync(email) : null,
        "iss_sub" => subject.Iss == issuer ? IdOf(subject.Sub) : null,
        "opaque" => IdOf(subject.Id),
        _ => null,
    };

    private static Guid? IdOf(string? text) => Guid.TryParseExact(text, "D", out var id) ? id : null;
}

/// <param name="Subject">What earlier drafts call it.</param>
internal sealed record RevokeSubjectRequest(SubjectId? SubId, SubjectId? Subject) : IRequestBody<RevokeSubjectRequest>
{
    public SubjectId? Named() => SubId ?? Subject;

    public static RevokeSubjectRequest? Read(JsonElement json) => new(Member(json, "sub_id"), Member(json, "subject"));

    public void Validate(FieldFaults faults)
    {
        if (Named() is not { } named)
            faults.Add("sub_id", FieldFaults.Required);
        else if (named.Format is not ("email" or "iss_sub" or "opaque"))
            faults.Add("sub_id", "The format must be email, iss_sub or opaque.");
    }

    private static SubjectId? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) ? member.Deserialize(ServiceRequestJson.Default.SubjectId) : null;
}

/// <summary>A subject identifier (RFC 9493).</summary>
internal sealed record SubjectId(string? Format, string? Email = null, string? Iss = null, string? Sub = null, string? Id = null);
