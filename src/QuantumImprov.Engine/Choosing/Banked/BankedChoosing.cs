using System.Collections.Immutable;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>Choosing with a bank of shots, whose classes follow what is played. [engine]</summary>
/// <param name="bank">The shots.</param>
/// <param name="classes">Which shots serve which context.</param>
public sealed class BankedChoosing(ShotBank bank, ContextClasses classes) : ShotChoosing
{
    // So that looking after the classes never takes long.
    private const int ClassesATime = 12;

    private static readonly TimeSpan HalfLife = TimeSpan.FromSeconds(30);

    /// <summary>Shots a note costs, as expected before any was made.</summary>
    public const double ExpectedShots = 9;

    private readonly UseRates _rates = new(ShotBank.MostClasses, HalfLife);

    /// <summary>The shots.</summary>
    public ShotBank Bank => bank;

    /// <summary>The contexts.</summary>
    public ContextClasses Classes => classes;

    /// <summary>Called before every <see cref="BeforeEvery"/>th choice, so that on virtual time shots can be had in step with the music; null in concert.</summary>
    public Action? Before { get; set; }

    /// <summary>How many choices lie between two calls of <see cref="Before"/>.</summary>
    public const int BeforeEvery = 4;

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

    /// <inheritdoc/>
    public override void Begin()
    {
        if (Before is { } before && classes.Choices % BeforeEvery == 0) before();
    }

    /// <inheritdoc/>
    protected override BankDraw Draw(IChain chain, MelodicLine line, ReadOnlySpan<int> pitches, ReadOnlySpan<double> law, Xoshiro random)
    {
        classes.Observe(chain, line, pitches, law);
        Span<int> serving = stackalloc int[3];
        return bank.Draw(pitches, law, serving[..classes.Of(line, serving)], random);
    }
}
