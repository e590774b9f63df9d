using AuthCluster.EmbeddedHost;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Hosting;

return await CommandLine.RunAsync(
    args,
    "AuthCluster: session authentication in one process.",
    EmbeddedServer.RunAsync,
    AdminCommand.Create(StoppedServer.OpenAsync),
    KeysCommand.Create(StoppedServer.OpenAsync),
    ConfigCommand.Create(settings => ServerBuilder.Create(settings).Configuration),
    DoctorCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    ExportCommand.Create());
