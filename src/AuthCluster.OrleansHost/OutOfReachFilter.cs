namespace AuthCluster.OrleansHost;

/// <summary>
/// Turns whatever a call of a grain failed with into <see cref="StateUnavailableException"/>. Who called knows nothing of the account then:
/// which of the many exceptions of transports, silos and stores it was is for the log.
/// </summary>
internal sealed class OutOfReachFilter : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception error) when (IsOwn(context) && error is not StateUnavailableException)
        {
            throw new StateUnavailableException($"{context.InterfaceName}.{context.MethodName} failed: {error.Message}", error);
        }
    }

    /// <summary>Orleans' own calls, those of its stores included, go through here as well. Ports are in the assembly of the rules.</summary>
    private static bool IsOwn(IOutgoingGrainCallContext context)
    {
        var callee = context.Request.GetInterfaceType().Assembly;
        return callee == typeof(OutOfReachFilter).Assembly || callee == typeof(IAccount).Assembly;
    }
}
