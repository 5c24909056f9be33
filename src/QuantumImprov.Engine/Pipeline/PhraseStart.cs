using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>How things stood before a phrase of the performer's, so that it can be forgotten without a trace. Allocates nothing after construction. [engine]</summary>
internal sealed class PhraseStart(LearnedMusic music)
{
    private readonly MelodicLine _line = music.Members.NewLine();
    private readonly Amplitudes _amplitudes = new(music.Amplitudes.Members, music.Amplitudes.Classes);
    private double _surprise;
    private long _notes;

    /// <summary>The key its steps and its ending were counted in, once it has ended.</summary>
    internal Key Key { get; set; }

    internal void Take(MelodicLine line, Amplitudes amplitudes, double surprise, long notes)
    {
        _line.CopyFrom(line);
        _amplitudes.CopyFrom(amplitudes);
        (_surprise, _notes) = (surprise, notes);
    }

    /// <summary>Puts everything back as it stood; gives the surprise and the notes heard of then.</summary>
    internal (double Surprise, long Notes) Restore(MelodicLine line, Amplitudes amplitudes)
    {
        line.CopyFrom(_line);
        amplitudes.CopyFrom(_amplitudes);
        return (_surprise, _notes);
    }
}
