using AuthCluster.Histories.Checking;
using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Tests;

/// <summary>A history written by hand. Times are milliseconds; the device limit is 2, the grace of refresh tokens two seconds.</summary>
internal sealed class WrittenHistory
{
    private const int User = 1;
    private const int Month = 2_592_000;

    private readonly List<Operation> _operations = [];

    public IssuedPair Login(long start, long end, int password = 0, int accessSeconds = 600)
    {
        var pair = new IssuedPair(Guid.NewGuid(), Guid.NewGuid(), accessSeconds, Guid.NewGuid(), Month);
        Add(OperationKind.Login, Guid.Empty, start, end, 200, password, pair);
        return pair;
    }

    /// <summary>An act that hands out a new pair of the session.</summary>
    public IssuedPair Renew(OperationKind kind, IssuedPair pair, long start, long end)
    {
        var renewed = pair with { Access = Guid.NewGuid(), Refresh = Guid.NewGuid() };
        Add(kind, kind == OperationKind.Refresh ? pair.Refresh : pair.Access, start, end, 200, issued: renewed);
        return renewed;
    }

    public void Accepted(Guid token, long start, long end) => Call(OperationKind.View, token, start, end, 200);

    public void Refused(Guid token, long start, long end) => Call(OperationKind.View, token, start, end, 401);

    public void Call(
        OperationKind kind, Guid token, long start, long end, int status = 204, int number = -1, int newPassword = -1, Guid target = default) =>
        Add(kind, token, start, end, status, number, newPassword: newPassword, target: target);

    public Verdict Check()
    {
        var rules = Checker.Check(History.Of(new HistorySettings(DeviceLimit: 2, RefreshGrace: TimeSpan.FromSeconds(2)), _operations));
        return new Verdict(
            rules[0].Violations, rules[1].Violations, rules[2].Violations, rules[3].Violations, rules[4].Violations, rules[5].Violations);
    }

    private void Add(
        OperationKind kind,
        Guid token,
        long start,
        long end,
        int status,
        int number = -1,
        IssuedPair? issued = null,
        int newPassword = -1,
        Guid target = default) =>
        _operations.Add(new Operation
        {
            Kind = kind,
            User = User,
            Token = token,
            Start = start * 1_000_000,
            End = end * 1_000_000,
            Status = status,
            Number = number,
            NewPassword = newPassword,
            Target = target,
            Issued = issued,
        });
}

/// <summary>Violations, by rule.</summary>
internal sealed record Verdict(long Final = 0, long Steady = 0, long Living = 0, long DeviceLimit = 0, long Password = 0, long Role = 0)
{
    public static readonly Verdict Clean = new();
}
