using System.Collections.Immutable;
using QuantumImprov.Engine.Pipeline.Ways;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>Everything that would otherwise be made while playing, made beforehand.</summary>
public sealed partial class ImprovPipeline
{
    private readonly List<(Preset Preset, Way Way)> _ways = [];

    /// <summary>Makes ready what any of <paramref name="presets"/> needs, so that <see cref="Play"/> with one of them (the very object) allocates nothing. Allocates. [engine]</summary>
    public void Prepare(ImmutableArray<Preset> presets)
    {
        foreach (var preset in presets)
        {
            if (!_ways.Exists(w => ReferenceEquals(w.Preset, preset))) _ways.Add((preset, MakeWay(preset)));
        }

        Answering.Prepare(presets);
    }

    /// <summary>
    /// From now on <paramref name="music"/> is what is known; <paramref name="lines"/> were just made for it, one for each of <see cref="VoiceRules.Most"/> voices, and are the partner's from now on. What the partner plays ends, and the performer's phrase, which has no answer.
    /// Allocates nothing. There is no work. [engine]
    /// </summary>
    public void Adopt(LearnedMusic music, ReadOnlySpan<MelodicLine> lines)
    {
        _way.Leave();
        _listener.BeginPhrase();
        LeavePhrase();
        Learned = music;
        Answering.Adopt(music, lines);
        music.PlayWith(_preset);
        Changes++;
        _way = Enter(_preset);
    }

    /// <summary>
    /// The phrase heard last is forgotten without a trace, and cannot be remembered again; false when a phrase is open or its beginning is not known any more. In steps, that is work. Allocates nothing. There is no work. [engine]
    /// </summary>
    public bool ForgetLast()
    {
        Answering.ChooseRest();
        if (IsPhraseOpen || _exchange.IsPending || _changes.Count > 0 || Learned.Forgettable == 0) return false;
        if (_inSteps) _forgets = 0;
        else Learned.TryForgetPhrase();
        _phraseClosed = true;
        _key = null;
        Changes++;
        return true;
    }

    /// <summary>
    /// Everything is as at the beginning of a performance, but for what was learned: habits of playing, keys and draws begin anew, the draws from <paramref name="seed"/>. What the partner plays ends, and the
    /// performer's phrase was closed by <see cref="Stop"/>. Allocates nothing. There is no work. [engine]
    /// </summary>
    public void BeginAnew(ulong seed)
    {
        _way.Leave();
        _listener.BeginAnew();
        LeavePhrase();
        _call.Take([]);
        Learned.BeginAnew();
        Answering.BeginAnew(seed);
        _way = Enter(_preset);
    }

    // No phrase is open, and none was before.
    private void LeavePhrase()
    {
        _learning.Begin(IsFrozen);
        _key = _keyBefore = null;
        _phraseClosed = true;
        (_closed, _keeps, _kept) = (null, false, null);
    }

    private Way WayFor(Preset preset)
    {
        foreach (var (known, way) in _ways)
        {
            if (ReferenceEquals(known, preset)) return way;
        }

        return MakeWay(preset);
    }
}
