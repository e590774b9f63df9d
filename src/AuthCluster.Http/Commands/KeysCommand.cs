using System.CommandLine;
using AuthCluster.Accounts;
using AuthCluster.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCluster.Http.Commands;

/// <summary><c>keys rotate</c>: the same as <c>POST /api/admin/keys/rotate</c>, for when nobody can log in.</summary>
public static class KeysCommand
{
    /// <param name="open">Opens the host's state by the settings of the command line.</param>
    public static Command Create(Func<string[], Task<OpenedState>> open)
    {
        var retireOld = new Option<bool>("--retire-old") { Description = "What the old keys signed dies at once." };
        var rotate = new Command("rotate", "Makes a new signing key, which signs a little later.") { retireOld };
        rotate.TreatUnmatchedTokensAsErrors = false;
        rotate.SetAction((parsed, _) => StartUp.RunCommandAsync(async () =>
        {
            await using var state = await open(CommandLine.SettingsOf(parsed));
            return await RotateAsync(state.Services, parsed.GetValue(retireOld));
        }));
        return new Command("keys", "Signing keys.") { rotate };
    }

    private static async Task<int> RotateAsync(IServiceProvider services, bool retireOld)
    {
        var keys = services.GetRequiredService<KeyRing>();
        await keys.OpenAsync();
        var result = await keys.RotateAsync(retireOld);
        if (result != KeyRotationResult.Rotated)
        {
            await Console.Error.WriteLineAsync(result == KeyRotationResult.KeyIsFixed
                ? "Nothing was rotated: the setting Tokens:SigningKey fixes the key."
                : "Nothing was rotated: the ring is full of keys whose tokens still live. --retire-old ends those.");
            return 1;
        }

        var summary = retireOld ? "1 key made; every other one is retired" : "1 key made; the old one verifies as long as its tokens can live";
        await services.RecordAsync(ActivityEvents.KeysRotated, summary);
        Console.WriteLine(summary);
        return 0;
    }
}
