using AuthCluster.Contract;

namespace AuthCluster.EmbeddedHost.Tests.Contract;

public sealed class ActivityTests(SharedServers servers) : ActivityContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class AdministrationAccessTests(SharedServers servers) : AdministrationAccessContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class AdministrationTests(SharedServers servers) : AdministrationContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class BindingTests(SharedServers servers) : BindingContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class DeleteTests(SharedServers servers) : DeleteContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class DeviceLimitTests(SharedServers servers) : DeviceLimitContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class DevicesTests(SharedServers servers) : DevicesContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class ErrorTests(SharedServers servers) : ErrorContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class ForgeryTests(SharedServers servers) : ForgeryContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class ForwardAuthTests(SharedServers servers) : ForwardAuthContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class GuessingTests(SharedServers servers) : GuessingContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class HeaderTests(SharedServers servers) : HeaderContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class KeyRotationTests(SharedServers servers) : KeyRotationContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class LoginTests(SharedServers servers) : LoginContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class LogoutTests(SharedServers servers) : LogoutContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class OperationsTests(SharedServers servers) : OperationsContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class PasswordTests(SharedServers servers) : PasswordContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class ProfileTests(SharedServers servers) : ProfileContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class RaceTests(SharedServers servers) : RaceContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class RefreshTests(SharedServers servers) : RefreshContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class RegistrationTests(SharedServers servers) : RegistrationContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class RequestBodyTests(SharedServers servers) : RequestBodyContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class RevocationTests(SharedServers servers) : RevocationContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class SettingsTests(SharedServers servers) : SettingsContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class TokenTests(SharedServers servers) : TokenContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}

public sealed class VerifyTests(SharedServers servers) : VerifyContract(servers)
{
    protected override Task<IRunningServer> StartServerAsync(IReadOnlyDictionary<string, string> settings) => EmbeddedServer.StartAsync(settings);
}
