// A service whose users log in at AuthCluster. Start the server with
//   dotnet run --project src/AuthCluster.EmbeddedHost -- --AuthCluster:Services:0:Id=orders --AuthCluster:Services:0:Secret=a-secret-of-32-characters-or-more
// and this with
//   dotnet run --project samples/ResourceServer -- --Auth:ClientSecret=a-secret-of-32-characters-or-more
using System.Security.Claims;
using AuthCluster.Client;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication().AddAuthCluster(options =>
{
    options.Authority = "http://127.0.0.1:8000";
    options.ClientId = "orders";
    builder.Configuration.Bind("Auth", options);
});
builder.Services.AddAuthorizationBuilder().AddPolicy("administrator", policy => policy.RequireRole("admin"));
builder.Services.AddHealthChecks().AddAuthCluster();

var app = builder.Build();
app.MapGet("/orders", (ClaimsPrincipal user) => new { Owner = user.Identity!.Name, Order = "one cup of tea" }).RequireAuthorization();
app.MapGet("/reports", () => new { Sold = 1 }).RequireAuthorization("administrator");
app.MapHealthChecks("/health");
await app.RunAsync();
