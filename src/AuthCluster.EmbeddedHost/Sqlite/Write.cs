namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>A change that waits for the writer.</summary>
internal abstract class Write
{
    /// <summary>Runs on the writer's thread, in a transaction together with other writes.</summary>
    public abstract void Execute(WriterConnection connection);

    /// <summary>The transaction was committed.</summary>
    public abstract void Complete();

    /// <summary>It was not, or nobody knows.</summary>
    public abstract void Fail(Exception error);
}

internal abstract class Write<TResult> : Write
{
    // A caller that waits must not go on with its own work on the writer's thread.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;

    public Task<TResult> Completion => _completion.Task;

    public sealed override void Execute(WriterConnection connection) => _result = Run(connection);

    public sealed override void Complete() => _completion.SetResult(_result!);

    public sealed override void Fail(Exception error) => _completion.SetException(error);

    /// <summary>Either makes the whole change or none of it: other writes share the transaction, and it is committed in both cases.</summary>
    protected abstract TResult Run(WriterConnection connection);
}
