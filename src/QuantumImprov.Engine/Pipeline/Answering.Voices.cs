using System.Collections.Immutable;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>The partner's voices, and in which order their notes are chosen.</summary>
public sealed partial class Answering
{
    private readonly Voice?[] _voices = VoicesFor(learned, new PresetTools(preset));
    private PresetTools[] _prepared = [];
    private PlanAhead? _filled;
    private Timeline _timeline;
    private HostTime _reached;
    private bool _withChords;
    private Call? _replied, _taken;
    private Timeline _planned;
    private int _choosing = -1, _ready, _unready;

    /// <summary>Whether the voices beside the leading one are left to be planned, and notes to be chosen, piece by piece by <see cref="ChoosePiece"/>; default: all of it is done at once.</summary>
    internal bool InSteps { get; init; }

    /// <summary>Whether anything of the present answer is still to be planned, or notes of it to be chosen now; others may follow when their time comes nearer (<see cref="Due"/>).</summary>
    public bool IsChoosing => Due(_timeline) <= _reached;

    private Voice Lead => _voices[0]!;

    /// <summary>Makes ready what playing as any of <paramref name="presets"/> says needs, so that <see cref="PlayAs"/> one of them allocates nothing. Allocates.</summary>
    internal void Prepare(ImmutableArray<Preset> presets)
    {
        _prepared = [.. presets.Select(p => new PresetTools(p))];
        foreach (var tools in _prepared) MakeVoices(tools);
    }

    /// <summary>What is known becomes <paramref name="music"/>, of which <paramref name="lines"/> are new lines, one for each of <see cref="VoiceRules.Most"/> voices; as setting <see cref="Learned"/>, without allocating.</summary>
    internal void Adopt(LearnedMusic music, ReadOnlySpan<MelodicLine> lines)
    {
        _learned = music;
        for (var i = 0; i < _voices.Length; i++) _voices[i]?.Adopt(music, lines[i]);
    }

    /// <summary>Plays as <paramref name="other"/> says from now on; the dials stand where it puts them. Allocates unless it was prepared.</summary>
    public void PlayAs(Preset other)
    {
        preset = other;
        var tools = ToolsFor(other);
        MakeVoices(tools);
        Lead.PlayAs(tools);
        for (var i = 1; i < _voices.Length; i++)
        {
            if (tools.Voices[i - 1] is { } own) _voices[i]!.PlayAs(own);
        }
    }

    /// <summary>The next piece of the answer under way: another voice is made ready, or something is done for the next note, the last of which is to choose it with its chord. Whether that was done.</summary>
    internal bool ChoosePiece()
    {
        if (_unready > 0)
        {
            ReadyVoice();
            if (_unready == 0) EndChoosing();
            return false;
        }

        if (_choosing < 0) _choosing = NextVoice();
        if (!_voices[_choosing]!.ChoosePiece(_answers, _filled!, _voices, _withChords)) return false;
        _choosing = -1;
        EndChoosing();
        return true;
    }

    /// <summary>When the next note of the answer under way is to be chosen; never when all are, or it was dropped.</summary>
    internal HostTime Due(in Timeline timeline) =>
        _filled is not { IsFilling: true } ahead ? HostTime.Never : _unready > 0 || _choosing >= 0 ? ahead.Decided : ahead.ChosenBy(NextOn(), timeline);

    /// <summary>What is to be chosen by <paramref name="now"/> is: at once, or by the next steps.</summary>
    internal void ChooseUntil(HostTime now, in Timeline timeline)
    {
        (_reached, _timeline) = (now, timeline);
        while (!InSteps && IsChoosing) ChoosePiece();
    }

    /// <summary>All that is left of the answer under way is to be chosen now: at once, or by the next steps.</summary>
    internal void ChooseRest()
    {
        if (_filled is { IsFilling: true }) ChooseUntil(HostTime.Never.Plus(-1), _timeline);
    }

    /// <summary>What was begun of an answer is left where it is: after a fault, or when another answer takes its place.</summary>
    internal void LeaveWork() => (_filled, _choosing, _ready, _unready) = (null, -1, 0, 0);

    private void Fill(PlanAhead ahead, HostTime now, in Timeline timeline, bool chords = true)
    {
        ahead.Begin(Plan.End, now);
        (_filled, _withChords) = (ahead, chords);
        ahead.IsFilling = true;
        if (_unready == 0) EndChoosing();
        ChooseUntil(now, timeline);
    }

    private void EndChoosing()
    {
        for (var i = 0; i < _voices.Length; i++)
        {
            if (_filled is null || (Plays(i) && !_voices[i]!.IsDone)) return;
        }

        _filled!.IsFilling = false;
        _filled = null;
    }

    // The earliest of what is left: a voice that waits for those before it has them chosen in its own time.
    private Beats NextOn()
    {
        var next = new Beats(long.MaxValue);
        for (var i = 0; i < _voices.Length; i++)
        {
            if (Plays(i) && !_voices[i]!.IsDone) next = Beats.Min(next, _voices[i]!.Next.On);
        }

        return next;
    }

    // A voice goes on as soon as those before it are chosen to the end of its next note: it then knows all that sounds beside it, and everything is still chosen about as it comes in time.
    private int NextVoice()
    {
        for (var i = _voices.Length - 1; i > 0; i--)
        {
            if (Plays(i) && !_voices[i]!.IsDone && Precede(i, _voices[i]!.Next.Off)) return i;
        }

        return 0;

        bool Precede(int voice, Beats end)
        {
            for (var i = 0; i < voice; i++)
            {
                if (Plays(i) && !_voices[i]!.IsDone && _voices[i]!.Next.On < end) return false;
            }

            return true;
        }
    }

    private bool Plays(int voice) => voice == 0 || preset.Voice(voice + 1).IsOn;

    private bool HasOthers => Plays(1) || Plays(2) || Plays(3);

    // Whether it has no preset of its own.
    private bool Follows(int voice) => voice > 0 && Plays(voice) && preset.Voice(voice + 1).Plays is null;

    private static Voice?[] VoicesFor(LearnedMusic learned, PresetTools tools) => [new Voice(0, learned, tools), .. tools.Voices.Select((own, i) => own is null ? null : new Voice(i + 1, learned, own))];

    private void MakeVoices(PresetTools tools)
    {
        for (var i = 1; i < _voices.Length; i++)
        {
            if (tools.Voices[i - 1] is { } own) _voices[i] ??= new Voice(i, _learned, own) { Witness = Witness };
        }
    }

    private PresetTools ToolsFor(Preset other)
    {
        foreach (var tools in _prepared)
        {
            if (ReferenceEquals(tools.Preset, other)) return tools;
        }

        return new PresetTools(other);
    }
}
