using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Storage.Crash;
using QuantumImprov.Storage.Repertoires;
using QuantumImprov.Storage.Tests.Support;
using Xunit;

namespace QuantumImprov.Storage.Tests.Repertoires;

public sealed class RepertoireCrashTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public RepertoireCrashTests() => _path = _folder["a.repertoire"];

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Steps => [.. Enum.GetValues<SaveStep>().Cast<int>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Dying_after_any_step_leaves_the_former_or_the_new_content(int step)
    {
        var (former, next, last) = (Named("former"), Named("next"), Named("last"));
        RepertoireFile.Save(_path, Named("oldest"));
        RepertoireFile.Save(_path, former);

        Assert.Throws<DyingException>(() => RepertoireFile.Save(_path, next, after => Die(after == (SaveStep)step)));

        var found = Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(_path)).Content;
        Assert.Equal(step >= (int)SaveStep.FileReplaced ? next : former, found);
        var backup = Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(_path + RepertoireFile.BackupExtension)).Content;
        Assert.Equal(step >= (int)SaveStep.FormerKept ? former : Named("oldest"), backup);

        Assert.IsType<RepertoireSave.Saved>(RepertoireFile.Save(_path, last));
        Assert.Equal(last, Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(_path)).Content);
        Assert.Equal([_path, _path + RepertoireFile.BackupExtension], Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Torn_temporary_files_of_dead_processes_are_cleared_away_and_those_of_others_are_not()
    {
        const int nobody = int.MaxValue;
        string[] stale = [$"{_path}.{nobody}.tmp", $"{_path}.bak.{nobody}.tmp"];
        string[] kept = [$"{_path}.1.tmp", $"{_path}.mine.tmp"];
        foreach (var file in stale.Concat(kept)) File.WriteAllText(file, "quantumimprov-repertoire 1 sha");
        if (!OperatingSystem.IsLinux()) Assert.Skip("Process 1 always runs only on Linux.");
        RepertoireFile.Save(_path, RepertoireContent.Empty);
        Assert.All(stale, file => Assert.False(File.Exists(file)));
        Assert.All(kept, file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public async Task A_process_killed_while_it_saves_leaves_the_last_or_the_next_content()
    {
        var random = new Xoshiro(5);
        for (var round = 0; round < 6; round++)
        {
            using var child = CrashProcess.Start("repertoire", _path);
            var last = -1;
            for (var wanted = 1 + random.NextInt(6); last < wanted;) last = int.Parse((await child.ReadLineAsync()).Split(' ')[0]);

            // Some part of the next save passes before the kill.
            for (var spin = random.NextInt(3_000_000); spin > 0; spin--) Thread.SpinWait(1);
            last = Math.Max(last, await child.KillAsync() is { Count: > 0 } rest ? int.Parse(rest[^1].Split(' ')[0]) : last);

            var found = Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(_path)).Content;
            Assert.Contains(found, new[] { CrashSamples.Content(last), CrashSamples.Content(last + 1) });
        }
    }

    private static RepertoireContent Named(string name) => new([new LearnedPhrase([], default, name)], null);

    private static void Die(bool now)
    {
        if (now) throw new DyingException();
    }

    private sealed class DyingException : Exception;
}
