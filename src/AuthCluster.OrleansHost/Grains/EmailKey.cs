using System.Security.Cryptography;
using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// Names the grain of an address. A hash, because stores replace some of the characters that an address may have in their keys, and two
/// addresses must never share a record. It also keeps addresses out of logs and traces.
/// </summary>
internal static class EmailKey
{
    public static string Of(CanonicalEmail email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Value)));

    /// <summary>Of the address that this account holds.</summary>
    public static string? Of(AccountState? account) => account is null ? null : Of(account.CanonicalEmail);
}
