using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>Dead tokens of another system, those with one first byte of their ids: 256 records share them.</summary>
[Alias("authcluster.revoked-legacy-tokens")]
internal interface IRevokedLegacyTokensGrain : IGrainWithIntegerKey
{
    [Alias("add")]
    Task AddAsync(HashSet<Guid> tokens);

    [Alias("contains")]
    Task<bool> ContainsAsync(Guid token);
}

[GenerateSerializer, Alias("authcluster.revoked-legacy-tokens-record")]
internal sealed class RevokedLegacyTokensRecord
{
    [Id(0)]
    public HashSet<Guid> Tokens { get; init; } = [];
}

[GrainType("revoked-legacy-tokens")]
internal sealed class RevokedLegacyTokensGrain(
    [PersistentState("revoked-legacy-tokens", GrainStorage.Name)] IPersistentState<RevokedLegacyTokensRecord> stored)
    : StoredGrain<RevokedLegacyTokensRecord>(stored), IRevokedLegacyTokensGrain
{
    public Task AddAsync(HashSet<Guid> tokens) => tokens.IsSubsetOf(Record.Tokens)
        ? Task.CompletedTask
        : SaveAsync(new RevokedLegacyTokensRecord { Tokens = [.. Record.Tokens, .. tokens] });

    public Task<bool> ContainsAsync(Guid token) => Task.FromResult(Record.Tokens.Contains(token));
}

/// <summary>The port, on grains.</summary>
internal sealed class ClusterRevokedLegacyTokens(IGrainFactory grains) : IRevokedLegacyTokens
{
    public Task AddAsync(IReadOnlyCollection<Guid> tokens) =>
        Task.WhenAll(tokens.GroupBy(ShardOf).Select(shard => grains.GetGrain<IRevokedLegacyTokensGrain>(shard.Key).AddAsync([.. shard])));

    public Task<bool> ContainsAsync(Guid token) => grains.GetGrain<IRevokedLegacyTokensGrain>(ShardOf(token)).ContainsAsync(token);

    private static long ShardOf(Guid token) => token.ToByteArray(bigEndian: true)[0];
}
