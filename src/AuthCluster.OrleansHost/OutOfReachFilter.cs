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

    /// <summary>Orleans' own calls, those of its stores included, go through here as well.</summary>
    private static bool IsOwn(IOutgoingGrainCallContext context) => context.Request.GetInterfaceType().Assembly == typeof(OutOfReachFilter).Assembly;
}
