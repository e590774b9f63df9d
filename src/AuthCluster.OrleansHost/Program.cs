using AuthCluster.OrleansHost;

return await ClusterServer.RunAsync(args);
