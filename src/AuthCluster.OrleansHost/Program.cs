using AuthCluster.OrleansHost;

return args is ["import", .. var options] ? await ImportCommand.RunAsync(options) : await ClusterServer.RunAsync(args);
