using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Bank;

/// <summary>Takes the place of a bank when its choices are made again: gives the shots that were taken then, choice by choice. [engine]</summary>
public sealed class RecordedShots
{
    private readonly Dictionary<long, RecordedDraw> _draws = [];
    private long _number;

    /// <summary>What was written down; of two draws with one number the first counts.</summary>
    public RecordedShots(IEnumerable<RecordedDraw> draws)
    {
        foreach (var draw in draws) _draws.TryAdd(draw.Number, draw);
    }

    /// <summary>The first choice of which nothing was written down, though of later ones there was; 0: there is none.</summary>
    public long Missing { get; private set; }

    /// <summary>Chooses as <see cref="ShotBank.Draw"/> did, from the shots it took. Where nothing was written down nothing is chosen.</summary>
    /// <param name="labels">The candidates' labels, ascending.</param>
    /// <param name="law">Their law, sum 1.</param>
    /// <param name="random">Draws what is drawn here, and tosses the coins unless they are pure.</param>
    public BankDraw Draw(ReadOnlySpan<int> labels, ReadOnlySpan<double> law, Xoshiro random)
    {
        var number = ++_number;
        if (!_draws.Remove(number, out var draw) && Missing == 0 && _draws.Count > 0) Missing = number;
        if (draw?.Law is not { } from) return new BankDraw(DrawKind.Absent, -1, 0, null, -1);
        var of = from.Labels.AsSpan();
        var proposal = from.Law.AsSpan();
        Span<int> places = stackalloc int[of.Length];
        Span<double> served = stackalloc double[of.Length];
        ShotServing.Place(of, labels, places);
        var rejection = new Rejection(law, places, proposal, served);
        return ShotServing.Draw(rejection, new Run(draw, from.Batch), draw.Coins.IsDefault ? new AcceptCoins(pure: false) : new AcceptCoins(draw.Coins.AsSpan()), proposal, law, places, served, random);
    }

    private sealed class Run(RecordedDraw draw, ShotBatch batch) : IShotRun
    {
        private int _next;

        public bool TryTake(out ShotReading reading, out ShotBatch from, out int shot)
        {
            (reading, from, shot) = (default, batch, _next);
            if (_next == draw.Symbols.Length) return false;
            reading = new ShotReading(draw.Symbols[_next++], 0);
            return true;
        }
    }
}
