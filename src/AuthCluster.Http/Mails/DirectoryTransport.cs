using MimeKit;

namespace AuthCluster.Http.Mails;

/// <summary>Writes each mail into a file, for trying things out, or for another program that takes them from there.</summary>
/// <param name="kept">Files that stay, the newest ones; <c>null</c> where another program takes them away.</param>
internal sealed class DirectoryTransport(string path, int? kept, TimeProvider time) : IMailTransport
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public async Task SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
        // Names are in the order of time. A reader that looks for *.eml never sees half a mail.
        var name = $"{time.GetUtcNow():yyyyMMdd'T'HHmmss.fff}-{Guid.NewGuid():N}";
        var unfinished = Path.Combine(path, name + ".part");
        await using (var file = Create(unfinished))
        {
            await mail.WriteToAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, Path.Combine(path, name + ".eml"));
        if (kept is { } limit)
            DeleteOldest(limit);
    }

    private static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(file, options);
    }

    private void DeleteOldest(int limit)
    {
        foreach (var file in Directory.GetFiles(path, "*.eml").Order(StringComparer.Ordinal).SkipLast(limit))
            File.Delete(file);
    }
}
