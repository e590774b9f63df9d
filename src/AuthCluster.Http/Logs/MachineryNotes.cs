namespace AuthCluster.Http.Logs;

/// <summary>Which of the many notes of a cluster's machinery are told: the first few kinds of each minute, and how many there were in all.</summary>
internal sealed class MachineryNotes(TimeProvider time)
{
    private const int KindsPerMinute = 3;

    /// <summary>Characters: some notes quote whole messages.</summary>
    private const int MaxLength = 300;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly HashSet<(string Category, int Event)> _told = [];
    private DateTimeOffset _since = DateTimeOffset.MinValue;
    private int _untold;

    /// <returns>What to write; <c>null</c> where it is only counted.</returns>
    public string? Tell(string category, int eventId, string message, Exception? exception)
    {
        lock (_lock)
        {
            var untoldBefore = 0;
            if (time.GetUtcNow() - _since >= Window)
            {
                (untoldBefore, _untold, _since) = (_untold, 0, time.GetUtcNow());
                _told.Clear();
            }

            if (_told.Count >= KindsPerMinute || !_told.Add((category, eventId)))
            {
                _untold++;
                return null;
            }

            var before = untoldBefore > 0 ? $" ({untoldBefore} notes like this were left out before)" : "";
            return Short(message) + (exception is null ? "" : $" {exception.GetBaseException().Message}") + before;
        }
    }

    private static string Short(string message) => message.Length <= MaxLength ? message : message[..MaxLength] + "…";
}
