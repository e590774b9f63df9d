namespace AuthCluster;

/// <summary>
/// A bounded memory in two generations. New entries go to the younger one. When it is full or old enough, it becomes the elder one, and the
/// elder one before it is dropped with everything that nobody moved to the younger one meanwhile. Entries need no order by their last use,
/// so a look-up writes nothing.
/// </summary>
public sealed class TwoGenerations<TGeneration>(Func<TGeneration> create)
    where TGeneration : class
{
    private Pair _pair = new(create(), create());

    /// <summary>Both generations as they belong together at one moment.</summary>
    public Pair Current => Volatile.Read(ref _pair);

    /// <summary>Begins a new generation in place of the younger one of <paramref name="seen"/>, unless another thread has done so already.</summary>
    public void Succeed(Pair seen) => Interlocked.CompareExchange(ref _pair, new Pair(create(), seen.Younger), seen);

    public void Clear() => Volatile.Write(ref _pair, new Pair(create(), create()));

    public sealed record Pair(TGeneration Younger, TGeneration Elder);
}
