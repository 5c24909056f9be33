using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>The chain that chooses.</summary>
public sealed partial class LearnedMusic
{
    private ImmutableArray<(Preset Preset, IChain Chain)> _prepared = [];

    /// <summary>Makes the chain that <paramref name="preset"/> names the one that chooses; it learns from everything that is known so far. Allocates.</summary>
    public void PlayWith(Preset preset)
    {
        foreach (var (known, chain) in _prepared)
        {
            if (!ReferenceEquals(known, preset)) continue;
            Chain = chain;
            return;
        }

        Chain = MakeChain(preset);
    }

    /// <summary>
    /// Makes the chains of <paramref name="presets"/>, so that <see cref="PlayWith(Preset)"/> one of them (the very object) allocates nothing, and holds memory for <paramref name="notes"/> more notes. A hidden chain made here knows what is known
    /// now and learns no further, since that allocates. Allocates.
    /// </summary>
    public void Prepare(ImmutableArray<Preset> presets, int notes)
    {
        var made = new List<(Preset Preset, IChain Chain)>();
        foreach (var preset in presets)
        {
            var same = made.Find(m => m.Preset.Chain == preset.Chain && m.Preset.Focus == preset.Focus && m.Preset.Steps == preset.Steps).Chain;
            var chain = same ?? MakeChain(preset);
            if (chain is HiddenChain hidden) hidden.LearnsOn = false;
            made.Add((preset, chain));
        }

        _prepared = [.. made];
        foreach (var member in Members.Members) member.Tree.Reserve(notes);
        Archive.Reserve(notes, notes / 2);
        Heard.Reserve(notes, notes / 2);
    }

    private IChain MakeChain(Preset preset) => preset.Chain switch
    {
        "grover" => new GroverChain(Members, Amplitudes, preset.Focus),
        "walk" => new WalkChain(Graph, preset.Steps),
        "hidden" => new HiddenChain(Archive.ToPhrases()),
        _ => Council,
    };
}
