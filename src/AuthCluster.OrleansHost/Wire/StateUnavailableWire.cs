namespace AuthCluster.OrleansHost.Wire;

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
