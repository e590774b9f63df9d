using System.Runtime.InteropServices;

namespace AuthCluster.Passwords.Formats;

/// <summary>The reference implementation of Argon2, as Linux distributions package it (Debian: libargon2-1).</summary>
internal static partial class LibArgon2
{
    private const string Library = "libargon2.so.1";

    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Library, out var library) && NativeLibrary.TryGetExport(library, "argon2id_hash_raw", out _);

    public static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, Argon2Cost cost, int length)
    {
        var hash = new byte[length];
        var error = HashRaw(
            (uint)cost.Iterations, (uint)cost.Memory, (uint)cost.Lanes, password, (nuint)password.Length, salt, (nuint)salt.Length, hash, (nuint)length);
        // Out of memory, or of threads: no verdict on the password.
        return error == 0 ? hash : throw new InvalidOperationException($"libargon2 failed with error {error}.");
    }

    [LibraryImport(Library, EntryPoint = "argon2id_hash_raw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int HashRaw(
        uint iterations,
        uint memory,
        uint lanes,
        ReadOnlySpan<byte> password,
        nuint passwordLength,
        ReadOnlySpan<byte> salt,
        nuint saltLength,
        Span<byte> hash,
        nuint hashLength);
}
