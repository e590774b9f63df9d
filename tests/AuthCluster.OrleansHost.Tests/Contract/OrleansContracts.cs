using AuthCluster.Contract;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.OrleansHost.Tests.Contract;

public sealed class ActivityTests(OrleansServers servers) : ActivityContract(servers), IClassFixture<OrleansServers>;

public sealed class AdministrationAccessTests(OrleansServers servers) : AdministrationAccessContract(servers), IClassFixture<OrleansServers>;

public sealed class AdministrationTests(OrleansServers servers) : AdministrationContract(servers), IClassFixture<OrleansServers>;

public sealed class AttackTests(OrleansServers servers, ITestOutputHelper output)
    : AttackContract(servers, output), IClassFixture<OrleansServers>;

public sealed class AuthorityTests(OrleansServers servers) : AuthorityContract(servers), IClassFixture<OrleansServers>;

public sealed class BindingTests(OrleansServers servers) : BindingContract(servers), IClassFixture<OrleansServers>;

public sealed class DeleteTests(OrleansServers servers) : DeleteContract(servers), IClassFixture<OrleansServers>;

public sealed class CaptchaTests(OrleansServers servers) : CaptchaContract(servers), IClassFixture<OrleansServers>;

public sealed class DeviceLimitTests(OrleansServers servers) : DeviceLimitContract(servers), IClassFixture<OrleansServers>;

public sealed class DevicesTests(OrleansServers servers) : DevicesContract(servers), IClassFixture<OrleansServers>;

public sealed class ErrorTests(OrleansServers servers) : ErrorContract(servers), IClassFixture<OrleansServers>;

public sealed class ExportTests(OrleansServers servers) : ExportContract(servers), IClassFixture<OrleansServers>;

public sealed class ForgeryTests(OrleansServers servers) : ForgeryContract(servers), IClassFixture<OrleansServers>;

public sealed class ForwardAuthTests(OrleansServers servers) : ForwardAuthContract(servers), IClassFixture<OrleansServers>;

public sealed class GuessingTests(OrleansServers servers) : GuessingContract(servers), IClassFixture<OrleansServers>;

public sealed class HeaderTests(OrleansServers servers) : HeaderContract(servers), IClassFixture<OrleansServers>;

public sealed class InputTests(OrleansServers servers, ITestOutputHelper output) : InputContract(servers, output), IClassFixture<OrleansServers>;

public sealed class KeyRotationTests(OrleansServers servers) : KeyRotationContract(servers), IClassFixture<OrleansServers>;

public sealed class LegacyTests(OrleansServers servers) : LegacyContract(servers), IClassFixture<OrleansServers>;

public sealed class LoginTests(OrleansServers servers) : LoginContract(servers), IClassFixture<OrleansServers>;

public sealed class LogoutTests(OrleansServers servers) : LogoutContract(servers), IClassFixture<OrleansServers>;

public sealed class OperationsTests(OrleansServers servers) : OperationsContract(servers), IClassFixture<OrleansServers>;

public sealed class PagesTests(OrleansServers servers) : PagesContract(servers), IClassFixture<OrleansServers>;

public sealed class PageSessionTests(OrleansServers servers) : PageSessionContract(servers), IClassFixture<OrleansServers>;

public sealed class AccessCookieTests(OrleansServers servers) : AccessCookieContract(servers), IClassFixture<OrleansServers>;

public sealed class PasswordTests(OrleansServers servers) : PasswordContract(servers), IClassFixture<OrleansServers>;

public sealed class OracleTests(OrleansServers servers) : OracleContract(servers), IClassFixture<OrleansServers>;

public sealed class ProfileTests(OrleansServers servers) : ProfileContract(servers), IClassFixture<OrleansServers>;

public sealed class RaceTests(OrleansServers servers) : RaceContract(servers), IClassFixture<OrleansServers>;

public sealed class ProxyTests(OrleansServers servers) : ProxyContract(servers), IClassFixture<OrleansServers>;

public sealed class RefreshTests(OrleansServers servers) : RefreshContract(servers), IClassFixture<OrleansServers>;

public sealed class RegistrationTests(OrleansServers servers) : RegistrationContract(servers), IClassFixture<OrleansServers>;

public sealed class RequestBodyTests(OrleansServers servers) : RequestBodyContract(servers), IClassFixture<OrleansServers>;

public sealed class RevocationTests(OrleansServers servers) : RevocationContract(servers), IClassFixture<OrleansServers>;

public sealed class RevocationFeedTests(OrleansServers servers) : RevocationFeedContract(servers), IClassFixture<OrleansServers>;

public sealed class ResourceServerTests(OrleansServers servers) : ResourceServerContract(servers), IClassFixture<OrleansServers>;

public sealed class RevokerTests(OrleansServers servers) : RevokerContract(servers), IClassFixture<OrleansServers>;

public sealed class ServicesTests(OrleansServers servers) : ServicesContract(servers), IClassFixture<OrleansServers>;

public sealed class SettingsTests(OrleansServers servers) : SettingsContract(servers), IClassFixture<OrleansServers>;

public sealed class TokenTests(OrleansServers servers) : TokenContract(servers), IClassFixture<OrleansServers>;

public sealed class MailboxTests(OrleansServers servers) : MailboxContract(servers), IClassFixture<OrleansServers>;

public sealed class MailTests(OrleansServers servers) : MailContract(servers), IClassFixture<OrleansServers>;

public sealed class TotpTests(OrleansServers servers) : TotpContract(servers), IClassFixture<OrleansServers>;

public sealed class PasskeyTests(OrleansServers servers) : PasskeyContract(servers), IClassFixture<OrleansServers>;

public sealed class SecondFactorLoginTests(OrleansServers servers) : SecondFactorLoginContract(servers), IClassFixture<OrleansServers>;

public sealed class UsernameTests(OrleansServers servers) : UsernameContract(servers), IClassFixture<OrleansServers>;

public sealed class VerifyTests(OrleansServers servers) : VerifyContract(servers), IClassFixture<OrleansServers>;
