using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct OutcomeSurrogate<T>
{
    [Id(0)]
    public T? Result;

    [Id(1)]
    public int? Refusal;

    [Id(2)]
    public TimeSpan RetryAfter;
}

[RegisterConverter]
internal sealed class OutcomeConverter<T> : IConverter<Outcome<T>, OutcomeSurrogate<T>>
{
    public Outcome<T> ConvertFromSurrogate(in OutcomeSurrogate<T> surrogate) =>
        Outcome<T>.Restore(surrogate.Result, (Refusal?)surrogate.Refusal, surrogate.RetryAfter);

    public OutcomeSurrogate<T> ConvertToSurrogate(in Outcome<T> value) =>
        new() { Result = value.Result, Refusal = (int?)value.Refusal, RetryAfter = value.RetryAfter };
}

[GenerateSerializer]
internal struct DoneSurrogate;

[RegisterConverter]
internal sealed class DoneConverter : IConverter<Done, DoneSurrogate>
{
    public Done ConvertFromSurrogate(in DoneSurrogate surrogate) => default;

    public DoneSurrogate ConvertToSurrogate(in Done value) => default;
}

[GenerateSerializer]
internal struct StateUnavailableSurrogate
{
    [Id(0)]
    public string Message;
}

/// <summary>Without what led to it: that is logged where it happened, and may be of a type that the caller does not know.</summary>
[RegisterConverter]
internal sealed class StateUnavailableConverter : IConverter<StateUnavailableException, StateUnavailableSurrogate>
{
    public StateUnavailableException ConvertFromSurrogate(in StateUnavailableSurrogate surrogate) => new(surrogate.Message);

    public StateUnavailableSurrogate ConvertToSurrogate(in StateUnavailableException value) => new() { Message = value.Message };
}
