using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// A quantum chain that chooses pitches: takes where a line stands and what shaping favours, makes a circuit of it, and reads one pitch off it. Shaping's favour acts as a damping of the
/// amplitudes, so each chain's law with it is exact: in the state that is loaded, or as an ancilla that must read 0. Preparing and shooting allocate nothing in steady state. [engine]
/// </summary>
public interface IChain
{
    /// <summary>Its name in presets.</summary>
    string Kind { get; }

    /// <summary>What it is made of, in one sentence, after a preparation. Allocates.</summary>
    string Words { get; }

    /// <summary>Qubits of the register that is read as the note, after a preparation.</summary>
    int NoteQubits { get; }

    /// <summary>The probability that one shot of the prepared circuit is kept, 0 to 1.</summary>
    double KeptShare { get; }

    /// <summary>How far the council's members agree; NaN where none are asked.</summary>
    double Consensus { get; }

    /// <summary>
    /// Builds and simulates the circuit of the pitch after <paramref name="line"/>; false when no candidate is left. What is forbidden, or less likely than <paramref name="tail"/> (0 to 1)
    /// times the likeliest, is left out of <paramref name="candidates"/>: the tails of a law sound like mistakes.
    /// </summary>
    /// <param name="line">Where the melody stands.</param>
    /// <param name="candidates">What there is to choose from, and how much each is favoured.</param>
    /// <param name="dials">How the law is turned; a chain that asks no council heeds the coherence only.</param>
    /// <param name="tail">Share of the likeliest below which a candidate is dropped; 0 keeps all.</param>
    bool Prepare(MelodicLine line, Candidates candidates, DialSettings dials, double tail);

    /// <summary>Piece <paramref name="piece"/> of what <see cref="Prepare"/> does, from 0 on, with the same arguments each time and nothing else asked of the chain meanwhile: the next piece, or how it ended.</summary>
    int PreparePiece(MelodicLine line, Candidates candidates, DialSettings dials, double tail, int piece) => Prepare(line, candidates, dials, tail) ? Deciding.Prepared : Deciding.NoneLeft;

    /// <summary>One shot of the prepared circuit, kept if one is kept within the bound: an index of the candidates. Nothing moves.</summary>
    ChainShot Shoot(Xoshiro random);

    /// <summary>The exact law of the prepared choice in closed form, one entry a candidate; sums to 1.</summary>
    void WriteLaw(Span<double> law);

    /// <summary>One shot of the prepared circuit that is going to sound after <paramref name="line"/>, which has not moved yet; what the chain remembers of the line moves on.</summary>
    ChainShot Play(MelodicLine line, Xoshiro random);

    /// <summary>The candidate at <paramref name="index"/> of the prepared choice is going to sound after <paramref name="line"/> though no shot of this circuit chose it; what the chain remembers of the line moves on.</summary>
    void Sound(MelodicLine line, int index);

    /// <summary>Learns from a phrase of the performer that has ended. May allocate.</summary>
    void EndPhrase(ReadOnlySpan<int> pitches);

    /// <summary>Unlearns what <see cref="EndPhrase"/> taught last; may be repeated. Beyond the last 16 phrases it does nothing.</summary>
    void ForgetPhrase();

    /// <summary>The circuit prepared, at full coherence, for drawing and export. Allocates.</summary>
    Circuit ToCircuit();

    /// <summary>The candidate that a word of the classical bits of <see cref="ToCircuit"/> stands for; -1 for a shot that is thrown away.</summary>
    int CandidateOf(ulong bits);
}
