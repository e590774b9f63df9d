using AuthCluster.Http.Answers;
using AuthCluster.Http.Logs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Hosting;

/// <summary>
/// The frame around every answer: the headers each one carries, a problem document where only a status was set, and what exceptions
/// become. State out of reach is 503 and everything else a bug, logged here and shown to nobody.
/// </summary>
internal sealed partial class AnswerMiddleware(RequestDelegate next, OutageLog outages, ILogger<AnswerMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        SetHeaders(http.Response.Headers);
        Problem? problem;
        try
        {
            await next(http);
            problem = OfBareStatus(http.Response);
        }
        catch (StateUnavailableException unavailable)
        {
            outages.Add(unavailable);
            problem = Problems.StateUnavailable;
        }
        catch (BadHttpRequestException refused)
        {
            problem = refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.BodyTooLarge : Problems.InvalidRequest;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception bug)
        {
            LogBug(bug, http.Request.Method, http.GetEndpoint()?.DisplayName);
            problem = Problems.InternalError;
        }

        if (problem is not null && !http.Response.HasStarted)
            await problem.ExecuteAsync(http);
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static Problem? OfBareStatus(HttpResponse response)
    {
        if (response.StatusCode < 400 || response.HasStarted || response.ContentType is not null)
            return null;
        return response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problems.NotFound,
            StatusCodes.Status405MethodNotAllowed => Problems.MethodNotAllowed,
            StatusCodes.Status413PayloadTooLarge => Problems.BodyTooLarge,
            StatusCodes.Status415UnsupportedMediaType => Problems.UnsupportedMediaType,
            StatusCodes.Status400BadRequest => Problems.InvalidRequest,
            _ => null,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected failure of {Method} {Endpoint}")]
    private partial void LogBug(Exception exception, string method, string? endpoint);
}
