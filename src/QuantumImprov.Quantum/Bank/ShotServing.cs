using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Bank;

/// <summary>Makes one choice of a live law from shots of another: by rejection, and here for what shots do not serve or do not suffice for. Pure but for what it draws; allocates nothing.</summary>
internal static class ShotServing
{
    /// <summary>Writes where the labels of shots stand among those of the candidates, which are ascending; -1 where one is none.</summary>
    internal static void Place(ReadOnlySpan<int> of, ReadOnlySpan<int> labels, Span<int> places)
    {
        for (var s = 0; s < of.Length; s++) places[s] = labels.BinarySearch(of[s]) is var at and >= 0 ? at : -1;
    }

    /// <summary>One choice.</summary>
    /// <param name="rejection">How the shots serve.</param>
    /// <param name="shots">The shots.</param>
    /// <param name="coins">What accepts them.</param>
    /// <param name="proposal">Their law, as it was when the choice began: it may be measured anew in the middle, and what was promised counts.</param>
    /// <param name="law">The live law.</param>
    /// <param name="places">Where the shots' labels stand in it.</param>
    /// <param name="served">What <paramref name="rejection"/> wrote.</param>
    /// <param name="random">Draws what is drawn here.</param>
    internal static BankDraw Draw(in Rejection rejection, IShotRun shots, AcceptCoins coins, ReadOnlySpan<double> proposal, ReadOnlySpan<double> law, ReadOnlySpan<int> places, ReadOnlySpan<double> served, Xoshiro random)
    {
        var inside = coins.Flip(rejection.Inside, random);
        if (inside == Fall.Unknown) return new BankDraw(DrawKind.Dry, FromLaw(law, random), 0, null, -1);
        if (inside == Fall.No) return new BankDraw(DrawKind.Outside, FromRest(law, places, served, random), 0, null, -1);
        var used = 0;
        while (used < ShotBank.MostTries && shots.TryTake(out var reading, out var batch, out var shot))
        {
            used++;
            if (!reading.IsKept) continue;
            var fall = coins.Flip(rejection.Acceptance(reading.Symbol, proposal), random);
            if (fall == Fall.Yes) return new BankDraw(DrawKind.Banked, places[reading.Symbol], used, batch, shot);
            if (fall == Fall.Unknown) break;
        }

        return new BankDraw(DrawKind.Dry, FromServed(places, served, rejection.Inside, random), used, null, -1);
    }

    private static int FromLaw(ReadOnlySpan<double> law, Xoshiro random)
    {
        var left = random.NextDouble();
        var last = 0;
        for (var x = 0; x < law.Length; x++)
        {
            if (law[x] <= 0) continue;
            last = x;
            if ((left -= law[x]) < 0) return x;
        }

        return last;
    }

    private static int FromRest(ReadOnlySpan<double> law, ReadOnlySpan<int> places, ReadOnlySpan<double> served, Xoshiro random)
    {
        Span<double> rest = stackalloc double[law.Length];
        law.CopyTo(rest);
        for (var s = 0; s < places.Length; s++)
        {
            if (places[s] >= 0) rest[places[s]] -= served[s];
        }

        var total = 0.0;
        foreach (ref var r in rest) total += r = r < 1e-15 ? 0 : r;
        if (total <= 0) return FromLaw(law, random);
        foreach (ref var r in rest) r /= total;
        return FromLaw(rest, random);
    }

    private static int FromServed(ReadOnlySpan<int> places, ReadOnlySpan<double> served, double inside, Xoshiro random)
    {
        var left = random.NextDouble() * inside;
        var last = -1;
        for (var s = 0; s < places.Length; s++)
        {
            if (served[s] <= 0) continue;
            last = places[s];
            if ((left -= served[s]) < 0) break;
        }

        return last;
    }
}
