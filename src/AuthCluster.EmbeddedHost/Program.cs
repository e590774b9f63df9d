using AuthCluster.EmbeddedHost;
using AuthCluster.Http.Commands;

return await CommandLine.RunAsync(args, "AuthCluster: session authentication in one process.", EmbeddedServer.RunAsync, ExportCommand.Create());
