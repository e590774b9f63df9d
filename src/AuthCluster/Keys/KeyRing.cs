using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Options;

namespace AuthCluster.Keys;

/// <summary>The keys that sign and verify tokens: made here, kept in the store with their secret part sealed, rotated.</summary>
public sealed class KeyRing(IKeyRingStore store, MasterKey master, TokenOptions options, TimeProvider time) : IDisposable
{
    /// <summary>A request waits no longer for the stored ring. A queue without this bound would hold every request of the server.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private (Task Task, long Began) _reading = (Task.CompletedTask, 0);

    // Replaced as a whole, never changed in place: readers take no lock.
    private volatile RingKey[] _keys = [];
    private long _version;

    /// <summary>Keys left the ring. Their tokens are dead already; what a cache remembers of them can go.</summary>
    public event EventHandler? KeysRetired;

    /// <summary>The newest key that signs by now.</summary>
    public SigningKey Current
    {
        get
        {
            var keys = _keys;
            var now = time.GetUtcNow();
            for (var i = keys.Length - 1; i > 0; i--)
            {
                if (keys[i].Stored.SignsFrom <= now)
                    return keys[i].Key;
            }

            // A clock that was set back must not leave the server without a key.
            return keys[0].Key;
        }
    }

    /// <summary>Every key whose tokens are accepted, the one that does not sign yet included.</summary>
    public IReadOnlyList<SigningKey> Published
    {
        get
        {
            var now = time.GetUtcNow();
            return [.. _keys.Where(key => key.Verifies(now)).Select(key => key.Key)];
        }
    }

    /// <summary>Whether these are the stored keys. If they may not be, no token is judged before <see cref="EnsureCurrentAsync"/>.</summary>
    public bool IsCurrent => options.SigningKey is not null || store.IsCurrent(Volatile.Read(ref _version));

    public SigningKey? Find(ReadOnlySpan<char> kid)
    {
        foreach (var key in _keys)
        {
            if (kid.SequenceEqual(key.Key.Id))
                return key.Verifies(time.GetUtcNow()) ? key.Key : null;
        }

        return null;
    }

    /// <summary>Loads the ring; makes its first key, or one of the algorithm that the settings now ask for, which signs at once.</summary>
    /// <exception cref="BadConfigurationException">A key in the settings is unfit, or the master key does not open the stored ones.</exception>
    public async Task OpenAsync()
    {
        if (options.SigningKey is { } text)
        {
            UseFixedKey(text);
            return;
        }

        await ChangeAsync(keys => KeySchedule.NeedsKey(keys, options.Algorithm)
            ? KeySchedule.Succeeded(keys, NewKey(time.GetUtcNow()), options.LongestLifetime)
            : keys);
    }

    /// <summary>Publishes a new key that signs a little later. Where one is waiting already, no other is made.</summary>
    /// <param name="retireOld">
    /// The new key signs at once and every other is removed: when this completes, their tokens are dead. A waiting key goes as well: what
    /// gave away one stored key may have given away all of them.
    /// </param>
    public async Task<KeyRotationResult> RotateAsync(bool retireOld)
    {
        if (options.SigningKey is not null)
            return KeyRotationResult.KeyIsFixed;
        if (retireOld)
        {
            await ChangeAsync(_ => [NewKey(time.GetUtcNow())]);
            await store.WaitForOthersAsync();
            return KeyRotationResult.Rotated;
        }

        var isFull = false;
        await ChangeAsync(keys =>
        {
            var now = time.GetUtcNow();
            var waiting = KeySchedule.IsKeyWaiting(keys, now);
            isFull = !waiting && KeySchedule.IsFull(keys);
            return waiting || isFull ? keys : WithKeyAhead(keys, now);
        });
        await store.WaitForOthersAsync();
        return isFull ? KeyRotationResult.RingIsFull : KeyRotationResult.Rotated;
    }

    /// <summary>Rotates by age and drops the keys whose last token has run out. For a timer; an hour apart is often enough.</summary>
    public async Task RotateIfDueAsync()
    {
        if (options.SigningKey is not null)
            return;
        await ChangeAsync(keys =>
        {
            var now = time.GetUtcNow();
            var living = KeySchedule.WithoutExpired(keys, now);
            return KeySchedule.IsDue(living, now) ? WithKeyAhead(living, now) : living;
        });
    }

    /// <summary>
    /// Reads the stored ring if another process may have changed it. One reading serves all callers. Each waits for it until
    /// <see cref="Patience"/> after the reading began, so that nobody queues behind a store that stands still.
    /// </summary>
    /// <exception cref="StateUnavailableException">The stored ring is out of reach, or was not read in time.</exception>
    public ValueTask EnsureCurrentAsync()
    {
        return IsCurrent ? ValueTask.CompletedTask : new ValueTask(WaitAsync());

        async Task WaitAsync()
        {
            var (reading, began) = Read();
            var left = Patience - time.GetElapsedTime(began);
            try
            {
                await reading.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
            }
            catch (TimeoutException late)
            {
                throw new StateUnavailableException("The key ring was not read in time.", late);
            }

            // The reading may have begun before this caller came. The store counts from there.
            if (!IsCurrent)
                throw new StateUnavailableException("The key ring may have changed since it was read.");
        }
    }

    /// <summary>Reads the stored ring. A host whose rings go out of date calls this in time, so that no request has to wait.</summary>
    public Task RefreshAsync() => options.SigningKey is null ? Read().Task : Task.CompletedTask;

