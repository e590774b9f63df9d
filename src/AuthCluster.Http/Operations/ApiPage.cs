using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace AuthCluster.Http.Operations;

/// <summary>The OpenAPI document as a page to read and to try requests on. Everything on it comes from this server, and it calls no other.</summary>
internal static class ApiPage
{
    private const string Path = "/docs";

    public static void MapApiPage(this IEndpointRouteBuilder app) => app.MapScalarApiReference(Path, Configure).ExcludeFromDescription();

    private static void Configure(ScalarOptions options, HttpContext http)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        options.WithTitle("AuthCluster").WithNonce(nonce);
        options.AddDocument(OpenApiEndpoint.Version).DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton();
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}
