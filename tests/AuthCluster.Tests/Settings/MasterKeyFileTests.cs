using AuthCluster.Http.Settings;
using Xunit;

namespace AuthCluster.Tests.Settings;

public sealed class MasterKeyFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_key_that_only_its_owner_may_read_is_taken_without_a_word()
    {
        Write(OwnerOnly);

        MasterKeyFile.Read(_path);

        Assert.Empty(MasterKeyFile.Warnings(_path));
        Assert.Empty(MasterKeyFile.Warnings(path: null));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_others_may_replace_is_refused(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
            return;
        Write(OwnerOnly | others);

        var error = Assert.Throws<BadConfigurationException>(() => MasterKeyFile.Read(_path));

        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    public void A_key_that_others_may_read_is_warned_of(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
            return;
        Write(OwnerOnly | others);

        MasterKeyFile.Read(_path);

        Assert.Contains(_path, Assert.Single(MasterKeyFile.Warnings(_path)), StringComparison.Ordinal);
    }

    private void Write(UnixFileMode mode)
    {
        File.WriteAllText(_path, Convert.ToBase64String(new byte[32]));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, mode);
    }
}
