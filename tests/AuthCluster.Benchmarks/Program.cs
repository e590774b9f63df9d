using AuthCluster.Benchmarks;
using AuthCluster.Benchmarks.ForwardAuth;

// Server and load are processes of their own, started from this same program.
return args switch
{
    ["serve", var algorithm, var users, var directory] => await BenchmarkServer.RunAsync(algorithm, users, directory),
    ["load"] => LoadGenerator.Run(),
    _ => await BenchmarkRun.RunAsync(args),
};
