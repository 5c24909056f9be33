using System.Collections.Immutable;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Storage.Repertoires;
using QuantumImprov.Storage.Tests.Support;
using Xunit;

namespace QuantumImprov.Storage.Tests.Repertoires;

public sealed class RepertoireRoundTripTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_saved_is_loaded_to_the_last_bit()
    {
        var path = _folder["a.repertoire"];
        Any.Content.Sample(
            content =>
            {
                Assert.IsType<RepertoireSave.Saved>(RepertoireFile.Save(path, content));
                var loaded = Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(path)).Content;
                return loaded.Equals(content) && SameBits(loaded.Amplitudes?.Weights, content.Amplitudes?.Weights) && loaded.GetHashCode() == content.GetHashCode();
            },
            iter: 300, threads: 1);
    }

    [Fact]
    public void Contents_that_differ_in_one_place_are_not_equal()
    {
        var note = new LearnedNote(Beats.Zero, Beats.Quarter, new Pitch(60), 64);
        var table = new AmplitudeTable(["a", "b"], 1, [1, 2], [.5, .5], []);
        var content = new RepertoireContent([new LearnedPhrase([note], Metre.Of(3, 4), LearnedPhrase.FromPerformer)], table);
        RepertoireContent[] others =
        [
            content with { Phrases = [] },
            content with { Phrases = [content.Phrases[0] with { Notes = [note with { Velocity = 65 }] }] },
            content with { Phrases = [content.Phrases[0] with { Metre = default }] },
            content with { Phrases = [content.Phrases[0] with { Source = LearnedPhrase.FromFile("x.mid") }] },
            content with { Amplitudes = null },
            content with { Amplitudes = table with { Members = ["a", "c"] } },
            content with { Amplitudes = table with { Classes = 2 } },
            content with { Amplitudes = table with { Weights = [1, 3] } },
            content with { Amplitudes = table with { Tempers = [.5, .4] } },
            content with { Amplitudes = table with { Steps = [1, 0, 0, 1] } },
        ];
        Assert.All(others, other => Assert.NotEqual(content, other));
        Assert.Equal(content, content with { Phrases = [.. content.Phrases], Amplitudes = table with { Weights = [.. table.Weights] } });
    }

    [Fact]
    public void A_folder_that_is_missing_is_made()
    {
        var path = Path.Combine(_folder.Path, "deep", "down", "a.repertoire");
        Assert.IsType<RepertoireSave.Saved>(RepertoireFile.Save(path, RepertoireContent.Empty));
        Assert.Equal(RepertoireContent.Empty, Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(path)).Content);
    }

    [Fact]
    public void A_hundred_thousand_notes_make_a_file_of_less_than_eight_bytes_a_note()
    {
        var content = Large(100_000);
        var saved = Assert.IsType<RepertoireSave.Saved>(RepertoireFile.Save(_folder["a.repertoire"], content));
        Assert.InRange(saved.Bytes, 1, 800_000);
        Assert.Equal(content, Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(_folder["a.repertoire"])).Content);
    }

    [Fact]
    public void Only_the_file_and_its_backup_stay()
    {
        var path = _folder["a.repertoire"];
        for (var i = 0; i < 3; i++) RepertoireFile.Save(path, RepertoireContent.Empty);
        Assert.Equal([path, path + RepertoireFile.BackupExtension], Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_example_of_version_1_is_read_as_long_as_there_is_a_QuantumImprov()
    {
        var loaded = RepertoireFile.Load(Path.Combine(AppContext.BaseDirectory, "Examples", "version-1.repertoire"));
        var content = Assert.IsType<RepertoireLoad.Loaded>(loaded).Content;
        Assert.Equal(ExampleOfVersion1, content);
    }

    internal static RepertoireContent ExampleOfVersion1 { get; } = new(
        [
            new LearnedPhrase(
                [
                    new LearnedNote(Beats.Of(-1, 2), Beats.Of(1, 2), new Pitch(67), 70),
                    new LearnedNote(Beats.Zero, Beats.Of(4, 3), new Pitch(72), 90),
                ],
                Metre.Of(6, 8), LearnedPhrase.FromPerformer),
            new LearnedPhrase([], Metre.Of(4, 4), LearnedPhrase.FromFile("Ländler.mid")),
        ],
        new AmplitudeTable(["pitch", "interval"], 2, [.25, -1.5, 1 / 3d, 0], [.5, .5, .75, 1e-9], []));

    // Played notes, as far as their numbers go: onsets and lengths off the grid, velocities all over.
    internal static RepertoireContent Large(int notes)
    {
        var random = new Quantum.Randomness.Xoshiro(1);
        var phrases = ImmutableArray.CreateBuilder<LearnedPhrase>();
        for (var left = notes; left > 0; left -= 10)
        {
            phrases.Add(new LearnedPhrase(
                [
                    .. Enumerable.Range(0, Math.Min(10, left)).Select(i => new LearnedNote(
                        Beats.Of(i, 2) + new Beats(random.NextInt(1000)), new Beats(5000 + random.NextInt(5000)), new Pitch(55 + random.NextInt(25)), (byte)(40 + random.NextInt(60)))),
                ],
                default, LearnedPhrase.FromPerformer));
        }

        return new RepertoireContent(phrases.ToImmutable(), null);
    }

    private static bool SameBits(ImmutableArray<double>? a, ImmutableArray<double>? b) =>
        (a ?? []).Select(BitConverter.DoubleToInt64Bits).SequenceEqual((b ?? []).Select(BitConverter.DoubleToInt64Bits));
}
