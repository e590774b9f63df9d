using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AuthCluster.Client.Checks;

/// <summary>What the server told of revocations, and up to when that is all of them.</summary>
internal sealed class KnownRevocations
{
    /// <summary>Notes of revocations are kept for some longer than tokens live, for clocks that differ.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _generationTime;
    private readonly int _generationSize;
    private Generations _generations;
    private volatile FeedEpoch? _epoch;
    private volatile Completeness? _completeness;

    public KnownRevocations(IOptionsMonitor<AuthClusterBearerOptions> options, TimeProvider time)
        : this(options.Get(AuthClusterBearerDefaults.AuthenticationScheme), time)
    {
    }

    public KnownRevocations(AuthClusterBearerOptions options, TimeProvider time)
    {
        _time = time;
        _generationTime = options.LongestTokenLifetime + options.ClockSkew + Reserve;
        _generationSize = options.RememberedRevocations;
        _generations = Generations.New(time.GetTimestamp());
    }

    /// <summary>The revocations of tokens that were issued later are all known; <c>null</c> before the first word of the server.</summary>
    public FeedEpoch? Epoch => _epoch;

    /// <summary>How old what is known may be at most; <c>null</c> where nothing is known.</summary>
    public TimeSpan? Staleness => _completeness is { } known ? Now().AtMostSince(known.At) : null;

    public bool Contains(string value)
    {
        var (younger, elder, _) = Volatile.Read(ref _generations);
        return younger.ContainsKey(value) || (!elder.IsEmpty && elder.ContainsKey(value));
    }

    /// <summary>Every token with this session, secret or key is dead.</summary>
    public void Add(string value, DateTimeOffset serverTime)
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            if (_time.GetElapsedTime(_generations.Began, now) > _generationTime)
                Volatile.Write(ref _generations, new Generations(New(), _generations.Younger, now));
            _generations.Younger[value] = true;
            if (_generations.Younger.Count <= _generationSize)
                return;
            // The server is asked about every token of before.
            Begin(serverTime);
            Volatile.Write(ref _generations, Generations.New(now));
        }
    }

    /// <summary>What was revoked before is not known.</summary>
    /// <param name="serverTime">Now or a little later, by the server's clock.</param>
    public void Begin(DateTimeOffset serverTime) => _epoch = new FeedEpoch(serverTime);

    /// <summary>Everything that was revoked before this moment is known.</summary>
    public void Complete(LocalMoment moment) => _completeness = new Completeness(moment);

    /// <summary>The present moment of this machine.</summary>
    public LocalMoment Now() => LocalMoment.Now(_time);

    private static ConcurrentDictionary<string, bool> New() => new(StringComparer.Ordinal);

    private sealed record Completeness(LocalMoment At);

    private sealed record Generations(ConcurrentDictionary<string, bool> Younger, ConcurrentDictionary<string, bool> Elder, long Began)
    {
        public static Generations New(long now) => new(KnownRevocations.New(), KnownRevocations.New(), now);
    }
}
