using System.CommandLine;
using AuthCluster.EmbeddedHost;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Hosting;
using AuthCluster.Imports;

var isNew = new Option<bool>("--new") { Description = "Begin anew where the database is lost." };

return await CommandLine.RunAsync(
    args,
    "AuthCluster: session authentication in one process.",
    parsed => EmbeddedServer.RunAsync(CommandLine.SettingsOf(parsed), parsed.GetValue(isNew)),
    [isNew],
    AdminCommand.Create(StoppedServer.OpenAsync),
    KeysCommand.Create(StoppedServer.OpenAsync),
    UsersCommand.Create(StoppedServer.OpenAsync),
    ConfigCommand.Create(settings => ServerBuilder.Create(settings).Configuration),
    DoctorCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    ExportCommand.Create());
