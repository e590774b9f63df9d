using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace AuthCluster.Http.Operations;

/// <summary>
/// The OpenAPI document, made once. The framework makes it anew for everybody who asks, which takes as long as a password hash and
/// outside the lane that bounds those, and names as its server whatever <c>Host</c> the request has.
/// </summary>
internal sealed class OpenApiEndpoint([FromKeyedServices(OpenApiEndpoint.Version)] IOpenApiDocumentProvider provider)
{
    public const string Version = "v1";

    private readonly Lazy<Task<string>> _json = new(() => DescribeAsync(provider));

    public static async Task<IResult> HandleAsync(OpenApiEndpoint description) => TypedResults.Text(await description._json.Value, "application/json");

    private static async Task<string> DescribeAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }
}
