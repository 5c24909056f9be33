using System.CommandLine;
using QuantumImprov.Audio;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Repertoire.Shipped;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Pacing;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>demo</c>: the partner against a shipped performance, shown on the terminal as it sounds, left as MIDI and WAV files.</summary>
public static class DemoVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var output = Flags.Text("--out", "DIR", "Folder for demo.mid and demo.wav; default the current one.");
        var seed = Flags.Seed();
        var command = new Command("demo", "Plays the partner against a shipped performance; leaves demo.mid and demo.wav.\n\nExample:\n  quantumimprov demo --out /tmp --seed 4") { output, seed };
        var backend = new BackendFlags(command);
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var folder = MakeFolder(result.GetValue(output) ?? ".");
            var (_, preset) = PresetLibrary.Find(null);
            var chosenSeed = result.GetValue(seed) ?? RespondVerb.DefaultSeed;
            var performance = DemoPerformance.Load();
            var start = performance.Map.At(Beats.Zero);
            var learned = ShippedRepertoire.Learn();
            using var rig = OfflineBank.Open(backend.Backend(result), backend.Budget(result), learned, preset, chosenSeed, performance.Messages.Count(m => m.Message.IsNoteOn), Console.Error);
            using var session = new ImprovSession(new SessionSetup(preset, learned, chosenSeed, start.Tempo, start.Metre, default) { Banked = rig?.Banked, StartedAt = rig?.StartedAt ?? default });
            var origins = new List<(HostTime, string)>();
            session.Handed += (at, note) => origins.Add((at, note.Origin.InWords(session.WallAt(at))));
            var recording = Recording.Of(performance, Progress.Show("playing", progress => VirtualConcert.Play(session, performance, progress)), origins);
            if (rig is not null) Console.Error.WriteLine($"quantumimprov: {BankFilling.InWords(rig)}");
            var (midi, wav) = (Path.Combine(folder, "demo.mid"), Path.Combine(folder, "demo.wav"));
            Performances.Write(midi, recording);
            Progress.Show("rendering", progress => Rendered(recording, preset, wav, progress));
            json.Write(result, new
            {
                midi,
                wav,
                seed = chosenSeed,
                performer_notes = recording.Messages.Count(m => m.Track == 0 && m.Message.IsNoteOn),
                partner_notes = recording.Messages.Count(m => m.Track == 1 && m.Message.IsNoteOn),
                phrases = session.Pipeline.Phrases,
            });
            if (!json.TakesOutput(result)) Show(recording, preset, midi, wav);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Rendered(Performance recording, Engine.Presets.Preset preset, string wav, IProgress<double> progress)
    {
        Sound.Render(recording, preset, wav, progress, Console.Error);
        return wav;
    }

    private static string MakeFolder(string path)
    {
        try
        {
            if (File.Exists(path)) throw new Refusal($"{path} cannot be used as a folder: it is a file.");
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new Refusal($"{path} cannot be used as a folder: {Sentences.Reason(e)}");
        }
    }

    // On a terminal line by line as it sounds, through JACK where a server runs; otherwise all at once.
    private static void Show(Performance recording, Engine.Presets.Preset preset, string midi, string wav)
    {
        var roll = new RollText(recording);
        Console.Out.WriteLine("The performer plays (o), the partner answers (#); low notes left, time goes down, bars are numbered.");
        var player = new Player();
        var onTerminal = !Console.IsOutputRedirected;
        using var jack = onTerminal && JackClient.TryOpen(Options(player, preset), out var client, out _) ? client : null;
        if (onTerminal && jack is null) Console.Out.WriteLine($"No JACK server was found, so this is silent here: listen to {wav}.");
        if (jack is not null) HearOn(jack);
        using var stop = new ManualResetEventSlim();
        using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            stop.Set();
        });
        IHostClock clock = jack is null ? new WallClock(TimeProvider.System) : jack.Clock;
        var origin = clock.Now.PlusSeconds(.3);
        if (jack is not null) HandOver(recording, player, origin);
        for (var line = 0; line < roll.Count; line++)
        {
            var wait = origin.Plus(roll.At(line).Nanoseconds).SecondsSince(clock.Now);
            if (onTerminal && wait > 0 && stop.Wait(TimeSpan.FromSeconds(wait))) break;
            Console.Out.WriteLine(roll.Line(line));
        }

        Console.Out.WriteLine($"Left behind: {midi} and {wav}.");
    }

    private static JackOptions Options(Player player, Engine.Presets.Preset preset) =>
        new() { ClientName = "quantumimprov-demo", Player = player, Synth = rate => Synths.Create(Sound.Choice(preset), rate, out _) };

    private static void HearOn(JackClient jack)
    {
        jack.TryConnect(JackEnd.Left, "system:playback_1", out _);
        jack.TryConnect(JackEnd.Right, "system:playback_2", out _);
    }

    private static void HandOver(Performance recording, Player player, HostTime origin)
    {
        var sounding = new Dictionary<(int Track, int Pitch), PartMessage>();
        foreach (var message in recording.Messages)
        {
            var key = (message.Track, (int)message.Message.Data1);
            if (message.Message.IsNoteOn) sounding[key] = message;
            else if (message.Message.IsNoteOff && sounding.Remove(key, out var on))
            {
                player.TryHand(new PlannedNote(
                    origin.Plus(recording.Map.ToHost(on.At).Nanoseconds),
                    origin.Plus(recording.Map.ToHost(message.At).Nanoseconds),
                    (byte)message.Track,
                    on.Message.Data1,
                    on.Message.Data2,
                    player.Epoch));
            }
        }
    }
}
