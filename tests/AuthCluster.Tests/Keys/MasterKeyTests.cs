using System.Text;
using AuthCluster.Keys;
using Xunit;

namespace AuthCluster.Tests.Keys;

public sealed class MasterKeyTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes("a private key");

    private static readonly MasterKey Key = KeyOf(1);

    [Fact]
    public void What_was_sealed_opens_again()
    {
        Assert.Equal(Plain, Key.Open("keys", "a", Key.Seal("keys", "a", Plain)));
        Assert.Empty(Key.Open("keys", "a", Key.Seal("keys", "a", []))!);
    }

    [Theory]
    [InlineData("keys", "b")]
    [InlineData("totp", "a")]
    [InlineData("key", "sa")]
    public void It_opens_for_no_other_purpose_or_id(string purpose, string id) =>
        Assert.Null(Key.Open(purpose, id, Key.Seal("keys", "a", Plain)));

    [Fact]
    public void It_opens_with_no_other_master_key() => Assert.Null(KeyOf(2).Open("keys", "a", Key.Seal("keys", "a", Plain)));

    [Fact]
    public void Every_changed_byte_and_every_shorter_text_is_refused()
    {
        var sealedText = Key.Seal("keys", "a", Plain);
        for (var i = 0; i < sealedText.Length; i++)
        {
            var changed = sealedText.ToArray();
            changed[i] ^= 1;
            Assert.Null(Key.Open("keys", "a", changed));
            Assert.Null(Key.Open("keys", "a", sealedText.AsSpan(0, i)));
        }
    }

    [Fact]
    public void The_same_text_is_sealed_differently_each_time() => Assert.NotEqual(Key.Seal("keys", "a", Plain), Key.Seal("keys", "a", Plain));

    [Fact]
    public void Derived_keys_are_stable_and_differ_by_purpose_and_master_key()
    {
        Assert.Equal(32, Key.Derive("a").Length);
        Assert.Equal(Key.Derive("a"), KeyOf(1).Derive("a"));
        Assert.NotEqual(Key.Derive("a"), Key.Derive("b"));
        Assert.NotEqual(Key.Derive("a"), KeyOf(2).Derive("a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void Anything_but_32_bytes_is_no_master_key_and_the_message_does_not_show_it(string text)
    {
        var error = Assert.Throws<BadConfigurationException>(() => MasterKey.FromBase64(text));
        Assert.True(text.Length == 0 || !error.ToString().Contains(text, StringComparison.Ordinal));
    }

    private static MasterKey KeyOf(byte value) => MasterKey.FromBase64(Convert.ToBase64String(Enumerable.Repeat(value, 32).ToArray()));
}
