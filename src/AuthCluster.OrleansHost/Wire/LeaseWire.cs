using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct LeaseTermsSurrogate
{
    [Id(0)]
    public Guid Lease;

    [Id(1)]
    public TimeSpan Remaining;
}

[RegisterConverter]
internal sealed class LeaseTermsConverter : IConverter<LeaseTerms, LeaseTermsSurrogate>
{
    public LeaseTerms ConvertFromSurrogate(in LeaseTermsSurrogate surrogate) => new(surrogate.Lease, surrogate.Remaining);

    public LeaseTermsSurrogate ConvertToSurrogate(in LeaseTerms value) => new() { Lease = value.Lease, Remaining = value.Remaining };
}

[GenerateSerializer]
internal struct OwnerSurrogate
{
    [Id(0)]
    public string Lender;

    [Id(1)]
    public Guid Epoch;
}

[RegisterConverter]
internal sealed class OwnerConverter : IConverter<Owner, OwnerSurrogate>
{
    public Owner ConvertFromSurrogate(in OwnerSurrogate surrogate) => new(surrogate.Lender, surrogate.Epoch);

    public OwnerSurrogate ConvertToSurrogate(in Owner value) => new() { Lender = value.Lender, Epoch = value.Epoch };
}

[GenerateSerializer]
internal struct LeasedAnswerSurrogate<T>
    where T : class
{
    [Id(0)]
    public T? Value;

    [Id(1)]
    public string? Lender;

    [Id(2)]
    public Guid? Lease;
}

[RegisterConverter]
internal sealed class LeasedAnswerConverter<T> : IConverter<LeasedAnswer<T>, LeasedAnswerSurrogate<T>>
    where T : class
{
    public LeasedAnswer<T> ConvertFromSurrogate(in LeasedAnswerSurrogate<T> surrogate) => new(surrogate.Value, surrogate.Lender, surrogate.Lease);

    public LeasedAnswerSurrogate<T> ConvertToSurrogate(in LeasedAnswer<T> value) =>
        new() { Value = value.Value, Lender = value.Lender, Lease = value.Lease };
}
