using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Evaluation.Blends;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>
/// Draws melodies from the law of a trained blend, note by note. Its own notes become material for the members only when they lie <see cref="Behind"/> notes back: whoever takes up what he has
/// just played goes in circles. What is hardly ever played is left out: of few melodies the tails are mistakes. [one thread]
/// </summary>
/// <param name="members">Who is asked; everything they learn from a melody is taken back.</param>
/// <param name="alphabet">The candidates, ascending.</param>
/// <param name="timed">Whether the members look at rhythm: they are given that of the melody whose place is taken.</param>
internal sealed class GenerationDrawing(CouncilMembers members, int[] alphabet, bool timed)
{
    /// <summary>Notes after which what was drawn is learned.</summary>
    internal const int Behind = 8;

    /// <summary>Share of the likeliest below which a candidate is left out.</summary>
    internal const double Tail = .0005;

    private readonly MelodicLine _line = NewLine(members, timed), _learner = NewLine(members, timed);
    private readonly MemberLaws _laws = new(members.Members.Length, alphabet.Length);
    private readonly double[] _law = new double[alphabet.Length];

    /// <summary>As many notes as <paramref name="model"/> has.</summary>
    internal int[] Draw(IBlend blend, Melody model, Xoshiro random)
    {
        Begin(_line, model);
        Begin(_learner, model);
        blend.Restart();
        var melody = new int[model.Pitches.Length];
        for (var i = 0; i < melody.Length; i++)
        {
            Await(_line, model, i);
            members.Laws(_line, alphabet, _laws.Laws, _laws.Confidence);
            _laws.Complete();
            blend.WriteLaw(_laws, _law);
            var drawn = DrawOne(_law, random);
            blend.Hear(_laws, drawn, rate: 0);
            members.Judge(_line, _laws.Laws, alphabet.Length, drawn);
            melody[i] = alphabet[drawn];
            members.Follow(_line, melody[i]);
            Arrive(_line, model, i, melody[i]);
            if (i < Behind) continue;
            Await(_learner, model, i - Behind);
            members.Learn(_learner, melody[i - Behind], live: true);
            Arrive(_learner, model, i - Behind, melody[i - Behind]);
        }

        Begin(_learner, model);
        for (var i = 0; i < melody.Length - Behind; i++)
        {
            Await(_learner, model, i);
            members.Unlearn(_learner, melody[i], live: false);
            Arrive(_learner, model, i, melody[i]);
        }

        members.EndSequence();
        return melody;
    }

    private static MelodicLine NewLine(CouncilMembers members, bool timed)
    {
        var line = members.NewLine();
        if (timed) line.Now = new Moment();
        return line;
    }

    private void Begin(MelodicLine line, Melody model)
    {
        members.EndSequence();
        members.ForgetPiece();
        line.Restart();
        line.Key.Clear();
        line.Now?.Begin(model.Signature);
    }

    private static void Await(MelodicLine line, Melody model, int i) => line.Now?.AwaitPitch(model.Times[i]);

    private static void Arrive(MelodicLine line, Melody model, int i, int pitch) => line.Now?.Arrive(model.Times[i], pitch);

    private static int DrawOne(ReadOnlySpan<double> law, Xoshiro random)
    {
        var (greatest, total) = (0.0, 0.0);
        foreach (var p in law) greatest = Math.Max(greatest, p);
        foreach (var p in law) total += p >= Tail * greatest ? p : 0;
        var (at, chosen) = (random.NextDouble() * total, 0);
        for (var x = 0; x < law.Length; x++)
        {
            if (law[x] < Tail * greatest) continue;
            chosen = x;
            at -= law[x];
            if (at < 0) break;
        }

        return chosen;
    }
}
