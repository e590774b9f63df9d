using AuthCluster.Http.Commands;
using AuthCluster.Http.Hosting;
using AuthCluster.Imports;
using AuthCluster.OrleansHost;
using AuthCluster.OrleansHost.Settings;

return await CommandLine.RunAsync(
    args,
    "AuthCluster: one node of a cluster.",
    parsed => ClusterServer.RunAsync(CommandLine.SettingsOf(parsed)),
    [],
    AdminCommand.Create(ClusterClient.OpenAsync),
    KeysCommand.Create(ClusterClient.OpenAsync),
    UsersCommand.Create(ClusterClient.OpenAsync),
    ConfigCommand.Create(settings => ServerBuilder.Create(settings).Configuration, (NodeOptions.Section, new NodeOptions())),
    ImportCommand.Create(),
    ClusterCommand.Create(),
    StorageCommand.Create());
