using AuthCluster.Contract.Catalogue;

namespace AuthCluster.Histories.Recording;

/// <summary>What a client can do: the calls of the catalogue of endpoints. The names are those of a history's lines.</summary>
internal sealed class OperationKind
{
    private static readonly Dictionary<string, OperationKind> ByName = Endpoints.Calls.Select(call => new OperationKind(LineNameOf(call.Name), call))
        .Append(new OperationKind("Restart", call: null)).ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    private OperationKind(string name, EndpointCall? call)
    {
        Name = name;
        Call = call;
    }

    // The kinds of which the checker knows more than what they revoke.
    public static OperationKind Register { get; } = Of("POST /api/user/create");

    public static OperationKind Login { get; } = Of("POST /api/user/login");

    public static OperationKind Refresh { get; } = Of("POST /api/user/login/refresh");

    public static OperationKind ForwardAuth { get; } = Of("GET /api/forward-auth");

    public static OperationKind Verify { get; } = Of("POST /api/user/login/verify");

    public static OperationKind View { get; } = Of("GET /api/user/view");

    public static OperationKind Devices { get; } = Of("GET /api/user/devices");

    public static OperationKind ChangePassword { get; } = Of("POST /api/user/password");

    public static OperationKind ChangeRole { get; } = Of("""PATCH /api/admin/users/{id} {"roles":["$role"]}""");

    /// <summary>The node was killed at <see cref="Operation.Start"/> and served again at <see cref="Operation.End"/>.</summary>
    public static OperationKind Restart { get; } = ByName["Restart"];

    /// <summary>Every act that revokes tokens of one account and leaves the account usable. No client here has a second factor, or is a page.</summary>
    public static IReadOnlyList<OperationKind> Revocations { get; } =
    [
        .. ByName.Values.Where(kind => kind.RevokesTokens && kind.Revokes is not (Revoked.Account or Revoked.TokensOfEveryAccount)
            && kind.Call!.Endpoint is { SecondFactor: SecondFactor.None, IsForPages: false }),
    ];

    public string Name { get; }

    /// <summary><c>null</c> for <see cref="Restart"/>.</summary>
    public EndpointCall? Call { get; }

    public Revoked Revokes => Call?.Revokes ?? Revoked.Nothing;

    public bool RevokesTokens => Revokes != Revoked.Nothing;

    public bool HandsOutTokens => Call?.Endpoint.HandsOutTokens == true;

    public bool IsByAdministrator => Call?.Endpoint.Caller == Caller.Administrator;

    /// <summary>Every access token handed out before is dead.</summary>
    public bool ReplacesAccessSecret => Revokes is Revoked.AccessTokens or Revoked.AllTokens;

    /// <summary>Every refresh token handed out before is dead.</summary>
    public bool ReplacesRefreshSecret => Revokes is Revoked.RefreshTokens or Revoked.AllTokens;

    /// <summary>Every session is over, but for the caller's where <see cref="SparesCaller"/>.</summary>
    public bool EndsSessions => Revokes == Revoked.AllTokens;

    public bool SparesCaller => EndsSessions && HandsOutTokens;

    public bool EndsOneSession => Revokes is Revoked.CallersSession or Revoked.NamedSession;

    /// <param name="name">As <see cref="EndpointCall.Name"/>.</param>
    public static OperationKind Of(string name) => ByName[LineNameOf(name)];

    /// <exception cref="FormatException">No operation has this name.</exception>
    public static OperationKind Read(ReadOnlySpan<char> name) => ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var kind)
        ? kind
        : throw new FormatException($"No operation is named {name}.");

    public override string ToString() => Name;

    private static string LineNameOf(string name) => name.Replace(' ', '_');
}
