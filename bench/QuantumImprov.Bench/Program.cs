using QuantumImprov.Bench.Endings;
using QuantumImprov.Bench.Learning;
using QuantumImprov.Bench.Ratios;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Shipped;

// What a fresh install knows of its members, learned anew: to be run when a member or a shipped tune has changed.
if (args is ["amplitudes", var file])
{
    var learned = LearnedMusic.From(new RepertoireContent(ShippedRepertoire.Phrases, null));
    File.WriteAllText(file, new ShippedAmplitudes(learned.ToContent().Amplitudes!, [.. learned.Amplitudes.Moments()]).Write());
    return 0;
}

if (args is ["endings", var calls, var ends]) return EndingBench.Run(calls, ends);
if (args is ["learning", .. var amount]) return LearningBench.Run(amount);
if (args is ["ratios", .. var rest]) return RatioBench.Run(rest);
BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
