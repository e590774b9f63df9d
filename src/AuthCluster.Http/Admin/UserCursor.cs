using System.Buffers.Text;
using System.Text;
using AuthCluster.Http.Bodies;

namespace AuthCluster.Http.Admin;

/// <summary>A place in the order of all accounts, as answers name it: the last name before it.</summary>
internal static class UserCursor
{
    private const int LengthLimit = 1024;

    /// <returns>Empty for the beginning.</returns>
    public static string Parse(string? cursor, FieldFaults faults)
    {
        if (string.IsNullOrEmpty(cursor))
            return "";
        if (cursor.Length <= LengthLimit && Base64Url.IsValid(cursor))
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        faults.Add("cursor", "This is not a place in this list.");
        return "";
    }

    /// <returns><c>null</c> where the portion was the last one.</returns>
    public static string? After(IReadOnlyList<IndexedAccount> portion, int limit) =>
        portion.Count == limit ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(portion[^1].Name)) : null;
}
