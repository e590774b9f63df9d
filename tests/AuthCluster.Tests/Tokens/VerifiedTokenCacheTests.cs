using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Options;
using AuthCluster.Tokens;
using Xunit;

namespace AuthCluster.Tests.Tokens;

public sealed class VerifiedTokenCacheTests
{
    private static readonly SigningKey Key = SigningKey.Import(TokenAlgorithm.HS256, new byte[32]);

    [Fact]
    public void A_token_is_found_by_its_exact_text_only()
    {
        var cache = Cache(10);
        var token = Text(1);
        var verified = Verified();
        cache.Add(token, verified);
        Assert.Same(verified, cache.Find(token));
        Assert.Null(cache.Find("x" + token[1..]));
        Assert.Null(cache.Find(token + " "));
        Assert.Null(cache.Find(token.AsSpan(0, token.Length - 1)));
        Assert.Null(cache.Find((char)(token[0] + 256) + token[1..]));
        Assert.Null(cache.Find(""));
    }

    [Fact]
    public void It_never_holds_more_than_its_bound()
    {
        var cache = Cache(100);
        for (var i = 0; i < 10_000; i++)
            cache.Add(Text(i), Verified());
        Assert.InRange(Held(cache, 10_000), 50, 100);
        Assert.NotNull(cache.Find(Text(9_999)));
    }

    [Fact]
    public void What_is_in_use_stays()
    {
        var cache = Cache(100);
        var inUse = Verified();
        cache.Add(Text(0), inUse);
        for (var i = 1; i < 10_000; i++)
        {
            cache.Add(Text(i), Verified());
            Assert.Same(inUse, cache.Find(Text(0)));
        }
    }

    [Fact]
    public void One_account_does_not_push_out_the_tokens_of_others()
    {
        var cache = Cache(10_000);
        var others = Verified();
        cache.Add(Text(0), others);
        var account = Guid.NewGuid();

        for (var i = 1; i < 50_000; i++)
            cache.Add(Text(i), Verified(account));

        Assert.Same(others, cache.Find(Text(0)));
        Assert.Equal(VerifiedTokens.ShareOf(5_000), Held(cache, 50_000) - 1);
    }

    [Fact]
    public void Tokens_with_many_claims_take_the_place_of_several()
    {
        var cache = Cache(100);

        for (var i = 0; i < 1_000; i++)
            cache.Add(Long(i), Verified());

        // A hundred tokens of 1 KiB are as much as six of 16 KiB.
        Assert.InRange(Enumerable.Range(0, 1_000).Count(i => cache.Find(Long(i)) is not null), 3, 6);
        var small = Cache(1);
        small.Add(Long(1), Verified());
        Assert.NotNull(small.Find(Long(1)));

        static string Long(int number) => new string('c', 16_000) + Text(number);
    }

    [Fact]
    public void A_bound_of_zero_turns_it_off()
    {
        var cache = Cache(0);
        cache.Add(Text(1), Verified());
        Assert.Null(cache.Find(Text(1)));
    }

    [Fact]
    public void Cleared_it_holds_nothing()
    {
        var cache = Cache(4);
        for (var i = 0; i < 4; i++)
            cache.Add(Text(i), Verified());
        cache.Clear();
        Assert.Equal(0, Held(cache, 4));
    }

    [Fact]
    public async Task Used_by_many_threads_it_gives_each_token_its_own_facts_and_keeps_its_bound()
    {
        var cache = Cache(64);
        var tokens = Enumerable.Range(0, 200).Select(i => (Text: Text(i), Verified: Verified())).ToArray();
        var wrong = await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            var mistakes = 0;
            for (var i = 0; i < 20_000; i++)
            {
                var (text, verified) = tokens[random.Next(tokens.Length)];
                if (cache.Find(text) is not { } found)
                    cache.Add(text, verified);
                else if (found != verified)
                    mistakes++;
                if (i % 5_000 == 0)
                    cache.Clear();
            }

            return mistakes;
        })));
        Assert.Equal(0, wrong.Sum());
        Assert.InRange(Held(cache, 200), 1, 64);
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        var cache = Cache(10);
        var token = Text(1);
        cache.Add(token, Verified());
        for (var i = 0; i < 1000; i++)
            cache.Find(token);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            cache.Find(token);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_found_token_is_dead_once_its_key_is_retired_also_when_it_was_added_late()
    {
        using var deployment = await Deployment.StartAsync();
        var cache = Cache(10);
        deployment.Ring.KeysRetired += (_, _) => cache.Clear();
        var token = deployment.IssueAccess();
        var verified = deployment.Reader.ReadAny(token)!;
        cache.Add(token, verified);
        await deployment.Ring.RotateAsync(retireOld: true);
        Assert.Null(cache.Find(token));

        cache.Add(token, verified);
        Assert.False(cache.Find(token)!.IsLive(deployment.Time.GetUtcNow()));
    }

    private static VerifiedTokenCache Cache(int bound) => new(new TokenOptions { VerifiedCache = bound });

    // Looked up from the oldest on: a hit moves a token to the younger generation, which must not push out what was not counted yet.
    private static int Held(VerifiedTokenCache cache, int added) => Enumerable.Range(0, added).Count(i => cache.Find(Text(i)) is not null);

    private static string Text(int number) => $"{new string('h', 600)}.{number:D20}";

    private static VerifiedToken Verified(Guid? account = null) => new()
    {
        Kind = TokenKind.Access,
        AccountId = account ?? Guid.NewGuid(),
        SessionId = Guid.NewGuid(),
        TokenId = Guid.NewGuid(),
        Secret = Guid.NewGuid(),
        Rotation = 1,
        IssuedAt = 0,
        ExpiresAt = 1,
        Key = Key,
    };
}
