using Xunit;

// Each suite keeps a server busy: more than two at a time would only make each other wait.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
