using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Judging;

/// <summary>
/// A chain that writes down how likely each note it plays was, with shaping and without. It plays as the chain inside would, or, of a council, notes somebody else has chosen. [one thread]
/// </summary>
public sealed class WitnessedChain(IChain chain) : IChain
{
    private const int Window = 64;

    private readonly Candidates _free = new();
    private readonly double[] _freeLaw = new double[Candidates.Capacity], _law = new double[Candidates.Capacity];
    private readonly List<Choice> _choices = [];
    private Candidates? _candidates;
    private IReadOnlyList<int>? _given;
    private bool _cut;

    /// <summary>Every note played since <see cref="Begin"/>.</summary>
    public IReadOnlyList<Choice> Choices => _choices;

    /// <summary>Whether notes can be given to it.</summary>
    public bool TakesNotes => chain is CouncilChain;

    /// <inheritdoc/>
    public string Kind => chain.Kind;

    /// <inheritdoc/>
    public string Words => chain.Words;

    /// <inheritdoc/>
    public int NoteQubits => chain.NoteQubits;

    /// <inheritdoc/>
    public double KeptShare => chain.KeptShare;

    /// <inheritdoc/>
    public double Consensus => chain.Consensus;

    /// <summary>Forgets the choices; from now on it plays <paramref name="given"/>, each at its turn whatever shaping says, or, when that is null, what it measures.</summary>
    public void Begin(IReadOnlyList<int>? given)
    {
        _choices.Clear();
        _given = given;
    }

    /// <inheritdoc/>
    public bool Prepare(MelodicLine line, Candidates candidates, DialSettings dials, double tail)
    {
        _candidates = candidates;
        var given = _given is { } notes && _choices.Count < notes.Count ? notes[_choices.Count] : -1;
        var near = line.Context.AtStart ? given >= 0 ? given : candidates.Pitches[candidates.Count / 2] : line.Context.Previous;
        Around(_free, near, given);
        if (chain.Prepare(line, _free, dials, 0)) chain.WriteLaw(_freeLaw.AsSpan(0, _free.Count));
        _cut = given >= 0 && candidates.IndexOf(given) is >= 0 and var at && candidates.Favour[at] > 0;
        var prepared = chain.Prepare(line, candidates, dials, tail);
        if (prepared) chain.WriteLaw(_law.AsSpan(0, candidates.Count));
        if (given < 0 || prepared && candidates.IndexOf(given) >= 0)
        {
            _cut = false;
            return prepared;
        }

        // Shaping forbids it; it sounds all the same, so that the line goes on as it did.
        Around(candidates, near, given);
        Array.Clear(_law);
        return chain.Prepare(line, candidates, dials, 0);
    }

    /// <inheritdoc/>
    public ChainShot Play(MelodicLine line, Xoshiro random)
    {
        if (_given is { } notes && _choices.Count < notes.Count && TakesNotes)
        {
            var index = _candidates!.IndexOf(notes[_choices.Count]);
            Sound(line, index);
            return new ChainShot(index, 0, true);
        }

        var shot = chain.Play(line, random);
        Witness(shot.Symbol);
        return shot;
    }

    /// <inheritdoc/>
    public void Sound(MelodicLine line, int index)
    {
        chain.Sound(line, index);
        Witness(index);
    }

    /// <inheritdoc/>
    public ChainShot Shoot(Xoshiro random) => chain.Shoot(random);

    /// <inheritdoc/>
    public void WriteLaw(Span<double> law) => chain.WriteLaw(law);

    /// <inheritdoc/>
    public void EndPhrase(ReadOnlySpan<int> pitches) => chain.EndPhrase(pitches);

    /// <inheritdoc/>
    public void ForgetPhrase() => chain.ForgetPhrase();

    /// <inheritdoc/>
    public int CandidateOf(ulong code) => chain.CandidateOf(code);

    /// <inheritdoc/>
    public Circuit ToCircuit() => chain.ToCircuit();

    private void Witness(int index)
    {
        var pitch = _candidates!.Pitches[index];
        _choices.Add(new Choice(pitch, _free.IndexOf(pitch) is >= 0 and var at ? _freeLaw[at] : 0, _law[index], _cut));
    }

    // As many keys as the council hears among, always with the given one.
    private static void Around(Candidates candidates, int near, int given)
    {
        if (given >= 0) near = Math.Clamp(near, given - Window / 2 + 1, given + Window / 2 - 1);
        var low = Math.Clamp(near - Window / 2, 0, 128 - Window);
        candidates.Fill(low, low + Window - 1);
    }
}
