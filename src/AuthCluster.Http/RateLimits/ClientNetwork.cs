using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace AuthCluster.Http.RateLimits;

/// <summary>Whom an address stands for, as a number of 128 bits.</summary>
internal static class ClientNetwork
{
    /// <summary>RFC 4291 section 2.5.5.2: IPv4 addresses as IPv6 writes them.</summary>
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    private const ulong SiteBits = 0xFFFF_FFFF_FFFF_0000;

    /// <summary>One customer, who has at least a /64 of IPv6 (RFC 6177) or one address of IPv4. All clients without an address are one.</summary>
    public static UInt128 Of(IPAddress? address)
    {
        Span<byte> octets = stackalloc byte[16];
        if (address is null || !address.TryWriteBytes(octets, out _))
            return UInt128.Zero;
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new UInt128(BinaryPrimitives.ReadUInt64BigEndian(octets), 0)
            : new UInt128(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(octets));
    }

    /// <summary>
    /// One site: of IPv6 it may have a /48, with 65,536 networks of customers. <c>null</c> for IPv4, where neighbours have nothing to do with
    /// each other.
    /// </summary>
    public static UInt128? SiteOf(IPAddress? address) => address is { AddressFamily: AddressFamily.InterNetworkV6 }
        ? new UInt128((ulong)(Of(address) >> 64) & SiteBits, 48)
        : null;
}
