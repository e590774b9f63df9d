using AuthCluster.EmbeddedHost.Sqlite;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Sqlite;

public sealed class WriteAheadLogTests : IDisposable
{
    private const int Megabytes = 60;

    private readonly TemporaryDatabase _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_log_shrinks_after_a_long_reader_has_gone()
    {
        using (var reader = Connections.OpenForReading(_files.FilePath))
        {
            reader.Execute("BEGIN; SELECT count(*) FROM accounts");
            await _files.Database.Writer.WriteAsync(new Ballast());
            Assert.True(_files.Database.LogSize > Megabytes << 20);
            reader.Execute("COMMIT");
        }

        for (var number = 0; number < 3; number++)
            await _files.Log.AppendAsync(Samples.Failure($"{number}@example.com"));

        Assert.InRange(_files.Database.LogSize, 1, Connections.LogSizeLimit);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(WriteAheadLogWatch.Large, 0)]
    public async Task A_large_log_is_warned_of(long large, int expected)
    {
        await _files.Log.AppendAsync(Samples.Failure("nobody@example.com"));
        var warnings = new Warnings();
        using var watch = new WriteAheadLogWatch(_files.Database, TimeProvider.System, warnings, large);

        watch.Check();

        Assert.Equal(expected, warnings.Count);
    }

    private sealed class Ballast : Write<bool>
    {
        protected override bool Run(WriterConnection connection)
        {
            connection.Connection.Execute("CREATE TABLE ballast (data BLOB)");
            for (var i = 0; i < Megabytes; i++)
                connection.Connection.Execute("INSERT INTO ballast VALUES (randomblob(1048576))");
            return true;
        }
    }

    private sealed class Warnings : ILogger<WriteAheadLogWatch>
    {
        public int Count { get; private set; }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
