using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Host.Live;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace QuantumImprov.Host.Terminal;

/// <summary>What a live session shows on a terminal: whose turn it is, the plan, the state of things, the keys. Drawn from snapshots, ten times a second.</summary>
public static class LiveScreen
{
    private static readonly LiveSettings Usual = LiveSettings.Of(new Preset());

    /// <summary>Draws <paramref name="play"/> until <paramref name="tick"/> says that it is over; <paramref name="tick"/> is called between two pictures.</summary>
    public static void Show(LivePlay play, Func<bool> tick)
    {
        AnsiConsole.Live(Picture(play)).AutoClear(false).Start(context =>
        {
            while (tick())
            {
                context.UpdateTarget(Picture(play));
                context.Refresh();
            }
        });
    }

    private static Rows Picture(LivePlay play)
    {
        var snapshot = play.Engine.Snapshot;
        var (words, colour) = snapshot.Turn switch
        {
            Turn.Listening => ("LISTENING", "deepskyblue1"),
            Turn.Answering => ("ANSWERING", "orange1"),
            _ => ("YOUR TURN", "grey"),
        };
        var lines = new List<IRenderable>
        {
            new Markup($"[bold {colour}]{words,-10}[/]  {Switches(snapshot)}{Markup.Escape(snapshot.Plan)}"),
            new Markup(Markup.Escape(Facts(snapshot))),
            new Markup($"[grey]{snapshot.Ahead.Length,3} notes ahead   agreement[/] [{colour}]{Meter(snapshot.Consensus)}[/]"),
        };
        lines.Add(new Markup($"[grey]{Dials(snapshot)}[/]"));
        if (play.Bank is { } bank) lines.Add(new Markup(Markup.Escape(InWords(bank))));
        if (play.Trouble is { } trouble) lines.Add(new Markup($"[red]{Markup.Escape(trouble)}[/]"));
        if (play.News is { } news) lines.Add(new Markup($"[yellow]{Markup.Escape(news)}[/]"));
        foreach (var help in LiveKeys.Help) lines.Add(new Markup($"[grey]{Markup.Escape(help)}[/]"));
        return new Rows(lines);
    }

    // Who keeps the time, where it is not the partner.
    private static string? Keeper(TimeView time) => time.Keeper switch
    {
        TimeKeeper.Clock => time.IsSteady ? "by a MIDI clock" : "by a MIDI clock that is uneven",
        TimeKeeper.Song => "by JACK's transport",
        _ => time.Follows == TimeSources.All ? null : $"follows {time.Follows switch { TimeSources.Clock => "a MIDI clock only", TimeSources.Song => "JACK's transport only", _ => "nobody's time" }}",
    };

    // What was switched on and could be forgotten.
    private static string Switches(SessionSnapshot s) =>
        (s.Muted ? "[bold red]MUTED[/]  " : "") + (s.TakenOver ? "[bold orange1]TAKEN OVER[/]  " : "") + (s.Frozen ? "[bold yellow]LEARNS NOTHING[/]  " : "")
        + (s.ControlLearned is { } control ? $"[bold yellow]move a control for {Markup.Escape(control)}[/]  " : "");

    // The written chords of this bar and the next.
    private static string? Over(SessionSnapshot s)
    {
        if (s.Chart is not { } chart) return null;
        var (timeline, at) = (s.Timeline, s.Timeline.ToBeats(s.At));
        return $"over {chart.At(at, timeline.BarOrigin, timeline.Metre)}, then {chart.At(at - timeline.InBar(at) + timeline.Metre.Bar, timeline.BarOrigin, timeline.Metre)}";
    }

    private static string Facts(SessionSnapshot s) => string.Join("   ", new[]
    {
        $"preset {s.Preset}",
        s.Key is null ? "no key yet" : s.Key.ToString()!,
        Over(s),
        s.TempoKnown || s.Phrases > 0 ? FormattableString.Invariant($"{s.Timeline.Tempo.BeatsPerMinute:0.#} bpm {s.Timeline.Metre}") : "tempo from your playing",
        Keeper(s.Time),
        $"{s.Phrases} phrases, {s.NotesHeard} notes learned" + (s.Repertoire > 0 ? $" in repertoire {s.Repertoire}" : "") + (s.ChangePending ? ", changing" : ""),
    }.OfType<string>());

    // What a knob has moved, or the preset has set, stands out.
    private static string Dials(SessionSnapshot s) => string.Join("  ", Dial.All.Select(dial =>
    {
        var (position, usual) = (dial.Read(s.Settings), dial.Read(Usual));
        var text = FormattableString.Invariant($"{dial.Name} {100 * position:0}");
        return Math.Abs(position - usual) < .005 ? text : $"[white]{text}[/]";
    }));

    // QPU share, bits a note, how many classes have shots, money.
    private static string InWords(BankSnapshot bank)
    {
        var meter = bank.Meter;
        var share = meter.Notes == 0 ? "no notes yet" : FormattableString.Invariant($"{100 * meter.Share:0} % of the notes, {meter.BitsANote:0.0} bits a note");
        var levels = FormattableString.Invariant($"{bank.Classes.Sum(c => (long)c.Level)} shots, {bank.Classes.Count(c => c.Level > 0)} of {bank.Classes.Length} classes");
        var supply = bank.Supply is { } s ? FormattableString.Invariant($"   {s.OpenJobs} jobs open, {s.Spent:0.00} of {s.Budget:0.00} spent{(s.Trouble is { } trouble ? $"   {trouble}" : "")}") : "";
        return $"{bank.Backend}   {share}   {levels}{supply}   last note {bank.Last.Label}";
    }

    private static string Meter(double share) => new string('█', (int)Math.Round(Math.Clamp(share, 0, 1) * 12)).PadRight(12, '░');
}
