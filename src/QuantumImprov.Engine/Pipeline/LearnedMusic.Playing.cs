using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>The chain that chooses.</summary>
public sealed partial class LearnedMusic
{
    private readonly IChain[] _chains = new IChain[VoiceRules.Most];
    private ImmutableArray<(Preset Preset, IChain Chain)> _prepared = [];

    /// <summary>The chain that chooses for the leading voice; the council unless <see cref="PlayWith(Preset)"/> said otherwise.</summary>
    public IChain Chain => _chains[0];

    /// <summary>The chain that chooses for voice <paramref name="voice"/>, from 0, the leading one.</summary>
    public IChain ChainOf(int voice) => _chains[voice];

    /// <summary>Makes <paramref name="chain"/> the one that chooses for all voices, such as one that looks on at another.</summary>
    public void PlayWith(IChain chain) => Array.Fill(_chains, chain);

    /// <summary>Makes the chains that <paramref name="preset"/> and the presets of its voices name those that choose; they learn from everything that is known so far. Allocates unless they were prepared.</summary>
    public void PlayWith(Preset preset)
    {
        PlayWith(Prepared(preset) ?? MakeChain(preset));
        for (var voice = 1; voice < VoiceRules.Most; voice++)
        {
            if (preset.Voice(voice + 1) is { IsOn: true, Plays: { } own }) _chains[voice] = Prepared(own) ?? MakeChain(own);
        }
    }

    /// <summary>
    /// Makes the chains of <paramref name="presets"/>, so that <see cref="PlayWith(Preset)"/> one of them allocates nothing, and holds memory for <paramref name="notes"/> more notes. A hidden chain made here knows what is known
    /// now and learns no further, since that allocates. Allocates.
    /// </summary>
    public void Prepare(ImmutableArray<Preset> presets, int notes)
    {
        var made = new List<(Preset Preset, IChain Chain)>();
        foreach (var preset in presets.SelectMany(WithVoices))
        {
            if (made.Exists(m => IsAlike(m.Preset, preset))) continue;
            var chain = MakeChain(preset);
            if (chain is HiddenChain hidden) hidden.LearnsOn = false;
            made.Add((preset, chain));
        }

        _prepared = [.. made];
        foreach (var member in Members.Members) member.Tree.Reserve(notes);
        Archive.Reserve(notes, notes / 2);
        Heard.Reserve(notes, notes / 2);
    }

    private static IEnumerable<Preset> WithVoices(Preset preset) => [preset, .. Enumerable.Range(2, VoiceRules.Most - 1).Select(voice => preset.Voice(voice).Plays).OfType<Preset>()];

    private static bool IsAlike(Preset one, Preset other) => one.Chain == other.Chain && one.Focus == other.Focus && one.Steps == other.Steps;

    private IChain? Prepared(Preset preset)
    {
        foreach (var (known, chain) in _prepared)
        {
            if (IsAlike(known, preset)) return chain;
        }

        return null;
    }

    // Each chain once, though several voices play by it.
    private bool IsFirst(int voice) => Array.IndexOf(_chains, _chains[voice]) == voice;

    private IChain MakeChain(Preset preset) => preset.Chain switch
    {
        "grover" => new GroverChain(Members, Amplitudes, preset.Focus),
        "walk" => new WalkChain(Graph, preset.Steps),
        "hidden" => new HiddenChain(Archive.ToPhrases()),
        _ => Council,
    };
}
