using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

public abstract class KeyRotationContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Rotate = "/api/admin/keys/rotate";

    [Fact]
    public async Task A_new_key_is_published_and_the_old_one_goes_on_verifying()
    {
        var api = await ConnectToOwnServerAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        var before = await KeyIdsAsync(api);

        (await api.PostAsync(Rotate, token: administrator.Access)).AssertEmpty(204);

        var after = await KeyIdsAsync(api);
        Assert.Superset(before, after);
        Assert.Equal(before.Count + 1, after.Count);
        await api.AssertLivesAsync(session);
        await api.AssertLivesAsync(await api.LoginAsync(session.User));
    }

    [Fact]
    public async Task With_the_old_key_retired_its_tokens_die_at_once()
    {
        var api = await ConnectToOwnServerAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        await api.AssertLivesAsync(session);

        (await api.PostAsync(Rotate, new { retire_old = true }, administrator.Access)).AssertEmpty(204);

        await api.AssertIsOverAsync(session);
        await api.AssertIsOverAsync(administrator);
        var renewed = await api.LoginAsync(session.User);
        await api.AssertLivesAsync(renewed);
        var after = await KeyIdsAsync(api);
        Assert.Contains(DecodedToken.Of(renewed.Access).KeyId, after);
        Assert.DoesNotContain(DecodedToken.Of(session.Access).KeyId, after);
    }

    [Fact]
    public async Task A_key_is_retired_also_while_its_successor_has_not_signed_yet()
    {
        var api = await ConnectToOwnServerAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        (await api.PostAsync(Rotate, new { retire_old = false }, administrator.Access)).AssertEmpty(204);

        (await api.PostAsync(Rotate, new { retire_old = true }, administrator.Access)).AssertEmpty(204);

        Assert.DoesNotContain(DecodedToken.Of(administrator.Access).KeyId, await KeyIdsAsync(api));
        await api.AssertIsOverAsync(administrator);
        await api.AssertLivesAsync(await api.LoginAsAdministratorAsync());
    }

    private static async Task<HashSet<string>> KeyIdsAsync(ApiClient api)
    {
        JsonElement keys = (await api.GetAsync("/.well-known/jwks.json")).AssertStatus(200).Json.GetProperty("keys");
        return [.. keys.EnumerateArray().Select(key => key.Text("kid"))];
    }
}
