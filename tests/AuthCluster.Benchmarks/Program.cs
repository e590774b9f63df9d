using AuthCluster.Benchmarks;
using AuthCluster.Benchmarks.Floods;
using AuthCluster.Benchmarks.ForwardAuth;

// Server and load are processes of their own, started from this same program.
return args switch
{
    ["serve", var algorithm, var users, var directory, .. var proxies] => await BenchmarkServer.RunAsync(algorithm, users, directory, proxies),
    ["load"] => LoadGenerator.Run(),
    ["paced"] => PacedLoad.Run(),
    ["flood"] => await LoginFlood.RunAsync(),
    _ => await BenchmarkRun.RunAsync(args),
};
