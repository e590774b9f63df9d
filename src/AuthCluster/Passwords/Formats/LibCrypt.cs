using System.Runtime.InteropServices;

namespace AuthCluster.Passwords.Formats;

/// <summary>libxcrypt, the crypt(3) of Linux distributions (Debian: libcrypt1). The crypt of glibc and musl lacks this entry point.</summary>
internal static partial class LibCrypt
{
    /// <summary>sizeof(struct crypt_data), which the library promises not to change.</summary>
    private const int DataLength = 32768;

    /// <param name="setting">Algorithm, rounds and salt.</param>
    /// <returns>The setting, followed by the hash.</returns>
    public static string Crypt(ReadOnlySpan<byte> password, string setting)
    {
        // On the stack, for the answer points into it.
        Span<byte> data = stackalloc byte[DataLength];
        Span<byte> terminated = [.. password, 0];
        var answer = CryptRn(terminated, setting, data, DataLength);
        return Marshal.PtrToStringUTF8(answer) ?? throw new InvalidOperationException("libcrypt refuses a bcrypt hash.");
    }

    [LibraryImport("libcrypt.so.1", EntryPoint = "crypt_rn", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint CryptRn(ReadOnlySpan<byte> password, string setting, Span<byte> data, int dataLength);
}
