using System.Net;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct SessionProofSurrogate
{
    [Id(0)]
    public Guid SessionId;

    [Id(1)]
    public Guid AccessSecret;
}

[RegisterConverter]
internal sealed class SessionProofConverter : IConverter<SessionProof, SessionProofSurrogate>
{
    public SessionProof ConvertFromSurrogate(in SessionProofSurrogate surrogate) => new(surrogate.SessionId, surrogate.AccessSecret);

    public SessionProofSurrogate ConvertToSurrogate(in SessionProof value) =>
        new() { SessionId = value.SessionId, AccessSecret = value.AccessSecret };
}

[GenerateSerializer]
internal struct ClientFactsSurrogate
{
    [Id(0)]
    public IPAddress? Address;

    [Id(1)]
    public string? UserAgent;
}

[RegisterConverter]
internal sealed class ClientFactsConverter : IConverter<ClientFacts, ClientFactsSurrogate>
{
    public ClientFacts ConvertFromSurrogate(in ClientFactsSurrogate surrogate) => new(surrogate.Address, surrogate.UserAgent);

    public ClientFactsSurrogate ConvertToSurrogate(in ClientFacts value) => new() { Address = value.Address, UserAgent = value.UserAgent };
}

[GenerateSerializer]
internal struct InSessionSurrogate<TResult>
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public Act<TResult> Act;
}

[RegisterConverter]
internal sealed class InSessionConverter<TResult> : IConverter<InSession<TResult>, InSessionSurrogate<TResult>>
{
    public InSession<TResult> ConvertFromSurrogate(in InSessionSurrogate<TResult> surrogate) => new(surrogate.Proof, surrogate.Act);

    public InSessionSurrogate<TResult> ConvertToSurrogate(in InSession<TResult> value) => new() { Proof = value.Proof, Act = value.Act };
}

[GenerateSerializer]
internal struct EndOwnSessionSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class EndOwnSessionConverter : IConverter<EndOwnSession, EndOwnSessionSurrogate>
{
    public EndOwnSession ConvertFromSurrogate(in EndOwnSessionSurrogate surrogate) => new(surrogate.Proof, surrogate.Client);

    public EndOwnSessionSurrogate ConvertToSurrogate(in EndOwnSession value) => new() { Proof = value.Proof, Client = value.Client };
}

[GenerateSerializer]
internal struct EndAllSessionsSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class EndAllSessionsConverter : IConverter<EndAllSessions, EndAllSessionsSurrogate>
{
    public EndAllSessions ConvertFromSurrogate(in EndAllSessionsSurrogate surrogate) => new(surrogate.Proof, surrogate.Client);

    public EndAllSessionsSurrogate ConvertToSurrogate(in EndAllSessions value) => new() { Proof = value.Proof, Client = value.Client };
}

[GenerateSerializer]
internal struct EndOtherSessionsSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class EndOtherSessionsConverter : IConverter<EndOtherSessions, EndOtherSessionsSurrogate>
{
    public EndOtherSessions ConvertFromSurrogate(in EndOtherSessionsSurrogate surrogate) => new(surrogate.Proof, surrogate.Client);

    public EndOtherSessionsSurrogate ConvertToSurrogate(in EndOtherSessions value) => new() { Proof = value.Proof, Client = value.Client };
}

[GenerateSerializer]
internal struct EndSessionSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public Guid SessionId;

    [Id(2)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class EndSessionConverter : IConverter<EndSession, EndSessionSurrogate>
{
    public EndSession ConvertFromSurrogate(in EndSessionSurrogate surrogate) => new(surrogate.Proof, surrogate.SessionId, surrogate.Client);

    public EndSessionSurrogate ConvertToSurrogate(in EndSession value) =>
        new() { Proof = value.Proof, SessionId = value.SessionId, Client = value.Client };
}

[GenerateSerializer]
internal struct NoteSeenSurrogate
{
    [Id(0)]
    public Guid SessionId;

    [Id(1)]
    public int Rotation;
}

[RegisterConverter]
internal sealed class NoteSeenConverter : IConverter<NoteSeen, NoteSeenSurrogate>
{
    public NoteSeen ConvertFromSurrogate(in NoteSeenSurrogate surrogate) => new(surrogate.SessionId, surrogate.Rotation);

    public NoteSeenSurrogate ConvertToSurrogate(in NoteSeen value) => new() { SessionId = value.SessionId, Rotation = value.Rotation };
}

[GenerateSerializer]
internal struct RefreshSessionSurrogate
{
    [Id(0)]
    public Guid SessionId;

    [Id(1)]
    public Guid TokenId;

    [Id(2)]
    public Guid RefreshSecret;

    [Id(3)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class RefreshSessionConverter : IConverter<RefreshSession, RefreshSessionSurrogate>
{
    public RefreshSession ConvertFromSurrogate(in RefreshSessionSurrogate surrogate) =>
        new(surrogate.SessionId, surrogate.TokenId, surrogate.RefreshSecret, surrogate.Client);

    public RefreshSessionSurrogate ConvertToSurrogate(in RefreshSession value) =>
        new() { SessionId = value.SessionId, TokenId = value.TokenId, RefreshSecret = value.RefreshSecret, Client = value.Client };
}
