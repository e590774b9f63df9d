namespace AuthCluster.Histories.Load;

/// <summary>One client: it goes on from step to step until enough was done, and after each crash looks what became of the tokens it knows.</summary>
internal sealed class LoadClient(
    UserActs acts, Deployment deployment, StepMix mix, IReadOnlyList<LoadUser> hot, IReadOnlyList<LoadUser> own, Random random)
{
    private const double HotShare = 0.4;
    private const double OldShare = 0.25;

    private int _restartsSeen;

    /// <param name="checkedHot">The shared users that this client looks after, so that each is looked after once.</param>
    public async Task RunAsync(IReadOnlyList<LoadUser> checkedHot)
    {
        while (!mix.IsDone)
        {
            if (deployment.Restarts != _restartsSeen)
            {
                _restartsSeen = deployment.Restarts;
                await ValidateAllAsync(checkedHot);
            }

            var user = random.NextDouble() < HotShare ? hot[random.Next(hot.Count)] : own[random.Next(own.Count)];
            await TakeAsync(mix.NextStep(random), user);
        }

        await ValidateAllAsync(checkedHot);
    }

    private async Task TakeAsync(Step step, LoadUser user)
    {
        var session = user.PickSession(random);
        if (session is null || step == Step.Login)
        {
            await acts.LoginAsync(user);
            return;
        }

        if (step == Step.Replay)
        {
            if (user.PickOld(random) is { IsRefresh: true } old)
                await acts.ExchangeAsync(user, old);
            return;
        }

        if (step == Step.Validate && random.NextDouble() < OldShare && user.PickOld(random) is { } dead)
        {
            await ValidateAsync(user, dead);
            return;
        }

        if (session.AccessIsGone || step == Step.Refresh)
        {
            session = await acts.RefreshAsync(user, session);
            if (session is null || step == Step.Refresh)
                return;
        }

        await UseAsync(step, user, session);
    }

    private async Task UseAsync(Step step, LoadUser user, Session session)
    {
        switch (step)
        {
            case Step.Revoke:
                await RevokeAsync(user, session);
                return;
            case Step.ListDevices:
                await acts.ListDevicesAsync(user, session.Access);
                return;
            default:
                if (await ValidateAsync(user, session.Access) is { Refused: true })
                    user.DropAccess(session);
                return;
        }
    }

    private async Task RevokeAsync(LoadUser user, Session session)
    {
        if (await acts.RevokeAsync(StepMix.NextRevocation(random), user, session) is not { } concerned)
            return;
        mix.CountRevocation();
        // At once: this is when a copy of the past would still be believed.
        foreach (var dead in concerned.Take(2))
        {
            await ValidateAsync(user, dead.Access);
            await ValidateAsync(user, dead.Refresh);
        }
    }

    private async ValueTask<Call> ValidateAsync(LoadUser user, Token token)
    {
        mix.CountValidation();
        var draw = random.NextDouble();
        if (token.IsRefresh || draw < 0.08)
            return await acts.VerifyAsync(user, token);
        return draw < 0.15 ? await acts.ViewAsync(user, token) : await acts.ForwardAuthAsync(user, token);
    }

    private async Task ValidateAllAsync(IReadOnlyList<LoadUser> checkedHot)
    {
        foreach (var user in checkedHot.Concat(own))
        {
            foreach (var token in user.Tokens())
                await ValidateAsync(user, token);
        }
    }
}
