using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCluster.Http.Pages;

/// <summary>Takes the refresh token out of each answer and puts it into a cookie.</summary>
internal static class PageTokens
{
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (result is not JsonHttpResult<TokenAnswer> { Value: { } tokens })
            return result;
        context.HttpContext.RequestServices.GetRequiredService<PageCookies>().Set(context.HttpContext, tokens);
        return TypedResults.Json(PageTokenAnswer.Of(tokens), AnswerJson.Default.PageTokenAnswer);
    }
}
