using AuthCluster.Http.Commands;
using AuthCluster.OrleansHost;

return await CommandLine.RunAsync(
    args, "AuthCluster: one node of a cluster.", ClusterServer.RunAsync, ImportCommand.Create(), StorageCommand.Create());
