using System.Collections.Immutable;

namespace QuantumImprov.Engine.Session.Control;

/// <summary>
/// A controller profile: which controls ask for what. What is bound is no music any more; everything else stays what it was. Immutable. [any]
/// </summary>
public sealed class ControlMap
{
    // One binding of each source and channel, its index plus one; 0 = none. Controllers first, then notes.
    private readonly short[] _index = new short[2 * 16 * 128];

    /// <summary>A map of <paramref name="bindings"/>; of two for the same source and channel the later counts.</summary>
    public ControlMap(string name, ImmutableArray<ControlBinding> bindings, bool programs)
    {
        (Name, Bindings, Programs) = (name, bindings, programs);
        // What is said of one channel goes before what is said of all.
        foreach (var anywhere in new[] { true, false })
        {
            for (var i = 0; i < bindings.Length; i++)
            {
                var source = bindings[i].Source;
                if (source.Channel == 0 != anywhere) continue;
                for (var channel = 0; channel < 16; channel++)
                {
                    if (anywhere || source.Channel == channel + 1) _index[Slot(source.IsNote, channel, source.Number)] = (short)(i + 1);
                }
            }
        }
    }

    /// <summary>Nothing is bound: everything that comes in is music.</summary>
    public static ControlMap None { get; } = new("none", [], programs: false);

    /// <summary>
    /// What is bound when no profile is given: controllers that have no meaning of their own in MIDI, the two pedals beside the sustain pedal, and program changes. docs/control.md has the table.
    /// </summary>
    public static ControlMap Default { get; } = new(
        "default",
        [
            Bound(20, "coherence"), Bound(21, "phase"), Bound(22, "novelty"), Bound(23, "motif"), Bound(24, "cadence"), Bound(25, "patience"), Bound(26, "density"),
            Bound(27, "register"), Bound(28, "loudness"), Bound(29, "dynamics"), Bound(30, "swing"), Bound(31, "quantise"), Bound(85, "variation"), Bound(86, "responsiveness"), Bound(87, "lookahead"),
            Bound(66, "reset"), Bound(67, "takeover"),
            Bound(102, "endcall"), Bound(103, "mute"), Bound(104, "mutate"), Bound(105, "forget"), Bound(106, "undo"), Bound(107, "keep"),
            Bound(108, "freeze"), Bound(109, "tap"), Bound(110, "nextpreset"), Bound(111, "favour"), Bound(119, "panic"),
        ],
        programs: true);

    /// <summary>What the profile is called.</summary>
    public string Name { get; }

    /// <summary>What is bound.</summary>
    public ImmutableArray<ControlBinding> Bindings { get; }

    /// <summary>Whether program changes select presets.</summary>
    public bool Programs { get; }

    /// <summary>Where the partner's state is sent; null: nowhere.</summary>
    public StateLight? Light { get; init; }

    /// <summary>The number of places <see cref="Slot"/> can name.</summary>
    internal const int Slots = 2 * 16 * 128;

    /// <summary>The place of a control: a controller or note of a channel, 0 to 15.</summary>
    internal static int Slot(bool isNote, int channel, int number) => (isNote ? 16 * 128 : 0) + channel * 128 + number;

    /// <summary>The index of the binding for a <see cref="Slot"/>; -1 when there is none.</summary>
    internal int Find(int slot) => _index[slot] - 1;

    /// <summary>The same with <paramref name="binding"/> in place of what its control asked for, and of what asked for its target. Allocates.</summary>
    public ControlMap With(ControlBinding binding) =>
        new(Name, [.. Bindings.Where(b => b.Target != binding.Target && !Meets(b.Source, binding.Source)), binding], Programs) { Light = Light };

    private static bool Meets(ControlSource a, ControlSource b) =>
        a.IsNote == b.IsNote && a.Number == b.Number && (a.Channel == b.Channel || a.Channel == 0 || b.Channel == 0);

    private static ControlBinding Bound(int controller, string target) => new(new ControlSource(IsNote: false, controller), ControlTarget.Find(target)!);
}
