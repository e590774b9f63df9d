using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Options;
using AuthCluster.Tests.Tokens;
using Xunit;

namespace AuthCluster.Tests.Keys;

public sealed class KeyRingTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task The_first_start_makes_a_key_that_signs_at_once()
    {
        using var deployment = await Deployment.StartAsync();
        Assert.Equal(TokenAlgorithm.ES256, deployment.Ring.Current.Algorithm);
        Assert.Equal([deployment.Ring.Current], deployment.Ring.Published);
    }

    [Fact]
    public async Task The_ring_outlives_a_restart()
    {
        using var deployment = await Deployment.StartAsync();
        await deployment.Ring.RotateAsync(retireOld: false);
        var token = deployment.IssueAccess();

        using var restarted = await deployment.RestartAsync();
        Assert.Equal(deployment.Ring.Published.Select(key => key.Id), restarted.Ring.Published.Select(key => key.Id));
        Assert.NotNull(restarted.Reader.Read(token, TokenKind.Access));
        Assert.Equal(2, deployment.Store.Saves);
    }

    [Fact]
    public async Task The_store_never_sees_a_private_key()
    {
        using var deployment = await Deployment.StartAsync();
        var stored = Assert.Single(deployment.Store.Stored.Keys);
        var material = Deployment.Master.Open("signing-key ES256", stored.Id, stored.SealedKey.AsSpan());
        Assert.NotNull(material);
        Assert.Equal(-1, stored.SealedKey.AsSpan().IndexOf(material.AsSpan(0, 16)));
    }

    [Fact]
    public async Task Another_master_key_stops_the_start_and_leaves_the_store_alone()
    {
        using var deployment = await Deployment.StartAsync();
        var other = MasterKey.FromBase64(Convert.ToBase64String(new byte[32]));
        await Assert.ThrowsAsync<BadConfigurationException>(() => Deployment.StartAsync(store: deployment.Store, master: other));
        Assert.Equal(1, deployment.Store.Saves);
    }

    [Fact]
    public async Task A_new_key_is_published_before_it_signs()
    {
        using var deployment = await Deployment.StartAsync();
        var first = deployment.Ring.Current;
        Assert.Equal(KeyRotationResult.Rotated, await deployment.Ring.RotateAsync(retireOld: false));

        Assert.Equal(2, deployment.Ring.Published.Count);
        deployment.Time.Advance(KeySchedule.PublishAhead - Tick);
        Assert.Same(first, deployment.Ring.Current);
        deployment.Time.Advance(Tick);
        Assert.Same(deployment.Ring.Published[1], deployment.Ring.Current);
    }

    [Fact]
    public async Task An_old_key_verifies_exactly_as_long_as_its_tokens_can_live()
    {
        using var deployment = await Deployment.StartAsync();
        var first = deployment.Ring.Current;
        await deployment.Ring.RotateAsync(retireOld: false);

        deployment.Time.Advance(KeySchedule.PublishAhead + deployment.Options.RefreshLifetime - Tick);
        Assert.Same(first, deployment.Ring.Find(first.Id));
        deployment.Time.Advance(Tick);
        Assert.Null(deployment.Ring.Find(first.Id));
        Assert.DoesNotContain(first, deployment.Ring.Published);
        await deployment.Ring.RotateIfDueAsync();
        Assert.Equal(deployment.Ring.Current.Id, Assert.Single(deployment.Store.Stored.Keys).Id);
    }

    [Fact]
    public async Task Keys_rotate_by_age()
    {
        using var deployment = await Deployment.StartAsync();
        deployment.Time.Advance(KeySchedule.RotationAge - Tick);
        await deployment.Ring.RotateIfDueAsync();
        Assert.Single(deployment.Ring.Published);

        deployment.Time.Advance(Tick);
        await deployment.Ring.RotateIfDueAsync();
        await deployment.Ring.RotateIfDueAsync();
        Assert.Equal(2, deployment.Ring.Published.Count);
    }

    [Fact]
    public async Task While_a_key_waits_rotation_makes_no_other()
    {
        using var deployment = await Deployment.StartAsync();
        Assert.Equal(KeyRotationResult.Rotated, await deployment.Ring.RotateAsync(retireOld: false));
        Assert.Equal(KeyRotationResult.Rotated, await deployment.Ring.RotateAsync(retireOld: false));
        Assert.Equal(2, deployment.Ring.Published.Count);
    }

    [Fact]
    public async Task A_ring_of_living_keys_grows_to_a_bound()
    {
        using var deployment = await Deployment.StartAsync();
        for (var i = 1; i < KeySchedule.Limit; i++)
        {
            Assert.Equal(KeyRotationResult.Rotated, await deployment.Ring.RotateAsync(retireOld: false));
            deployment.Time.Advance(KeySchedule.PublishAhead);
        }

        Assert.Equal(KeyRotationResult.RingIsFull, await deployment.Ring.RotateAsync(retireOld: false));
        Assert.Equal(KeySchedule.Limit, deployment.Ring.Published.Count);
        Assert.Equal(KeyRotationResult.Rotated, await deployment.Ring.RotateAsync(retireOld: true));
        Assert.Single(deployment.Ring.Published);
    }

    [Fact]
    public async Task Retiring_kills_every_token_at_once_and_after_a_restart()
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        var verified = deployment.Reader.Read(token, TokenKind.Access);
        await deployment.Ring.RotateAsync(retireOld: false);
        var waiting = deployment.Ring.Published[1];
        var retirements = 0;
        deployment.Ring.KeysRetired += (_, _) => retirements++;

        Assert.Equal(KeyRotationResult.Rotated, await deployment.Ring.RotateAsync(retireOld: true));
        Assert.False(verified!.IsLive(deployment.Time.GetUtcNow()));
        Assert.Null(deployment.Reader.Read(token, TokenKind.Access));
        Assert.True(waiting.IsRetired);
        Assert.Equal(1, retirements);
        Assert.Equal([deployment.Ring.Current], deployment.Ring.Published);
        Assert.NotNull(deployment.Reader.Read(deployment.IssueAccess(), TokenKind.Access));

        using var restarted = await deployment.RestartAsync();
        Assert.Null(restarted.Reader.Read(token, TokenKind.Access));
    }

    [Fact]
    public async Task A_retirement_that_was_not_saved_has_not_happened()
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        deployment.Store.BeforeSave = () => throw new IOException("The disk is full.");
        await Assert.ThrowsAsync<IOException>(() => deployment.Ring.RotateAsync(retireOld: true));
        Assert.NotNull(deployment.Reader.Read(token, TokenKind.Access));
        Assert.False(deployment.Ring.Current.IsRetired);
    }

    [Fact]
    public async Task A_change_by_another_process_is_taken_in_and_the_rotation_done_on_top_of_it()
    {
        using var deployment = await Deployment.StartAsync();
        using var other = await deployment.RestartAsync();
        var first = deployment.Ring.Current;
        deployment.Store.BeforeSave = () => other.Ring.RotateAsync(retireOld: true).GetAwaiter().GetResult();

        Assert.Equal(KeyRotationResult.Rotated, await deployment.Ring.RotateAsync(retireOld: false));
        Assert.True(first.IsRetired);
        Assert.Equal(2, deployment.Ring.Published.Count);
        Assert.Equal(other.Ring.Current.Id, deployment.Ring.Current.Id);
    }

    [Fact]
    public async Task Rotations_at_the_same_time_make_one_key()
    {
        using var deployment = await Deployment.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => deployment.Ring.RotateAsync(retireOld: false))));
        Assert.Equal(2, deployment.Ring.Published.Count);
    }

    [Theory]
    [InlineData(TokenAlgorithm.RS256)]
    [InlineData(TokenAlgorithm.HS256)]
    public async Task A_changed_algorithm_signs_at_once_and_what_was_issued_before_lives_on(TokenAlgorithm algorithm)
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        using var changed = await deployment.RestartAsync(new TokenOptions { Algorithm = algorithm });
        Assert.Equal(algorithm, changed.Ring.Current.Algorithm);
        Assert.NotNull(changed.Reader.Read(token, TokenKind.Access));

        using var changedBack = await deployment.RestartAsync();
        Assert.Equal(TokenAlgorithm.ES256, changedBack.Ring.Current.Algorithm);
        Assert.NotEqual(deployment.Ring.Current.Id, changedBack.Ring.Current.Id);
    }

    [Fact]
    public async Task A_stored_key_whose_algorithm_was_changed_does_not_open()
    {
        using var deployment = await Deployment.StartAsync();
        var stored = deployment.Store.Stored;
        deployment.Store.Stored = stored with { Keys = [stored.Keys[0] with { Algorithm = TokenAlgorithm.HS256 }] };
        await Assert.ThrowsAsync<BadConfigurationException>(() => deployment.RestartAsync(new TokenOptions { Algorithm = TokenAlgorithm.HS256 }));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_leaves_a_key_that_signs()
    {
        using var deployment = await Deployment.StartAsync();
        deployment.Time.AdjustTime(deployment.Time.GetUtcNow() - TimeSpan.FromDays(1));
        Assert.Same(deployment.Ring.Published[0], deployment.Ring.Current);
    }

    [Fact]
    public async Task A_fixed_key_is_the_only_one_and_never_rotates()
    {
        var options = new TokenOptions { Algorithm = TokenAlgorithm.HS256, SigningKey = Convert.ToBase64String(new byte[32]) };
        using var deployment = await Deployment.StartAsync(options);
        var token = deployment.IssueAccess();
        deployment.Time.Advance(KeySchedule.RotationAge);
        await deployment.Ring.RotateIfDueAsync();

        Assert.Equal(KeyRotationResult.KeyIsFixed, await deployment.Ring.RotateAsync(retireOld: true));
        Assert.Equal(0, deployment.Store.Saves);
        using var elsewhere = await Deployment.StartAsync(options);
        Assert.NotNull(elsewhere.Reader.Read(token, TokenKind.Access));
    }

    [Theory]
    [InlineData(TokenAlgorithm.HS256, 31)]
    [InlineData(TokenAlgorithm.HS256, 0)]
    [InlineData(TokenAlgorithm.ES256, 32)]
    public async Task An_unfit_fixed_key_stops_the_start(TokenAlgorithm algorithm, int size)
    {
        var options = new TokenOptions { Algorithm = algorithm, SigningKey = Convert.ToBase64String(new byte[size]) };
        await Assert.ThrowsAsync<BadConfigurationException>(() => Deployment.StartAsync(options));
    }

    [Fact]
    public async Task Keys_taken_over_from_another_deployment_verify_until_its_tokens_have_run_out_and_never_sign()
    {
        using var other = await Deployment.StartAsync();
        var token = other.IssueAccess();
        using var deployment = await Deployment.StartAsync(time: other.Time);
        var own = deployment.Ring.Current;

        var taken = KeyRing.ForVerifying(other.Store.Stored.Keys, Deployment.Master, deployment.Options, deployment.Time.GetUtcNow());
        var ring = deployment.Store.Stored;
        Assert.True(await deployment.Store.SaveAsync([.. taken, .. ring.Keys], ring.Version, []));
        using var restarted = await deployment.RestartAsync();

        Assert.NotNull(restarted.Reader.Read(token, TokenKind.Access));
        Assert.Equal(own.Id, restarted.Ring.Current.Id);
        deployment.Time.Advance(deployment.Options.LongestLifetime);
        Assert.Null(restarted.Ring.Find(other.Ring.Current.Id));
    }

    [Fact]
    public async Task Keys_under_another_master_key_are_not_taken_over()
    {
        using var other = await Deployment.StartAsync();
        var master = MasterKey.FromBase64(Convert.ToBase64String(new byte[32]));

        Assert.Throws<BadConfigurationException>(
            () => KeyRing.ForVerifying(other.Store.Stored.Keys, master, other.Options, other.Time.GetUtcNow()));
    }
}
