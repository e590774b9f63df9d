using AuthCluster.Emails;

namespace AuthCluster.Http.Commands;

/// <summary>How a command or a server begins, and how it tells that it cannot.</summary>
public static class StartUp
{
    private const int Failed = 1;
    private const int WrongCommandLine = 2;

    /// <summary>The same for a command.</summary>
    public static Task<int> RunCommandAsync(Func<Task<int>> run) => RunAsync(run, WrongCommandLine);

    /// <summary>The exit code of what was run; 1, and one line on standard error, if it threw.</summary>
    /// <param name="wrongSettings">The exit code where the settings were wrong: a command tells it apart from what it could not do.</param>
    public static async Task<int> RunAsync(Func<Task<int>> run, int wrongSettings = Failed)
    {
        try
        {
            CanonicalEmail.RequireNormalization();
            return await run();
        }
        catch (Exception fault)
        {
            // An operator wants to know what to mend, not where in the program it was noticed. The framework, the cluster and its storage
            // report bad settings and unreachable stores with exceptions of every kind.
            await Console.Error.WriteLineAsync(fault.Message);
            return fault is WrongSettingsException ? wrongSettings : Failed;
        }
    }
}
