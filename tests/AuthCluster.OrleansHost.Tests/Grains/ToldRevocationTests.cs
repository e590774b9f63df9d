using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.OrleansHost.Feed;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

public sealed class ToldRevocationTests(GrainFixture fixture) : GrainSuite(fixture)
{
    [Fact]
    public async Task A_revocation_that_the_feed_could_not_be_told_of_is_not_answered_and_whoever_reads_the_account_next_tells_it()
    {
        var id = await RegisterAsync();
        var isOut = true;
        Records.Before = operation =>
        {
            if (isOut && operation is { Act: RecordAct.Write, Name: "feed-segment" })
                throw OutOfOrder();
        };

        await Assert.ThrowsAsync<StateUnavailableException>(() => RevokeAsync(id));
        // It is stored. Nobody learns of it before the feed does.
        await Assert.ThrowsAsync<StateUnavailableException>(async () => await Accounts.StandingAsync(id));
        Assert.Empty(await ToldAsync(id));

        isOut = false;
        await Accounts.StandingAsync(id);
        Assert.Equal(ActivityEvents.TokensRevoked, Assert.Single(await ToldAsync(id)).Cause);
    }

    [Fact]
    public void A_save_that_follows_forgets_what_is_told_and_long_ago()
    {
        var now = DateTimeOffset.UtcNow;
        var (old, lately) = (Sample(now.AddMinutes(-1)), Sample(now.AddSeconds(-1)));

        var noted = NotedRevocations.With([], [old, lately], now).Told();

        Assert.Equal(new NotedRevocation(lately, IsTold: true), Assert.Single(noted.With([], now)));
        Assert.Equal([lately], noted.ToTell(Guid.Empty, now, TimeSpan.FromHours(1)).Select(notice => notice.Revocation));
        Assert.Equal(new NotedRevocation(old, IsTold: false), Assert.Single(NotedRevocations.With([], [old], now).With([], now)));
    }

    [Fact]
    public async Task An_account_that_moves_tells_what_was_revoked_lately_once_more_before_anything_of_its_own()
    {
        var id = await RegisterAsync();
        await RevokeAsync(id);
        await ForgetAllAsync();

        await Accounts.For(id).PerformAsync(new DeleteByAdministrator());

        var told = await ToldAsync(id);
        Assert.Equal([ActivityEvents.TokensRevoked, ActivityEvents.Deleted], told.Select(revocation => revocation.Cause).Distinct());
    }

    private static Revocation Sample(DateTimeOffset time) => new(RevocationScope.User, "test", time);

    /// <summary>Of one account, from all logs, oldest first.</summary>
    private async Task<List<Revocation>> ToldAsync(Guid account)
    {
        var told = new List<RevocationNotice>();
        foreach (var log in (await Cluster.FeedRecords().ReadLogsAsync()).Logs)
            told.AddRange((await Cluster.FeedRecords().ReadAsync(log.Id, 0, 10_000)).Notices);
        return [.. told.Where(notice => notice.AccountId == account).Select(notice => notice.Revocation).OrderBy(revocation => revocation.Time)];
    }
}
