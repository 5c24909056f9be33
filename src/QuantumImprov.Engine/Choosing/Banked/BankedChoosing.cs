using System.Collections.Immutable;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>
/// Choosing with a bank of shots: the chain's circuit is prepared and its law written down as ever, and a shot of the bank makes the choice where there is one; else the chain's own simulator does, at once. Either way the law of the choice is the
/// chain's. Nothing waits. [engine]
/// </summary>
/// <param name="bank">The shots.</param>
/// <param name="classes">Which shots serve which context.</param>
public sealed class BankedChoosing(ShotBank bank, ContextClasses classes) : IShotSource
{
    // So that looking after the classes never takes long.
    private const int ClassesATime = 12;

    private static readonly TimeSpan HalfLife = TimeSpan.FromSeconds(30);

    /// <summary>Shots a note costs, as expected before any was made.</summary>
    public const double ExpectedShots = 9;

    private readonly double[] _law = new double[Candidates.Capacity];
    private readonly UseRates _rates = new(ShotBank.MostClasses, HalfLife);

    /// <summary>The shots.</summary>
    public ShotBank Bank => bank;

    /// <summary>The contexts.</summary>
    public ContextClasses Classes => classes;

    /// <summary>Told of every choice: the law, and the index chosen. For measuring; null in concert.</summary>
    public ChoiceObserver? Observer { get; set; }

    /// <summary>Called before every <see cref="BeforeEvery"/>th choice, so that on virtual time shots can be had in step with the music; null in concert.</summary>
    public Action? Before { get; set; }

    /// <summary>How many choices lie between two calls of <see cref="Before"/>.</summary>
    public const int BeforeEvery = 4;

    /// <inheritdoc/>
    public void Begin()
    {
        if (Before is { } before && classes.Choices % BeforeEvery == 0) before();
    }

    /// <inheritdoc/>
    public Decision Choose(IChain chain, MelodicLine line, Candidates candidates, Xoshiro random)
    {
        var law = _law.AsSpan(0, candidates.Count);
        chain.WriteLaw(law);
        classes.Observe(chain, line, candidates.Pitches, law);
        Span<int> serving = stackalloc int[3];
        return Choose(bank, serving[..classes.Of(line, serving)], chain, line, candidates, law, random, Observer);
    }

    /// <summary>The choice itself, by a shot of the classes that serve or by the chain's own simulator.</summary>
    internal static Decision Choose(ShotBank bank, ReadOnlySpan<int> serving, IChain chain, MelodicLine line, Candidates candidates, ReadOnlySpan<double> law, Xoshiro random, ChoiceObserver? observer)
    {
        var draw = bank.Draw(candidates.Pitches, law, serving, random);
        if (draw.Kind != DrawKind.Absent)
        {
            observer?.Invoke(law, draw.Index, draw.Kind);
            chain.Sound(line, draw.Index);
            return new Decision(candidates.Pitches[draw.Index], candidates.Count, 0, true, chain.Consensus) { Origin = new ShotOrigin(draw.Batch, draw.Shot) };
        }

        var shot = chain.Play(line, random);
        observer?.Invoke(law, shot.Symbol, draw.Kind);
        return new Decision(candidates.Pitches[shot.Symbol], candidates.Count, shot.Redraws, shot.Kept, chain.Consensus);
    }

    /// <summary>Says how many notes a second are expected, before any was played.</summary>
    public void Expect(double notesASecond)
    {
        for (var c = 0; c < ShotBank.MostClasses; c++) _rates.Expect(c, notesASecond * ExpectedShots * classes.ShareOf(c));
    }

    /// <summary>Sees to it that classes follow what is played: now and then, between choices. Allocates.</summary>
    public void Tend(DateTimeOffset now)
    {
        _rates.Look(bank, now);
        classes.Refresh(bank, bank.Deposits == 0 ? ShotBank.MostClasses : ClassesATime);
    }

    /// <summary>How the classes stand, for their supply. Allocates.</summary>
    /// <param name="device">Where shots would be ordered: editions whose law there is not known yet need some for measuring it.</param>
    /// <param name="lawsAreKnown">Whether that device's laws need no measuring.</param>
    public ImmutableArray<ClassView> View(string device, bool lawsAreKnown)
    {
        var views = ImmutableArray.CreateBuilder<ClassView>();
        for (var c = 0; c < ShotBank.MostClasses; c++)
        {
            if (bank.Current(c) is { } spec) views.Add(new ClassView(spec, bank.Level(c), _rates[c], lawsAreKnown ? 0 : bank.CalibrationOf(c, device)));
        }

        return views.ToImmutable();
    }
}
