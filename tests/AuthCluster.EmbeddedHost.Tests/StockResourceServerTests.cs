using System.Net;
using System.Net.Http.Headers;
using AuthCluster.Contract;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>Another service with the framework's own middleware, which knows nothing but the server's address.</summary>
public sealed class StockResourceServerTests
{
    [Fact]
    public async Task Our_access_tokens_are_accepted_and_our_refresh_tokens_are_not()
    {
        await using var server = await EmbeddedServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Passwords:Cost"] = "Lowest" });
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var session = await new ApiClient(http).SignUpAsync();
        await using var service = await StartServiceAsync(server.BaseAddress);
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };

        Assert.Equal((HttpStatusCode.OK, session.User.Id), await AskAsync(client, session.Access));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(client, session.Refresh)).Status);
    }

    private static async Task<WebApplication> StartServiceAsync(Uri authority)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = authority.ToString();
            options.Audience = "authcluster";
            options.RequireHttpsMetadata = false;
            options.MapInboundClaims = false;
            // RFC 9068 section 4: only access tokens are for resource servers.
            options.TokenValidationParameters.ValidTypes = ["at+jwt"];
        });
        var app = builder.Build();
        app.MapGet("/", (System.Security.Claims.ClaimsPrincipal user) => user.FindFirst("sub")!.Value).RequireAuthorization();
        await app.StartAsync();
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
