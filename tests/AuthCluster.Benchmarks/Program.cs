Console.WriteLine("AuthCluster benchmarks");
