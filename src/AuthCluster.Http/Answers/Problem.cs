using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthCluster.Http.Answers;

/// <summary>An error as RFC 9457 <c>application/problem+json</c>, with the stable <c>code</c> that clients may rely on.</summary>
internal sealed record Problem(int Status, string Code, string Detail) : IResult
{
    public const string ContentType = "application/problem+json";

    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>With <c>mfa_required</c>: completes the login, together with a code.</summary>
    public string? MfaToken { get; init; }

    /// <summary>With <c>mfa_required</c>: the second factors that will do, as <c>amr</c> names them.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        // Whole seconds, rounded up: a client that waits as long as it is told gets through.
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (Status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
            response.Headers.WWWAuthenticate = Code == "token_not_valid" ? "Bearer error=\"invalid_token\"" : "Bearer";
        var body = new ProblemBody($"urn:authcluster:problem:{Code}", ReasonPhrases.GetReasonPhrase(Status), Status, Detail, Code, Errors)
        {
            Error = OAuthError(httpContext.Request.Path),
            MfaToken = MfaToken,
            Methods = Methods,
        };
        return response.WriteAsync(JsonSerializer.Serialize(body, AnswerJson.Default.ProblemBody), httpContext.RequestAborted);
    }

    /// <summary>What OAuth clients look for (RFC 6749 section 5.2, RFC 7009 section 2.2.1).</summary>
    private string? OAuthError(PathString path)
    {
        if (!path.StartsWithSegments("/oauth", StringComparison.OrdinalIgnoreCase))
            return null;
        return Status switch
        {
            StatusCodes.Status401Unauthorized => "invalid_client",
            StatusCodes.Status403Forbidden => "access_denied",
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => "temporarily_unavailable",
            >= 500 => "server_error",
            _ => "invalid_request",
        };
    }
}

internal sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MfaToken { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Methods { get; init; }
}
