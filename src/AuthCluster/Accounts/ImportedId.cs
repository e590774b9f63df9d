using System.Security.Cryptography;
using System.Text;

namespace AuthCluster.Accounts;

/// <summary>The ids of users who moved in from another system.</summary>
public static class ImportedId
{
    /// <summary>An id that is a UUID is kept. Any other leads to the same UUID each time, so that an import can be run again and old tokens find their account.</summary>
    /// <param name="format">How the other system writes its users down, as the import names it.</param>
    public static Guid Of(string format, string sourceId) => Guid.TryParse(sourceId, out var id) && id != Guid.Empty
        ? id
        : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"authcluster import {format} {sourceId}")).AsSpan(0, 16), bigEndian: true);
}
