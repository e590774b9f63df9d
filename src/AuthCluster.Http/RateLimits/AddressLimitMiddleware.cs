using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.RateLimits;

/// <summary>Holds up addresses that call the marked endpoints too often, before anything is read or computed for them.</summary>
internal sealed class AddressLimitMiddleware(RequestDelegate next, AddressLimiter limiter)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<LimitedPerAddress>() is null)
            return next(http);
        return limiter.Count(http.Client().Address) is { } wait ? Problems.TooManyAttempts(wait).ExecuteAsync(http) : next(http);
    }
}

/// <summary>Marks endpoints that take passwords or codes, or send mails.</summary>
internal sealed class LimitedPerAddress;
