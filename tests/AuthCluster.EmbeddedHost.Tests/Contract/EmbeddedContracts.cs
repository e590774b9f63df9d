using AuthCluster.Contract;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.EmbeddedHost.Tests.Contract;

public sealed class ActivityTests(EmbeddedServers servers) : ActivityContract(servers), IClassFixture<EmbeddedServers>;

public sealed class AdministrationAccessTests(EmbeddedServers servers) : AdministrationAccessContract(servers), IClassFixture<EmbeddedServers>;

public sealed class AdministrationTests(EmbeddedServers servers) : AdministrationContract(servers), IClassFixture<EmbeddedServers>;

public sealed class AttackTests(EmbeddedServers servers, ITestOutputHelper output)
    : AttackContract(servers, output), IClassFixture<EmbeddedServers>;

public sealed class AuthorityTests(EmbeddedServers servers) : AuthorityContract(servers), IClassFixture<EmbeddedServers>;

public sealed class BindingTests(EmbeddedServers servers) : BindingContract(servers), IClassFixture<EmbeddedServers>;

public sealed class DeleteTests(EmbeddedServers servers) : DeleteContract(servers), IClassFixture<EmbeddedServers>;

public sealed class CaptchaTests(EmbeddedServers servers) : CaptchaContract(servers), IClassFixture<EmbeddedServers>;

public sealed class DeviceLimitTests(EmbeddedServers servers) : DeviceLimitContract(servers), IClassFixture<EmbeddedServers>;

public sealed class DevicesTests(EmbeddedServers servers) : DevicesContract(servers), IClassFixture<EmbeddedServers>;

public sealed class ErrorTests(EmbeddedServers servers) : ErrorContract(servers), IClassFixture<EmbeddedServers>;

public sealed class ExportTests(EmbeddedServers servers) : ExportContract(servers), IClassFixture<EmbeddedServers>;

public sealed class ForgeryTests(EmbeddedServers servers) : ForgeryContract(servers), IClassFixture<EmbeddedServers>;

public sealed class ForwardAuthTests(EmbeddedServers servers) : ForwardAuthContract(servers), IClassFixture<EmbeddedServers>;

public sealed class GuessingTests(EmbeddedServers servers) : GuessingContract(servers), IClassFixture<EmbeddedServers>;

public sealed class HeaderTests(EmbeddedServers servers) : HeaderContract(servers), IClassFixture<EmbeddedServers>;

public sealed class InputTests(EmbeddedServers servers, ITestOutputHelper output)
    : InputContract(servers, output), IClassFixture<EmbeddedServers>;

public sealed class KeyRotationTests(EmbeddedServers servers) : KeyRotationContract(servers), IClassFixture<EmbeddedServers>;

public sealed class LegacyTests(EmbeddedServers servers) : LegacyContract(servers), IClassFixture<EmbeddedServers>;

public sealed class LoginTests(EmbeddedServers servers) : LoginContract(servers), IClassFixture<EmbeddedServers>;

public sealed class LogoutTests(EmbeddedServers servers) : LogoutContract(servers), IClassFixture<EmbeddedServers>;

public sealed class OperationsTests(EmbeddedServers servers) : OperationsContract(servers), IClassFixture<EmbeddedServers>;

public sealed class PagesTests(EmbeddedServers servers) : PagesContract(servers), IClassFixture<EmbeddedServers>;

public sealed class PageSessionTests(EmbeddedServers servers) : PageSessionContract(servers), IClassFixture<EmbeddedServers>;

public sealed class AccessCookieTests(EmbeddedServers servers) : AccessCookieContract(servers), IClassFixture<EmbeddedServers>;

public sealed class PasswordTests(EmbeddedServers servers) : PasswordContract(servers), IClassFixture<EmbeddedServers>;

public sealed class OracleTests(EmbeddedServers servers) : OracleContract(servers), IClassFixture<EmbeddedServers>;

public sealed class ProfileTests(EmbeddedServers servers) : ProfileContract(servers), IClassFixture<EmbeddedServers>;

public sealed class RaceTests(EmbeddedServers servers) : RaceContract(servers), IClassFixture<EmbeddedServers>;

public sealed class ProxyTests(EmbeddedServers servers) : ProxyContract(servers), IClassFixture<EmbeddedServers>;

public sealed class RefreshTests(EmbeddedServers servers) : RefreshContract(servers), IClassFixture<EmbeddedServers>;

public sealed class RegistrationTests(EmbeddedServers servers) : RegistrationContract(servers), IClassFixture<EmbeddedServers>;

public sealed class RequestBodyTests(EmbeddedServers servers) : RequestBodyContract(servers), IClassFixture<EmbeddedServers>;

public sealed class RevocationTests(EmbeddedServers servers) : RevocationContract(servers), IClassFixture<EmbeddedServers>;

public sealed class RevocationFeedTests(EmbeddedServers servers) : RevocationFeedContract(servers), IClassFixture<EmbeddedServers>;

public sealed class ResourceServerTests(EmbeddedServers servers) : ResourceServerContract(servers), IClassFixture<EmbeddedServers>;

public sealed class RevokerTests(EmbeddedServers servers) : RevokerContract(servers), IClassFixture<EmbeddedServers>;

public sealed class ServicesTests(EmbeddedServers servers) : ServicesContract(servers), IClassFixture<EmbeddedServers>;

public sealed class SettingsTests(EmbeddedServers servers) : SettingsContract(servers), IClassFixture<EmbeddedServers>;

public sealed class TokenTests(EmbeddedServers servers) : TokenContract(servers), IClassFixture<EmbeddedServers>;

public sealed class MailboxTests(EmbeddedServers servers) : MailboxContract(servers), IClassFixture<EmbeddedServers>;

public sealed class MailTests(EmbeddedServers servers) : MailContract(servers), IClassFixture<EmbeddedServers>;

public sealed class TotpTests(EmbeddedServers servers) : TotpContract(servers), IClassFixture<EmbeddedServers>;

public sealed class PasskeyTests(EmbeddedServers servers) : PasskeyContract(servers), IClassFixture<EmbeddedServers>;

public sealed class SecondFactorLoginTests(EmbeddedServers servers) : SecondFactorLoginContract(servers), IClassFixture<EmbeddedServers>;

public sealed class UsernameTests(EmbeddedServers servers) : UsernameContract(servers), IClassFixture<EmbeddedServers>;

public sealed class VerifyTests(EmbeddedServers servers) : VerifyContract(servers), IClassFixture<EmbeddedServers>;

public sealed class EmbeddedServers : SharedServers
{
    public override async Task<IRunningServer> StartAsync(IReadOnlyDictionary<string, string> settings) =>
        await EmbeddedServerProcess.StartAsync(settings);
}
