using System.Security.Cryptography;
using AuthCluster.Accounts;
using AuthCluster.Http.Answers;
using AuthCluster.Keys;
using OtpNet;
using QRCoder;

namespace AuthCluster.Http.SecondFactors;

/// <summary>Secrets of time-based codes (RFC 6238): SHA-1, 30 seconds and 6 digits, which is what every app takes.</summary>
/// <param name="issuer">The name of the service, as apps show it.</param>
internal sealed class TotpSecrets(MasterKey master, TimeProvider time, string issuer)
{
    public const int Digits = 6;

    private const int StepSeconds = 30;

    /// <summary>As many as the hash has (RFC 4226 section 4, R6).</summary>
    private const int SecretSize = 20;

    private const string Purpose = "totp";

    /// <summary>One step back and one ahead, for clocks that are off and codes that are typed slowly (RFC 6238 section 5.2).</summary>
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>A new secret, sealed and as it is shown.</summary>
    public (string Sealed, TotpAnswer Shown) New(Guid accountId, string user)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretSize);
        var text = Base32Encoding.ToString(secret).TrimEnd('=');
        var uri = UriOf(text, user);
        return (Seal(accountId, secret), new TotpAnswer(text, uri, SvgOf(uri)));
    }

    /// <summary>The secret as an account keeps it.</summary>
    public string Seal(Guid accountId, byte[] secret) => Convert.ToBase64String(master.Seal(Purpose, accountId.ToString(), secret));

    /// <summary>The step of time whose code this is; <c>null</c> where it is of none that is near.</summary>
    /// <exception cref="StateUnavailableException">The secret was not sealed by this deployment's master key.</exception>
    public long? StepOf(string code, Guid accountId, TotpCredential credential)
    {
        var secret = master.Open(Purpose, accountId.ToString(), Convert.FromBase64String(credential.SealedSecret))
            ?? throw new StateUnavailableException($"The second factor of the account {accountId} was sealed with another master key.");
        return StepOf(code, secret, time.GetUtcNow());
    }

    internal static long? StepOf(string code, byte[] secret, DateTimeOffset now)
    {
        var codes = new OtpNet.Totp(secret, StepSeconds, OtpHashMode.Sha1, Digits);
        return codes.VerifyTotp(now.UtcDateTime, code, out var step, Window) ? step : null;
    }

    /// <summary>The form that apps read from QR codes ("Key URI Format" of Google Authenticator).</summary>
    private string UriOf(string secret, string user)
    {
        var (service, account) = (Uri.EscapeDataString(issuer), Uri.EscapeDataString(user));
        return $"otpauth://totp/{service}:{account}?secret={secret}&issuer={service}&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
    }

    private static string SvgOf(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(pixelsPerModule: 4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
