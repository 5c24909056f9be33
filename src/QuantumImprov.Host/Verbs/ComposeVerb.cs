using System.Collections.Immutable;
using System.CommandLine;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Terminal;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>compose --learn FILE --bars N --out OUT.mid</c>: learns files and writes new music from them.</summary>
public static class ComposeVerb
{
    private const int MostBars = 10_000, MostVariations = 1000;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var learn = Flags.Texts("--learn", "FILE|FOLDER", "A MIDI file, or a folder of them, to learn from.");
        learn.Required = true;
        var bars = Flags.Whole("--bars", "N", 1, MostBars, "How many bars to write.");
        bars.Required = true;
        var output = new Option<string>("--out") { Description = "The file to write; further variations are numbered OUT-2.mid, OUT-3.mid ...", HelpName = "OUT.mid", Required = true };
        var continued = Flags.Text("--continue", "FILE.mid", "Go on where this piece ends; it becomes the performer track.");
        var tempo = Flags.TempoFlag("Tempo of the piece; default that of --continue or of the first file learned, else 120.");
        var metre = Flags.MetreFlag("Metre of the piece; default that of --continue or of the first file learned, else 4/4.");
        var variations = Flags.Whole("--variations", "N", 1, MostVariations, "How many pieces to write, each from a seed of its own; default 1.");
        var wav = Flags.Text("--wav", "FILE", "Also write the sound; further variations are numbered alike.");
        var presetName = Flags.Text("--preset", "NAME|FILE", $"How to play; default {PresetLibrary.Default}.");
        var repertoire = Flags.Text("--repertoire", "FILE", "Start from this repertoire instead of the shipped one.");
        var seed = Flags.Seed();
        var command = new Command("compose", "Learns MIDI files and writes new music from them.\n\nExample:\n  quantumimprov compose --learn tunes/ --bars 16 --out piece.mid --wav piece.wav --seed 3")
        {
            learn, bars, output, continued, tempo, metre, variations, wav, presetName, repertoire, seed,
        };
        var backend = new BackendFlags(command);
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var (_, preset) = PresetLibrary.Find(result.GetValue(presetName));
            var learned = Repertoires.Load(result.GetValue(repertoire));
            var paths = result.GetValue(learn)!;
            var models = Progress.Show("learning", progress => Repertoires.Learn(learned, paths, preset, progress, Console.Error));
            var (head, map) = Opening(result.GetValue(continued), Performances.Find(paths[0])[0], result.GetValue(tempo), result.GetValue(metre));
            var line = head is null ? null : ListenTo(learned, head, preset);
            var start = head is null ? Beats.Zero : NextBar(map, head.End);
            var firstSeed = result.GetValue(seed) ?? RespondVerb.DefaultSeed;
            var count = result.GetValue(variations) ?? 1;
            using var rig = OfflineBank.Open(backend.Backend(result), backend.Budget(result), learned, preset, firstSeed, 8 * result.GetValue(bars)!.Value * count, Console.Error);
            var pieces = Progress.Show("composing", progress =>
            {
                var written = new List<Piece>();
                for (var i = 0; i < count; i++)
                {
                    var pieceSeed = firstSeed + (ulong)i;
                    var notes = Composition.Compose(learned, preset, models, line, result.GetValue(bars)!.Value, start, map.At(start), pieceSeed, rig?.Banked);
                    var piece = new Piece(Numbered(result.GetValue(output)!, i), result.GetValue(wav) is { } w ? Numbered(w, i) : null, pieceSeed, notes.Length);
                    var recording = AsRecording(head, map, notes, preset, start + map.At(start).Metre.Bar * result.GetValue(bars)!.Value, rig);
                    Performances.Write(piece.Out, recording);
                    if (piece.Wav is not null) Sound.Render(recording, preset, piece.Wav, null, Console.Error);
                    written.Add(piece);
                    progress.Report((i + 1) / (double)count);
                }

                return written;
            });
            if (rig is not null) Console.Error.WriteLine($"quantumimprov: {BankFilling.InWords(rig)}");
            json.Write(result, new { preset = preset.Name, bars = result.GetValue(bars), learned_phrases = models.Length, learned_notes = models.Sum(m => m.Notes.Length), pieces });
            if (!json.TakesOutput(result))
            {
                foreach (var piece in pieces) Console.Out.WriteLine($"{piece.Out}: {result.GetValue(bars)} bars, {piece.Notes} notes, from {models.Sum(m => m.Notes.Length)} learned, seed {piece.Seed}.");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    // The piece to go on from, if any, and the tempo and metre of what is written.
    private static (Performance? Head, TempoMap Map) Opening(string? continued, string firstLearned, double? tempo, Metre? metre)
    {
        if (continued is not null)
        {
            var head = Performances.Read(continued, tempo, metre, Console.Error);
            return (head, head.Map);
        }

        TempoMap? found = null;
        try
        {
            found = Performances.Read(firstLearned, null, null, TextWriter.Null).Map;
        }
        catch (Refusal)
        {
            // It was told already when it was learned; the defaults serve.
        }

        var first = (found ?? TempoMap.Default).At(Beats.Zero);
        return (null, new TempoMap(
            [new TempoChange(Beats.Zero, tempo is null ? first.Tempo : Tempo.FromBpm(tempo.Value))],
            [new MetreChange(Beats.Zero, metre ?? first.Metre)]));
    }

    private static MelodicLine ListenTo(LearnedMusic learned, Performance head, Preset preset)
    {
        foreach (var phrase in PhraseReading.Read(head, preset.Melody, preset.Gap, LearnedPhrase.FromPerformer))
        {
            foreach (var note in phrase.Notes) learned.Hear(new TimedPitch((byte)note.Pitch.Number, note.TimeIn(phrase.Metre)));
        }

        return learned.Performer;
    }

    private static Beats NextBar(TempoMap map, Beats end)
    {
        var timeline = map.At(end);
        return timeline.BarOrigin + (end - timeline.BarOrigin).Ceiling(timeline.Metre.Bar);
    }

    private static Performance AsRecording(Performance? head, TempoMap map, ImmutableArray<AheadNote> notes, Preset preset, Beats end, BankRig? rig)
    {
        var partner = notes.SelectMany(n => new[]
        {
            new PartMessage(n.On, 1, ShortMessage.NoteOn(Channel(n), n.Pitch, n.Velocity)),
            new PartMessage(n.Off, 1, ShortMessage.NoteOff(Channel(n), n.Pitch)),
        });
        return new Performance
        {
            Map = map,
            StatesTempo = true,
            StatesMetre = true,
            TrackNames = [Recording.PerformerTrack, Recording.PartnerTrack],
            Texts = rig is null ? [] : [.. notes.Select(n => new PartText(n.On, 1, n.Origin.InWords(rig.StartedAt)))],
            Messages = [.. (head?.Messages.Select(m => m with { Track = 0 }) ?? []).Concat(partner).OrderBy(m => m.At).ThenBy(m => m.Message.IsNoteOn)],
            End = end,
        };

        int Channel(AheadNote note) => (note.Voice == 0 ? preset.Channel : preset.Voice(note.Voice + 1).Channel) - 1;
    }

    private static string Numbered(string path, int index) => index == 0
        ? path
        : Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{index + 1}{Path.GetExtension(path)}");

    private sealed record Piece(string Out, string? Wav, ulong Seed, int Notes);
}
