using System.Collections.Concurrent;
using AuthCluster.Contract;
using AuthCluster.Contract.Catalogue;

namespace AuthCluster.EmbeddedHost.Tests.Crashes;

/// <summary>Lets clients act and remembers what was acknowledged: all of it has to be true ever after.</summary>
internal sealed class Oracle
{
    private const int Clients = 8;

    private readonly ConcurrentQueue<(Act Act, SampleAccount Account, Answer Answer)> _acknowledged = new();
    private int _acts;
    private TaskCompletionSource _next = New();

    public int Count => _acknowledged.Count;

    /// <summary>Completes with the next act that is acknowledged.</summary>
    public Task NextAsync() => Volatile.Read(ref _next).Task;

    /// <summary>Until so much was acknowledged in all, or the server is dead.</summary>
    public Task LetActAsync(Witness witness, int untilCount)
    {
        Volatile.Write(ref _next, New());
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => ActAsync(witness, untilCount)));
    }

    public async Task AssertHoldsAsync(EmbeddedServerProcess server)
    {
        using var witness = await Witness.OfAsync(server);
        await Parallel.ForEachAsync(
            _acknowledged,
            new ParallelOptions { MaxDegreeOfParallelism = Clients },
            async (done, _) => await done.Act.AssertHappenedAsync(witness, done.Account, done.Answer));
    }

    private async Task ActAsync(Witness witness, int untilCount)
    {
        try
        {
            while (Count < untilCount)
            {
                var act = Act.All[Interlocked.Increment(ref _acts) % Act.All.Count];
                var account = await witness.NewAccountAsync(act);
                var answer = await act.SendAsync(witness, account);
                if (answer.Status >= 300)
                    throw new InvalidOperationException($"{act.Name}: {answer.Status} {answer.Text}");
                _acknowledged.Enqueue((act, account, answer));
                Volatile.Read(ref _next).TrySetResult();
            }
        }
        catch (HttpRequestException)
        {
            // The server is dead. What was under way was not acknowledged and may have happened or not.
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
