using AuthCluster.Contract;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Files;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Sqlite;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Path => _directory.Path;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_directory_with_files_of_others_is_refused_and_left_as_it_is()
    {
        File.WriteAllText(System.IO.Path.Combine(Path, "thesis.txt"), "");
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path);

        var error = Assert.Throws<BadConfigurationException>(() => DataDirectory.Open(Path));

        Assert.Contains("thesis.txt", error.Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.GetFileSystemEntries(Path).Select(System.IO.Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(mode, File.GetUnixFileMode(Path));
    }

    [Theory]
    [InlineData("master.key")]
    [InlineData("authcluster.db-wal")]
    [InlineData("lost+found")]
    public void What_a_server_or_its_volume_brings_along_is_not_foreign(string name)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name), "");

        DataDirectory.Open(Path).Dispose();
    }

    [Fact]
    public void A_private_file_takes_no_mode_over_from_what_was_left_in_its_place()
    {
        if (OperatingSystem.IsWindows())
            return;
        var file = System.IO.Path.Combine(Path, "export.unfinished");
        File.WriteAllText(file, "left");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        PrivateFile.Create(file);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Empty(File.ReadAllBytes(file));
    }
}
