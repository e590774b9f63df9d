using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Emails;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>
/// Which e-mail and network addresses a segment has: sixteen bits of a hash for each, in order. Of two hundred segments without an address, one
/// is read in vain.
/// </summary>
internal static class LogKeys
{
    public static byte[] Of(ImmutableArray<LoggedActivity> entries)
    {
        var keys = new SortedSet<ushort>();
        foreach (var entry in entries.Select(activity => activity.Entry))
        {
            if (CanonicalEmail.TryParse(entry.Email, out var email))
                keys.Add(OfEmail(email.Value));
            if (entry.Address is { } address)
                keys.Add(OfAddress(address));
        }

        return MemoryMarshal.AsBytes<ushort>(keys.Select(key => BitConverter.IsLittleEndian ? key : BinaryPrimitives.ReverseEndianness(key)).ToArray()).ToArray();
    }

    /// <param name="email">In canonical form.</param>
    public static ushort OfEmail(string email) => Hash($"email {email}");

    public static ushort OfAddress(string address) => Hash($"address {address}");

    /// <summary>False where no entry of the segment has it.</summary>
    public static bool Has(byte[] keys, ushort key)
    {
        var (low, high) = (0, (keys.Length / sizeof(ushort)) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = BinaryPrimitives.ReadUInt16LittleEndian(keys.AsSpan(middle * sizeof(ushort)));
            if (found == key)
                return true;
            (low, high) = found < key ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    private static ushort Hash(string text) => BinaryPrimitives.ReadUInt16BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
