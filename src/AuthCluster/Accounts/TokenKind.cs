namespace AuthCluster.Accounts;

/// <summary>Kinds of token that a session has. The account holds a secret for each, which living tokens of that kind carry.</summary>
public enum TokenKind
{
    Access,
    Refresh,
}
