using QuantumImprov.Engine.Session;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Shots;
using QuantumImprov.Plugin.Tests.Processing;
using QuantumImprov.Plugin.Tests.Shots;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>Shots in the published library, with its worker, in every format.</summary>
[Collection(nameof(OneHome))]
public sealed class HostedShotTests : IDisposable
{
    private const long Second = Song.Rate;

    private readonly Scratch _scratch = new();

    public static TheoryData<string> Formats => ["clap", "lv2", "vst3"];

    public void Dispose()
    {
        PluginLibrary.SetEnvironment(DataPlace.OverrideVariable, Path.Combine(Path.GetTempPath(), "no-data-for-plugin-tests"), 1);
        _scratch.Dispose();
    }

    private string Hand(string format, int shots)
    {
        PluginLibrary.Need(format);
        // The first export loads the library, and says that there is no data folder.
        PluginLibrary.Allocated(format);
        PluginLibrary.SetEnvironment(DataPlace.OverrideVariable, _scratch.Home, 1);
        return Handed.Write(_scratch.Home, Handed.Bank(shots));
    }

    private static void Set(HostRig rig, Parameter parameter, double value) => rig.Process(1, [new HostedEvent(0, default, ParameterTable.IndexOf(parameter), value)]);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Shots_choose_and_neither_the_blocks_nor_the_worker_allocate(string format)
    {
        var path = Hand(format, 3_000);
        var left = Handed.Left(path);
        using var rig = HostRig.Make(format);
        rig.Activate();
        var song = Song.Phrases(11, 160, longest: 40);
        Set(rig, ParameterTable.Shots, 1);
        Wait.Until(() => Handed.Left(path) < left, () => "the worker's first claim");
        var (before, collections) = (rig.Allocated, PluginLibrary.Collections(format));
        // In pieces, so that the worker comes to its turn; music goes much faster than time here.
        for (var at = 1L; at < 160 * Second; at += 4 * Second)
        {
            rig.Play(song, at, at + (4 * Second), () => 128);
            Thread.Yield();
        }

        Assert.InRange(rig.Told[ParameterTable.NotesByShots.Id], .01, 1);
        Assert.InRange(rig.Told[ParameterTable.ShotsLeft.Id], 1, left - 200);
        var (shown, last) = (rig.Told[ParameterTable.ShotsLeft.Id], 170 * Second);
        Set(rig, ParameterTable.Shots, 0);
        // What only shows something is not moved by hosts, and no state holds it.
        Set(rig, ParameterTable.ShotsLeft, 5);
        rig.Play(song, last, last + Second, () => 128);
        Assert.Equal((0, shown), (rig.Told[ParameterTable.NotesByShots.Id], rig.Told[ParameterTable.ShotsLeft.Id]));
        Assert.Equal(0, rig.Allocated - before);
        Assert.Equal(collections, PluginLibrary.Collections(format));
        rig.Deactivate();
        Assert.Equal(0, rig.Allocated - before);
        var used = left - Handed.Left(path);
        Assert.Equal(left - used, shown);
        Assert.True(used > 200, $"{used} shots were used");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void However_often_instances_come_and_go_unused_shots_are_all_given_back(string format)
    {
        var path = Hand(format, 500);
        var left = Handed.Left(path);
        using var first = HostRig.Make(format);
        using var second = HostRig.Make("clap");
        var random = new Random(2);
        for (var i = 0; i < 25; i++)
        {
            first.Activate(i % 3 == 0 ? 44_100 : 48_000);
            second.Activate();
            Set(first, ParameterTable.Shots, 1);
            Set(second, ParameterTable.Shots, i % 2);
            for (var block = random.Next(20); block > 0; block--) first.Process(random.Next(1, 600), []);
            if (i % 5 == 0) Wait.Until(() => Handed.Left(path) < left, () => "a claim");
            first.Deactivate();
            if (i % 4 != 0) second.Deactivate();
            else second.Activate();
            second.Deactivate();
        }

        Assert.Equal(left, Handed.Left(path));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_damaged_file_or_one_that_somebody_holds_leaves_the_notes_to_the_simulator(string format)
    {
        var path = Hand(format, 100);
        var whole = File.ReadAllBytes(path);
        var song = Song.Phrases(3, 12);
        foreach (var content in (byte[][])[whole[..(whole.Length / 3)], [.. "QIBANK03"u8, .. whole[8..]], new byte[5_000], whole])
        {
            File.WriteAllBytes(path, content);
            var held = content == whole ? ShotFile.Open(path) : null;
            held?.TryEnter();
            using var rig = HostRig.Make(format);
            rig.Activate();
            Set(rig, ParameterTable.Shots, 1);
            Assert.Contains(rig.Play(song, 1, 16 * Second, () => 512), m => m.Message.IsNoteOn);
            rig.Deactivate();
            held?.Leave();
            held?.Dispose();
            Assert.Equal(content, File.ReadAllBytes(path));
        }
    }
}
