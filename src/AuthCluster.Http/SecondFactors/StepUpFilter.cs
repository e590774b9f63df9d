using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.SecondFactors;

/// <summary>
/// Keeps sessions that have not proved the second factor from what it protects, where the account has one. It judges by the same standing as
/// the token check: turning a second factor on voids the tokens of before, so an act cannot pass with an older one.
/// </summary>
internal static class StepUpFilter
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var caller = await Caller.BindAsync(context.HttpContext);
        return caller.Standing.MfaEnabled && !caller.HasSecondFactor ? Problems.MfaStepUpRequired : await next(context);
    }
}
