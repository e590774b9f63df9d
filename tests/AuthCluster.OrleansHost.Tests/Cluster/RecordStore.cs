using Orleans.Storage;

namespace AuthCluster.OrleansHost.Tests.Cluster;

/// <summary>The records of one cluster, in this process: they outlive its silos. Tests may make operations fail.</summary>
internal sealed class RecordStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, GrainId Grain), StoredBytes> _records = [];
    private long _lastTag;

    /// <summary>Called before every operation; what it throws, the operation fails with, and nothing was done.</summary>
    public Action<RecordOperation>? Before { get; set; }

    /// <summary>The same after it: done, but nobody hears of it.</summary>
    public Action<RecordOperation>? After { get; set; }

    /// <summary>Grains wait for it before they write.</summary>
    public Func<RecordOperation, Task>? Hold { get; set; }

    public StoredBytes? Read(string name, GrainId grain) => Run(new(RecordAct.Read, name, grain), () => _records.GetValueOrDefault((name, grain)));

    /// <exception cref="InconsistentStateException">The stored record is another than the one that was read.</exception>
    public string Write(string name, GrainId grain, byte[] bytes, string? expectedTag) => Run(new(RecordAct.Write, name, grain), () =>
    {
        RequireTag(name, grain, expectedTag);
        var tag = (++_lastTag).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _records[(name, grain)] = new StoredBytes(bytes, tag);
        return tag;
    });

    /// <inheritdoc cref="Write"/>
    public void Delete(string name, GrainId grain, string? expectedTag) => Run(new(RecordAct.Delete, name, grain), () =>
    {
        RequireTag(name, grain, expectedTag);
        return _records.Remove((name, grain));
    });

    public int LengthOf(string name, GrainId grain)
    {
        lock (_lock)
            return _records[(name, grain)].Bytes.Length;
    }

    public int Count(string namePrefix)
    {
        lock (_lock)
            return _records.Keys.Count(key => key.Name.StartsWith(namePrefix, StringComparison.Ordinal));
    }

    private T Run<T>(RecordOperation operation, Func<T> act)
    {
        Before?.Invoke(operation);
        T result;
        lock (_lock)
            result = act();
        After?.Invoke(operation);
        return result;
    }

    private void RequireTag(string name, GrainId grain, string? expected)
    {
        var stored = _records.GetValueOrDefault((name, grain))?.Tag;
        if (stored != expected)
            throw new InconsistentStateException($"{name} of {grain} was written by somebody else.", stored, expected);
    }
}

internal enum RecordAct
{
    Read,
    Write,
    Delete,
}

internal sealed record RecordOperation(RecordAct Act, string Name, GrainId Grain);

internal sealed record StoredBytes(byte[] Bytes, string Tag);

/// <summary>A silo's handle on the records of its cluster.</summary>
internal sealed class SharedGrainStorage(RecordStore records, IGrainStorageSerializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = records.Read(stateName, grainId);
        grainState.State = stored is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(BinaryData.FromBytes(stored.Bytes));
        (grainState.ETag, grainState.RecordExists) = (stored?.Tag!, stored is not null);
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (records.Hold is { } hold)
            await hold(new(RecordAct.Write, stateName, grainId));
        grainState.ETag = records.Write(stateName, grainId, serializer.Serialize(grainState.State).ToArray(), grainState.ETag);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        records.Delete(stateName, grainId, grainState.ETag);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null!, false);
        return Task.CompletedTask;
    }
}
