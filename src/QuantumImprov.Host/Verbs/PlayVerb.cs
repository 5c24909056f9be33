using System.CommandLine;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Live;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Terminal;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>play</c>, also when no verb is given: a live session.</summary>
public static class PlayVerb
{
    private const double LongestSeconds = 1_000_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Gives <paramref name="command"/> the flags and the action of <c>play</c>: the verb itself, and the program without a verb.</summary>
    public static void Attach(Command command)
    {
        var preset = Flags.Text("--preset", "NAME|FILE", $"How to play; default {PresetLibrary.Default}.");
        var midiIn = Flags.Texts("--midi-in", "NAME", "A MIDI port to listen to; * stands for any text.");
        var midiOut = Flags.Texts("--midi-out", "NAME", "A MIDI port to play to; * stands for any text.");
        var connect = Flags.Texts("--connect", "NAME", "A MIDI port to connect whenever it comes, whichever way it goes; * stands for any text.");
        var session = Flags.Text("--session", "FILE", "Remember in this file which JACK ports are connected, and connect them again.");
        var thru = Flags.Texts("--thru", "CHANNEL[:TO]", "Pass what you play on this channel (or all) through to the output, on its own channel or another.");
        var jackServer = Flags.Text("--jack-server", "NAME", "The JACK server; default the one JACK names.");
        var audioOut = Flags.Text("--audio-out", "NAME", "Where sound does not go through JACK, the sound device; * stands for any text; asio:NAME is an ASIO driver; default the system's.");
        var audioBuffer = Flags.Number("--audio-buffer", "MS", 1, 200, "The sound device's buffer; default 10.");
        var audioExclusive = Flags.Switch("--audio-exclusive", "Take the sound device for this program alone.");
        var latency = Flags.Number("--latency", "MS", 0, LatencyTable.MostMs, "How much earlier planned notes are sent, because what is played to sounds late; 0 = not at all; default what measure calibrate has written for it.");
        var repertoire = Flags.Text("--repertoire", "FILE", "Learn into and from this file; default the session's own.");
        var controller = Flags.Text("--controller", "FILE", "Controller profile: which knobs, pads and pedals do what; what is learned is kept there; default the built-in one.");
        var tempo = Flags.TempoFlag("Tempo in quarter notes a minute; default found from the playing.");
        var metre = Flags.MetreFlag("Metre; default 4/4.");
        var chords = Flags.Text("--chords", "FILE", ChordCharts.Help);
        var noTransport = Flags.Switch("--no-transport", "Do not keep with JACK's transport while it runs.");
        var clockOut = Flags.Switch("--clock-out", "Send a MIDI clock: 24 ticks a quarter, start on a bar line, stop at the end.");
        var seed = Flags.Seed();
        var record = Flags.Text("--record", "DIR", "Folder for the recording; default the data folder's sessions.");
        var duration = Flags.Number("--for", "SECONDS", 0, LongestSeconds, "Stop after this long; default when asked to.");
        var noStage = Flags.Switch("--no-stage", "Do not serve the page.");
        var noOpen = Flags.Switch("--no-open", "Do not open the page in a browser.");
        var stagePort = Flags.Whole("--stage-port", "N", 0, 65535, "Port of the page; 0 = any free one; default 5170.");
        var listen = Flags.Text("--listen", "ADDRESS", "Let other machines open the page as well, on this address of this machine (0.0.0.0: all), by HTTPS and a token that is shown at the start.");
        foreach (var option in new Option[] { preset, midiIn, midiOut, connect, session, thru, jackServer, audioOut, audioBuffer, audioExclusive, latency, repertoire, controller, tempo, metre, chords, noTransport, clockOut, seed, record, duration, noStage, noOpen, stagePort, listen }) command.Options.Add(option);
        var backend = new BackendFlags(command);
        command.SetAction(result => Run(new LiveOptions
        {
            Preset = result.GetValue(preset),
            MidiIn = result.GetValue(midiIn) ?? [],
            MidiOut = result.GetValue(midiOut) ?? [],
            Thru = ThroughRoute.Read(result.GetValue(thru) ?? []),
            Connect = result.GetValue(connect) ?? [],
            Session = result.GetValue(session),
            JackServer = result.GetValue(jackServer),
            AudioOut = result.GetValue(audioOut),
            AudioBuffer = result.GetValue(audioBuffer) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
            AudioExclusive = result.GetValue(audioExclusive),
            Latency = result.GetValue(latency),
            Repertoire = result.GetValue(repertoire),
            Controller = result.GetValue(controller),
            Tempo = result.GetValue(tempo),
            Metre = result.GetValue(metre),
            Chart = ChordCharts.Read(result.GetValue(chords)),
            FollowsTransport = !result.GetValue(noTransport),
            ClockOut = result.GetValue(clockOut),
            Seed = result.GetValue(seed),
            Record = result.GetValue(record),
            For = result.GetValue(duration) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Stage = !result.GetValue(noStage),
            Open = !result.GetValue(noOpen),
            StagePort = result.GetValue(stagePort) ?? 5170,
            Listen = result.GetValue(listen),
            Backend = backend.Backend(result),
            Budget = backend.Budget(result),
        }));
    }

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("play", "Plays with you: listens, learns, answers. This is also what happens without a verb.\n\nKeys: space = silence everything, m = mute, o = the partner takes over, a = listen to the MIDI port that was offered, e = my phrase is over, v = draw the answer anew, x = stop and begin anew, t = tap the tempo, y = follow the next of whoever keeps the time, nobody, a MIDI clock and JACK's transport, j = let JACK's transport roll or stop, p = next preset, f = forget the phrase being played or else the last, l = I like it (again: no longer), 1 to 9 = keep only your last phrases, so many, C = back to a fresh install, u = undo, z = learn nothing, s = store what is known, r = recall what was stored, [ and ] = the repertoire before and after, q = quit.\n\nExample:\n  quantumimprov play --preset answer --midi-in \"system:midi_capture_*\" --tempo 120");
        Attach(command);
        return command;
    }

    private static int Run(LiveOptions options)
    {
        using var stop = new ManualResetEventSlim();
        using var signals = new StopSignals(stop.Set);
        System.Runtime.GCSettings.LatencyMode = System.Runtime.GCLatencyMode.SustainedLowLatency;
        var play = new LivePlay(options, TimeProvider.System);
        foreach (var sentence in play.Opening) Console.Out.WriteLine(sentence);
        if (play.Stage?.FarUrls is [var first, ..] && !Console.IsOutputRedirected) Console.Out.WriteLine(QrCode.Of(first));
        Console.Out.WriteLine($"Preset {play.Preset.Name}, seed {play.Seed}. Play a phrase and pause: the partner answers.");
        Console.Out.Flush();
        if (options.Open && play.Stage is { } stage) Desktop.TryOpen(stage.Url);
        var began = TimeProvider.System.GetTimestamp();
        var keys = !Console.IsInputRedirected;

        bool Turn()
        {
            play.Tend();
            if (keys) ReadKeys(play, stop);
            var left = options.For is { } length ? length - TimeProvider.System.GetElapsedTime(began) : Timeout.InfiniteTimeSpan;
            if (options.For is not null && left <= TimeSpan.Zero) return false;
            return !stop.Wait(left > TimeSpan.Zero && left < Tick ? left : Tick);
        }

        if (Console.IsOutputRedirected)
        {
            // What goes wrong is told when it begins, once; what the opening said already is not said again.
            var told = play.Trouble is not null;
            string? news = null;
            while (Turn())
            {
                var trouble = play.Trouble;
                if (trouble is not null && !told)
                {
                    Console.Out.WriteLine(trouble);
                    Console.Out.Flush();
                }

                told = trouble is not null;
                if (ReferenceEquals(news, play.News)) continue;
                news = play.News;
                Console.Out.WriteLine(news);
                Console.Out.Flush();
            }
        }
        else LiveScreen.Show(play, Turn);

        foreach (var sentence in play.Close()) Console.Out.WriteLine(sentence);
        return ExitCodes.Done;
    }

    private static void ReadKeys(LivePlay play, ManualResetEventSlim stop)
    {
        while (Console.KeyAvailable)
        {
            if (!LiveKeys.Press(Console.ReadKey(intercept: true).KeyChar, play)) stop.Set();
        }
    }
}
