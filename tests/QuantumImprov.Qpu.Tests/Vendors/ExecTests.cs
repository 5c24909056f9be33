using QuantumImprov.Quantum.Backends;
using QuantumImprov.Qpu.Vendors.Exec;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Vendors;

public sealed class ExecTests
{
    private static async Task<BackendReply> RunAsync(string script, int shots = 10)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script");
        using var scratch = new Scratch();
        var path = scratch.Write("runner", "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return await new ExecBackend(path, 1).RunAsync(Cloud.Asymmetric(0, 1, 2), shots, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("""cat > /dev/null; echo '{"counts": {"001": 7, "100": 3}}'""")]
    [InlineData("""cat > /dev/null; echo '{"001": 7, "100": 3}'""")]
    [InlineData("cat > /dev/null; echo 001 7; echo 100 3")]
    [InlineData("cat > /dev/null; echo 0000001 7; echo; echo 0000100 3")]
    public async Task Counts_are_read_in_any_of_the_forms(string script)
    {
        var counts = Assert.IsType<Counts>(await RunAsync(script));
        Assert.Equal((7, 3, 10), (counts.ByBits[1], counts.ByBits[4], counts.Shots.Length));
    }

    [Fact]
    public async Task The_program_gets_the_circuit_and_the_number_of_shots()
    {
        var counts = Assert.IsType<Counts>(await RunAsync("""grep -q 'x q\[0\];' || exit 9; echo "{\"shots\": [$(for i in $(seq $QUANTUMIMPROV_SHOTS); do printf '"001",'; done | sed 's/,$//')]}" """, 5));
        Assert.Equal(5, counts.ByBits[1]);
    }

    [Theory]
    [InlineData("cat > /dev/null; echo nonsense")]
    [InlineData("cat > /dev/null; echo 001 6")]
    [InlineData("echo 1 >&2; exit 3")]
    [InlineData("""cat > /dev/null; echo '{"counts": {"abc": 10}}'""")]
    public async Task What_is_no_answer_is_refused(string script) => Assert.IsType<Refused>(await RunAsync(script));

    [Fact]
    public async Task A_program_that_is_not_there_is_refused() => Assert.Contains("cannot be run", Assert.IsType<Refused>(await new ExecBackend("/no/such/program", 1).RunAsync(Cloud.Asymmetric(0, 1, 2), 1, TestContext.Current.CancellationToken)).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task A_program_that_hangs_is_ended_when_nobody_waits_any_more()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell command");
        Assert.IsType<Late>(await new ExecBackend("sleep 600", 1).RunAsync(Cloud.Asymmetric(0, 1, 2), 1, stop.Token));
    }
}
