using AuthCluster.Leases;

namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>Three silos, a store, a few records, and what clients saw of them.</summary>
internal sealed class Cluster
{
    // Nodes of one cluster may have been started with different settings.
    private static readonly LeaseTimes[] Times = [new(TimeSpan.FromSeconds(5)), new(TimeSpan.FromSeconds(2)), new(TimeSpan.FromSeconds(9))];

    private readonly Guid[] _keys;
    private readonly Dictionary<Guid, int> _homes = [];
    // They serve no clients any more, but others may still call them.
    private readonly List<Silo> _stopping = [];
    private int _started;

    public Cluster(int seed, Faults faults, Weather weather)
    {
        Faults = faults;
        World = new World(seed) { Weather = weather };
        Store = new Store(World);
        _keys = [World.NewId(), World.NewId()];
        for (var silo = 0; silo < 3; silo++)
            Silos.Add(StartSilo());
        foreach (var key in _keys)
            _homes[key] = World.Random.Next(Silos.Count);
    }

    public World World { get; }

    public Store Store { get; }

    public Faults Faults { get; }

    public List<Silo> Silos { get; } = [];

    public IEnumerable<Silo> Running => Silos.Concat(_stopping);

    public Observations Observations { get; } = new();

    public void Run(int operations)
    {
        var under = operations;
        for (var operation = 0; operation < operations; operation++)
        {
            var started = false;
            World.Schedule(null, World.UpTo(TimeSpan.FromSeconds(1)), () => started = true);
            World.RunUntil(() => started);
            ChangeWeather();
            StartOperation(() => under--);
        }

        // Every call ends, if only by its timeout; and what a dead machine had begun never does.
        var end = World.Now + TimeSpan.FromSeconds(60);
        World.RunUntil(() => under == 0 || World.Now > end);
    }

    public Task<T> CallAsync<T>(Silo from, Silo? to, Func<Silo, Task<T>> handle) => to is null
        ? World.CallAsync<T>(from.Machine, new Machine(World, "nobody") { IsDead = true }, () => throw new InvalidOperationException())
        : World.CallAsync(from.Machine, to.Machine, () => handle(to));

    private Silo StartSilo() => new(this, $"silo{_started}", Times[_started++ % Times.Length]);

    private void StartOperation(Action ended)
    {
        var silo = Silos[World.Random.Next(Silos.Count)];
        var key = _keys[World.Random.Next(_keys.Length)];
        var kind = World.Random.NextDouble();
        var begun = World.Now;
        silo.Machine.Post(_ => _ = OperateAsync(), null);

        async Task OperateAsync()
        {
            try
            {
                var isCopy = false;
                var seen = kind switch
                {
                    < 0.15 => await CallHomeAsync(silo, key, activation => activation.SaveAsync(revokes: true)),
                    < 0.2 => await CallHomeAsync(silo, key, activation => activation.SaveAsync(revokes: false)),
                    _ => Validate(silo, key, out isCopy) is { } copy ? copy : await AskAsync(silo, key),
                };
                Observations.Add(key, seen, begun, World.Now, isCopy);
                World.Trace.Add((seen, World.Now));
            }
            catch (Exception fault) when (fault is TimeoutException or StateUnavailableException)
            {
                // 503: the client knows nothing.
                Observations.Unknown++;
            }
            finally
            {
                ended();
            }
        }
    }

    private static int? Validate(Silo silo, Guid key, out bool isCopy)
    {
        var copy = silo.Holder.Find<Secret>(key);
        isCopy = copy is not null;
        return copy?.Number;
    }

    private async Task<int> AskAsync(Silo silo, Guid key)
    {
        var secret = await silo.Holder.AskAsync(key, () => CallHomeAsync(silo, key, activation => activation.AskAsync(silo.Holder.Id)));
        return secret!.Number;
    }

    private Task<T> CallHomeAsync<T>(Silo from, Guid key, Func<Activation, Task<T>> handle)
    {
        // Now and then a call goes astray, and finds or makes a second activation.
        var home = World.Chance(World.Weather.Strays) ? World.Random.Next(Silos.Count) : _homes[key];
        return CallAsync(from, Silos[home], silo => handle(silo.ActivationOf(key)));
    }

    private void ChangeWeather()
    {
        var weather = World.Weather;
        var index = World.Random.Next(Silos.Count);
        var silo = Silos[index];
        var key = _keys[World.Random.Next(_keys.Length)];
        if (World.Chance(weather.Pauses))
            silo.Machine.Pause(World.UpTo(TimeSpan.FromSeconds(20)), suspended: World.Chance(0.5));
        if (World.Chance(weather.Cuts))
            Cut(silo, World.UpTo(TimeSpan.FromSeconds(20)));
        if (World.Chance(weather.Moves))
            _homes[key] = World.Random.Next(Silos.Count);
        if (World.Chance(weather.Moves))
            silo.Machine.Post(_ => silo.Drop(key, orderly: World.Chance(0.5)), null);
        if (World.Chance(weather.Crashes))
            Replace(index, silo);
    }

    private void Replace(int index, Silo silo)
    {
        if (World.Chance(0.5))
        {
            silo.Machine.IsDead = true;
        }
        else
        {
            silo.Machine.Post(_ => _ = silo.StopAsync(), null);
            _stopping.Add(silo);
        }

        Silos[index] = StartSilo();
    }

    private void Cut(Silo silo, TimeSpan duration)
    {
        if (World.Chance(0.5))
            Store.CutOff(silo.Machine, duration);
        foreach (var other in Silos.Where(other => other != silo && World.Chance(0.7)))
        {
            World.Cut(silo.Machine, other.Machine, duration);
            if (World.Chance(0.7))
                World.Cut(other.Machine, silo.Machine, duration);
        }
    }
}
