using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>Which accounts have mails to send, as grains. Each node asks all of them in turn; what one was handed the others are not.</summary>
internal sealed class ClusterWaitingMails(IGrainFactory grains) : IWaitingMails
{
    private int _next;

    public async Task<IReadOnlyList<MailTurn>> TakeDueAsync(int limit)
    {
        // Half of them each time: a mail waits for two rounds at most, and an idle cluster does little.
        var taken = new List<MailTurn>();
        for (var i = 0; i < WaitingMailsGrain.Count / 2; i++)
        {
            try
            {
                taken.AddRange(await grains.GetGrain<IWaitingMailsGrain>(_next++ % WaitingMailsGrain.Count).TakeDueAsync(limit));
            }
            catch (StateUnavailableException)
            {
                // One share that is away holds up no other.
            }
        }

        return taken;
    }

    public Task SettleAsync(MailTurn turn, DateTimeOffset? again) => grains.WaitingMailsOf(turn.AccountId).SettleAsync(turn, again);
}
