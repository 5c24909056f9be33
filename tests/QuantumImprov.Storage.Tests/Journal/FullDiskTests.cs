using System.Diagnostics;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Storage.Repertoires;
using QuantumImprov.Storage.Tests.Repertoires;
using QuantumImprov.Storage.Tests.Support;
using Xunit;

namespace QuantumImprov.Storage.Tests.Journal;

/// <summary>A disk that is really full: a file system of 256 KiB in memory.</summary>
public sealed class FullDiskTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();
    private readonly string _disk;
    private bool _mounted;

    public FullDiskTests() => _disk = _folder["disk"];

    public void Dispose()
    {
        if (_mounted) Run("umount", _disk);
        _folder.Dispose();
    }

    [Fact]
    public void A_journal_on_a_full_disk_waits_for_space_and_loses_nothing()
    {
        MountOrSkip();
        using var journal = new SessionFolder(_disk, TimeProvider.System).Start(Recorded.AnyHeader);
        using var failed = new ManualResetEventSlim();
        using var recovered = new ManualResetEventSlim();
        journal.StatusChanged += status => (status.IsWriting ? recovered : failed).Set();
        Fill();
        for (var i = 0; i < 1000; i++) journal.Write(Message(i));
        Assert.True(failed.Wait(Longest, TestContext.Current.CancellationToken));
        Assert.False(journal.Flush(Longest));
        Assert.Contains("the disk is full; the performance goes on, 1000 entries wait and nothing was lost.", journal.Status.Sentence);

        File.Delete(Path.Combine(_disk, "filler"));
        for (var i = 1000; i < 1100; i++) journal.Write(Message(i));
        Assert.True(recovered.Wait(Longest, TestContext.Current.CancellationToken));
        Assert.True(journal.Close());
        Assert.Contains("written again; nothing was lost", journal.Status.Sentence);
        var read = Assert.IsType<JournalReading.Recovered>(JournalReader.Read(journal.Path)).Session;
        Assert.Equal(1100, read.Performer.Length);
        Assert.Equal(new JournalDamage(0, 0, 0, 0, 0), read.Damage);
        Assert.True(read.ClosedProperly);
    }

    [Fact]
    public void A_repertoire_that_finds_no_room_leaves_the_former_one()
    {
        MountOrSkip();
        var path = Path.Combine(_disk, "a.repertoire");
        var former = RepertoireContent.Empty with { Phrases = [new LearnedPhrase([], default, "former")] };
        Assert.IsType<RepertoireSave.Saved>(RepertoireFile.Save(path, former));
        Fill();
        Assert.Contains("the disk is full", Assert.IsType<RepertoireSave.NotSaved>(RepertoireFile.Save(path, RepertoireRoundTripTests.Large(1000))).Sentence);
        Assert.Equal(former, Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(path)).Content);
        Assert.Equal(2, Directory.GetFiles(_disk).Length);
    }

    private static JournalEntry Message(int number) =>
        JournalEntry.FromPerformer(new TimedMessage(Recorded.AnyHeader.ClockOrigin.Plus(number), ShortMessage.NoteOn(0, 60, 64)));

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        return process!.WaitForExit(Longest) && process.ExitCode == 0;
    }

    private void MountOrSkip()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("Mounting a small file system takes Linux and root.");
        Directory.CreateDirectory(_disk);
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _disk);
        if (!_mounted) Assert.Skip("This system does not let even root mount a file system.");
    }

    private void Fill()
    {
        using var filler = File.OpenHandle(Path.Combine(_disk, "filler"), FileMode.Create, FileAccess.Write);
        var page = new byte[4096];
        try
        {
            for (long at = 0; ; at += page.Length) RandomAccess.Write(filler, page, at);
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
