using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Options;
using AuthCluster.Tokens;
using Xunit;

namespace AuthCluster.Tests.Tokens;

public sealed class CompactEncryptionTests
{
    [Fact]
    public async Task Encrypted_tokens_are_read_again_and_show_nothing()
    {
        using var deployment = await Deployment.StartAsync(new TokenOptions { Encrypt = true });
        var grant = deployment.Grant();
        var issued = deployment.Issuer.Issue(grant);
        Assert.Equal(grant.Account.Id, deployment.Reader.Read(issued.Access, TokenKind.Access)!.AccountId);
        Assert.Equal(grant.Account.Id, deployment.Reader.Read(issued.Refresh, TokenKind.Refresh)!.AccountId);
        Assert.Null(deployment.Reader.Read(issued.Refresh, TokenKind.Access));
        Assert.Equal(grant.Account.Id.ToString(), (string?)deployment.Claims(issued.Access)["sub"]);

        var header = Deployment.Header(issued.Access);
        Assert.Equal(("dir", "A256GCM", "JWT"), ((string?)header["alg"], (string?)header["enc"], (string?)header["cty"]));
        Assert.Equal(5, issued.Access.Split('.').Length);
        Assert.Empty(issued.Access.Split('.')[1]);
    }

    [Fact]
    public async Task Every_changed_character_is_refused()
    {
        using var deployment = await Deployment.StartAsync(new TokenOptions { Encrypt = true });
        var token = deployment.IssueAccess();
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in (char[])['A', 'B', 'w', '.', '=', ' ', 'é'])
            {
                if (other != token[i])
                    Assert.Null(deployment.Reader.ReadAny(string.Concat(token.AsSpan(0, i), [other], token.AsSpan(i + 1))));
            }
        }

        Assert.Null(deployment.Reader.ReadAny(token + "."));
        Assert.Null(deployment.Reader.ReadAny(token.Replace("..", ".AA.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task With_encryption_on_a_bare_signed_token_is_refused_and_the_other_way_round()
    {
        using var bare = await Deployment.StartAsync();
        using var encrypted = await bare.RestartAsync(new TokenOptions { Encrypt = true });
        Assert.Null(encrypted.Reader.ReadAny(bare.IssueAccess()));
        Assert.Null(bare.Reader.ReadAny(encrypted.IssueAccess()));
    }

    [Fact]
    public async Task Encryption_alone_makes_no_token()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        using var deployment = await Deployment.StartAsync(new TokenOptions { Encrypt = true, EncryptionKey = Convert.ToBase64String(key) });
        var encryption = new CompactEncryption(key);
        var signed = encryption.Decrypt(deployment.IssueAccess())!;
        Assert.NotNull(deployment.Reader.ReadAny(encryption.Encrypt(signed)));
        Assert.Null(deployment.Reader.ReadAny(encryption.Encrypt(signed[..signed.LastIndexOf('.')] + ".")));
        Assert.Null(deployment.Reader.ReadAny(encryption.Encrypt(encryption.Encrypt(signed))));
    }

    [Fact]
    public void The_layout_is_that_of_RFC_7516()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var parts = new CompactEncryption(key).Encrypt("inside").Split('.');
        var text = Base64Url.DecodeFromChars(parts[3]);
        using var cipher = new AesGcm(key, 16);
        cipher.Decrypt(
            Base64Url.DecodeFromChars(parts[2]), text, Base64Url.DecodeFromChars(parts[4]), text,
            Encoding.ASCII.GetBytes(parts[0]));
        Assert.Equal("inside", Encoding.ASCII.GetString(text));
    }

    [Fact]
    public async Task An_encryption_key_of_another_size_stops_the_start() => await Assert.ThrowsAsync<BadConfigurationException>(
        () => Deployment.StartAsync(new TokenOptions { Encrypt = true, EncryptionKey = Convert.ToBase64String(new byte[16]) }));
}
