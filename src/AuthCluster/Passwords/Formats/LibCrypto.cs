using System.Runtime.InteropServices;

namespace AuthCluster.Passwords.Formats;

/// <summary>OpenSSL, which the framework stands on but does not show in full.</summary>
internal static partial class LibCrypto
{
    public static byte[] Scrypt(ReadOnlySpan<byte> password, byte[] salt, ScryptCost cost, int length)
    {
        var hash = new byte[length];
        var isDone = EvpPbeScrypt(
            password,
            (nuint)password.Length,
            salt,
            (nuint)salt.Length,
            (ulong)cost.Work,
            (ulong)cost.BlockSize,
            (ulong)cost.Parallelism,
            (ulong)cost.Memory,
            hash,
            (nuint)length);
        return isDone == 1 ? hash : throw new InvalidOperationException("OpenSSL could not compute scrypt.");
    }

    [LibraryImport("libcrypto.so.3", EntryPoint = "EVP_PBE_scrypt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EvpPbeScrypt(
        ReadOnlySpan<byte> password,
        nuint passwordLength,
        ReadOnlySpan<byte> salt,
        nuint saltLength,
        ulong n,
        ulong r,
        ulong p,
        ulong maxMemory,
        Span<byte> key,
        nuint keyLength);
}
