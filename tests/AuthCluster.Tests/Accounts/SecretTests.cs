using AuthCluster.Accounts;
using Xunit;

namespace AuthCluster.Tests.Accounts;

public sealed class SecretTests
{
    [Fact]
    public void All_128_bits_are_drawn()
    {
        var (ever, always) = (new byte[16], Enumerable.Repeat((byte)0xFF, 16).ToArray());
        for (var i = 0; i < 100; i++)
        {
            var bytes = Secret.New().ToByteArray();
            for (var at = 0; at < 16; at++)
                (ever[at], always[at]) = ((byte)(ever[at] | bytes[at]), (byte)(always[at] & bytes[at]));
        }

        Assert.All(ever, bits => Assert.Equal(0xFF, bits));
        Assert.All(always, bits => Assert.Equal(0, bits));
    }

    [Fact]
    public void Only_the_same_secret_matches()
    {
        var secret = Secret.New();
        Assert.True(Secret.Matches(secret, new Guid(secret.ToByteArray())));
        for (var bit = 0; bit < 128; bit++)
        {
            var other = secret.ToByteArray();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Secret.Matches(secret, new Guid(other)));
        }
    }
}