    /// <summary>
    /// The keys of another deployment under the same master key, as a ring may take them in: they verify the tokens that are out, and sign none.
    /// </summary>
    /// <exception cref="BadConfigurationException">The master key does not open them.</exception>
    public static ImmutableArray<StoredKey> ForVerifying(ImmutableArray<StoredKey> keys, MasterKey master, TokenOptions options, DateTimeOffset now)
    {
        foreach (var key in keys)
            _ = Open(key, master);
        return KeySchedule.WithoutExpired([.. keys.Select(key => key with { VerifiesUntil = key.VerifiesUntil ?? (now + options.LongestLifetime) })], now);
    }

    public void Dispose() => _turn.Dispose();

    private ImmutableArray<StoredKey> WithKeyAhead(ImmutableArray<StoredKey> keys, DateTimeOffset now) =>
        KeySchedule.Succeeded(keys, NewKey(now + KeySchedule.PublishAhead), options.LongestLifetime);

    private void UseFixedKey(string text)
    {
        if (options.Algorithm != TokenAlgorithm.HS256)
            throw new BadConfigurationException("Tokens:SigningKey is a key for HS256, but Tokens:Algorithm asks for another algorithm.");
        var material = ConfiguredKey.AtLeast(SigningKey.HmacKeySize, "Tokens:SigningKey", text);
        var key = SigningKey.Import(TokenAlgorithm.HS256, material);
        var always = DateTimeOffset.MinValue;
        Publish([new RingKey(new StoredKey { Id = key.Id, Algorithm = key.Algorithm, Created = always, SignsFrom = always, SealedKey = [] }, key)]);
    }

    private (Task Task, long Began) Read()
    {
        lock (_lock)
        {
            if (_reading.Task.IsCompleted)
                _reading = (ReadAsync(), time.GetTimestamp());
            return _reading;
        }
    }

    private async Task ReadAsync()
    {
        // A store that answers at once must not publish within the lock of the caller.
        await Task.Yield();
        var known = Volatile.Read(ref _version);
        var stored = await store.LoadAsync();
        Publish(stored, known);
    }

    /// <summary>Loads, decides, saves, and only then acts on the decision. If another process was faster, it decides once more.</summary>
    private async Task ChangeAsync(Func<ImmutableArray<StoredKey>, ImmutableArray<StoredKey>> decide)
    {
        await _turn.WaitAsync();
        try
        {
            for (var attempt = 0; attempt < 2; attempt++)
            {
                var known = Volatile.Read(ref _version);
                var before = await store.LoadAsync();
                var after = decide(before.Keys);
                // Nothing is saved under a master key that does not open it.
                Open(after);
                if (after != before.Keys && !await store.SaveAsync(after, before.Version, Revocation.OfKeys(before.Keys, after, time.GetUtcNow())))
                    continue;
                Publish(after == before.Keys ? before : new StoredKeyRing(before.Version + 1, after), known);
                return;
            }
        }
        finally
        {
            _turn.Release();
        }

        throw new StateUnavailableException("Another process changed the key ring each time it was to be changed.");
    }

    // Keys known already keep their object: verified tokens point to it and read there that it was retired.
    private RingKey[] Open(ImmutableArray<StoredKey> keys) =>
        [.. keys.Select(stored => new RingKey(stored, _keys.FirstOrDefault(known => known.Key.Id == stored.Id)?.Key ?? Open(stored, master)))];

    /// <param name="known">The version that was published when this ring was asked for.</param>
    private void Publish(StoredKeyRing ring, long known)
    {
        lock (_lock)
        {
            // A newer ring that was published meanwhile stays. An older one in the store was restored there, and counts.
            if (ring.Version < _version && known != _version)
                return;
            Publish(Open(ring.Keys));
            // After the keys: a reader that finds this version current finds its keys, too.
            Volatile.Write(ref _version, ring.Version);
        }
    }

    private void Publish(RingKey[] keys)
    {
        var removed = _keys.Where(old => !keys.Any(kept => kept.Key == old.Key)).ToList();
        _keys = keys;
        foreach (var old in removed)
            old.Key.Retire();
        if (removed.Count > 0)
            KeysRetired?.Invoke(this, EventArgs.Empty);
    }

    private StoredKey NewKey(DateTimeOffset signsFrom)
    {
        var material = SigningKey.NewMaterial(options.Algorithm);
        var id = SigningKey.Import(options.Algorithm, material).Id;
        return new StoredKey
        {
            Id = id,
            Algorithm = options.Algorithm,
            Created = time.GetUtcNow(),
            SignsFrom = signsFrom,
            SealedKey = [.. master.Seal(Purpose(options.Algorithm), id, material)],
        };
    }

    private static SigningKey Open(StoredKey stored, MasterKey master)
    {
        var material = master.Open(Purpose(stored.Algorithm), stored.Id, stored.SealedKey.AsSpan())
            ?? throw new BadConfigurationException(
                "AuthCluster:Keys:Master or AuthCluster:Keys:MasterFile: the stored signing keys do not open with this master key.");
        return SigningKey.Import(stored.Algorithm, material);
    }

    // The algorithm is sealed in: an attacker who can write to the store cannot make a private key pass for an HMAC key.
    private static string Purpose(TokenAlgorithm algorithm) => $"signing-key {algorithm}";

    private sealed record RingKey(StoredKey Stored, SigningKey Key)
    {
        public bool Verifies(DateTimeOffset now) => Stored.VerifiesUntil is not { } end || now < end;
    }
}
