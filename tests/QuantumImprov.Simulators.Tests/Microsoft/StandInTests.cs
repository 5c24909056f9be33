using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Simulators.Microsoft;
using Xunit;

namespace QuantumImprov.Simulators.Tests.Microsoft;

/// <summary>The same with the stand-in, so that loading, calling and taking apart are tested everywhere.</summary>
public sealed class StandInTests : CrossCheckContract
{
    [Fact]
    public void A_file_that_is_not_there_or_is_no_such_library_is_told_in_a_sentence()
    {
        Assert.False(SimulatorLibrary.TryLoad("nowhere.so", out _, out var reason));
        Assert.StartsWith("Microsoft's simulator is not at nowhere.so.", reason, StringComparison.Ordinal);
        using var scratch = new Scratch();
        scratch.Write("text.so", "no library");
        Assert.False(SimulatorLibrary.TryLoad(scratch["text.so"], out _, out reason));
        Assert.Contains("text.so", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", reason, StringComparison.Ordinal);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Another library to try is known on Linux only.");
        Assert.False(SimulatorLibrary.TryLoad(LibraryOfC(), out _, out reason));
        Assert.Contains("it lacks", reason, StringComparison.Ordinal);
        Assert.Contains("allocateQubit", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_shots_and_what_cannot_run_is_refused()
    {
        var library = Library();
        var circuit = new CircuitBuilder(3, 3).H(0).CX(0, 1).RY(1, 2).MeasureAll().Build();
        var first = (Counts)await new MicrosoftBackend(library, new Xoshiro(7)).RunAsync(circuit, 50, TestContext.Current.CancellationToken);
        var second = (Counts)await new MicrosoftBackend(library, new Xoshiro(7)).RunAsync(circuit, 50, TestContext.Current.CancellationToken);
        Assert.Equal(first.Shots, second.Shots);
        var backend = new MicrosoftBackend(library, new Xoshiro(7));
        Assert.Contains("0 shots", Assert.IsType<Refused>(await backend.RunAsync(circuit, 0, TestContext.Current.CancellationToken)).Reason, StringComparison.Ordinal);
        Assert.Contains("40 qubits", Assert.IsType<Refused>(await backend.RunAsync(new CircuitBuilder(40).H(39).Build(), 1, TestContext.Current.CancellationToken)).Reason, StringComparison.Ordinal);
        Assert.IsType<Late>(await backend.RunAsync(circuit, 10, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Simulators_on_several_threads_do_not_disturb_each_other()
    {
        var library = Library();
        var circuit = new CircuitBuilder(2, 2).H(0).CX(0, 1).Gate("reset", 0).H(0).MeasureAll().Build();
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () => (Counts)await new MicrosoftBackend(library, new Xoshiro((ulong)i)).RunAsync(circuit, 500))));
        Assert.All(runs, run => Assert.Equal(500, run.ByBits.Values.Sum()));
    }

    protected override SimulatorLibrary Library() => StandIn.Load();

    private static string LibraryOfC() => File.ReadLines("/proc/self/maps").Select(line => line.Split(' ')[^1]).First(path => path.Contains("/libc.so", StringComparison.Ordinal));
}
