using AuthCluster.Histories;

return await Commands.RunAsync(args);
