using BenchmarkDotNet.Attributes;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Bench;

/// <summary>
/// One whole pitch decision as a session makes it: every member's law over the candidates, the tempered amplitudes, the circuit built, simulated and measured
/// until a shot is kept; and what hearing one of the performer's notes costs.
/// </summary>
[MemoryDiagnoser]
public class DecisionBench
{
    private readonly LearnedMusic _learned = ShippedRepertoire.Learn();
    private readonly Candidates _candidates = new();
    private readonly Xoshiro _random = new(1);
    private int _next;

    /// <summary>How many pitches there are to choose among.</summary>
    [Params(24, 37, 64)]
    public int Range { get; set; }

    /// <summary>Some music to stand in.</summary>
    [GlobalSetup]
    public void Listen()
    {
        foreach (var note in ShippedRepertoire.Phrases[0].Notes) _learned.Hear(note.Pitch.Number);
    }

    /// <summary>Chooses one pitch; no tail is cut, so that all candidates stay in the circuit.</summary>
    [Benchmark]
    public int Decide()
    {
        _candidates.Fill(48, 48 + Range - 1);
        return _learned.Council.Choose(_learned.Performer, _candidates, DialSettings.Plain, 0, _random).Pitch;
    }

    /// <summary>Learns one note of the performer.</summary>
    [Benchmark]
    public void Hear()
    {
        var notes = ShippedRepertoire.Phrases[_next % ShippedRepertoire.Phrases.Length].Notes;
        _learned.Hear(notes[_next++ % notes.Length].Pitch.Number);
    }
}
