using AuthCluster.EmbeddedHost;

return await EmbeddedServer.RunAsync(args);
