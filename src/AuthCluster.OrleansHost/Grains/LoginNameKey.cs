using System.Security.Cryptography;
using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// Names the grain of an address or user name. A hash, because stores replace some of the characters that these may have in their keys, and two of them
/// must never share a record. It also keeps addresses out of logs and traces.
/// </summary>
internal static class LoginNameKey
{
    public static string Of(LoginName name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name.Value)));

    /// <summary>Whether the account holds the name with this key.</summary>
    public static bool IsHeldBy(AccountState? account, string key) =>
        (account?.EmailKey is { } email && Of(email) == key) || (account?.UsernameKey is { } username && Of(username) == key);
}
