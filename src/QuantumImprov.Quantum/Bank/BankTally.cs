namespace QuantumImprov.Quantum.Bank;

/// <summary>Counts what a bank does. Allocates nothing after construction. [engine]</summary>
internal sealed class BankTally
{
    private readonly long[] _kinds = new long[4];
    private readonly int[] _shots = new int[ShotBank.MostTries + 1];
    private long _tried, _used;
    private double _listed, _error, _bits;

    internal void Add(in BankDraw draw, double listed, double error, double probability)
    {
        _kinds[(int)draw.Kind]++;
        if (draw.Kind == DrawKind.Absent) return;
        _tried++;
        _used += draw.ShotsUsed;
        _shots[Math.Min(draw.ShotsUsed, _shots.Length - 1)]++;
        _listed += listed;
        _error += error;
        if (draw.Kind == DrawKind.Banked) _bits -= Math.Log2(Math.Max(probability, 1e-300));
    }

    internal BankMeter Read(int drifts)
    {
        var notes = _kinds.Sum();
        return new BankMeter
        {
            Notes = notes,
            Banked = _kinds[(int)DrawKind.Banked],
            Outside = _kinds[(int)DrawKind.Outside],
            Dry = _kinds[(int)DrawKind.Dry],
            Absent = _kinds[(int)DrawKind.Absent],
            Shots = _used,
            ShotsMean = _used / (double)_tried,
            Shots99 = Quantile(.99),
            Acceptance = _kinds[(int)DrawKind.Banked] / (double)_used,
            OutsideMass = 1 - (_listed / _tried),
            LawError = _tried == 0 ? 0 : _error / _tried,
            BitsANote = notes == 0 ? 0 : _bits / notes,
            Drifts = drifts,
        };
    }

    private int Quantile(double share)
    {
        var (sum, at) = (0L, 0);
        while (at < _shots.Length - 1 && (sum += _shots[at]) < share * _tried) at++;
        return at;
    }
}
