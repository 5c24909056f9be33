using QuantumImprov.Bench.Ratios;

if (args is ["ratios", .. var rest]) return RatioBench.Run(rest);
BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
