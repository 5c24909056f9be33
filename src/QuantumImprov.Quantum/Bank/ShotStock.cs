using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Bank;

/// <summary>The shots of one edition on one device that are not used yet, oldest first, and their law. [engine]</summary>
public sealed class ShotStock
{
    private readonly Queue<ShotBatch> _batches = new(16);
    private readonly IShotFeed? _feed;
    private readonly ShotBatch? _fed;
    private double _kept, _taken;
    private int _level;

    internal ShotStock(ClassSpec spec, string vendor, string device, ImmutableArray<double> knownLaw)
    {
        (Spec, Vendor, Device) = (spec, vendor, device);
        Law = knownLaw.IsDefaultOrEmpty ? new ClassLaw(spec.Labels.Length) : new ClassLaw(knownLaw);
    }

    internal ShotStock(ShotBatch described, IShotFeed feed)
        : this(described.Spec, described.Vendor, described.Device, described.KnownLaw) => (_fed, _feed) = (described, feed);

    /// <summary>The edition.</summary>
    public ClassSpec Spec { get; }

    /// <summary>Whose device.</summary>
    public string Vendor { get; }

    /// <summary>Which device.</summary>
    public string Device { get; }

    /// <summary>The law of the kept shots.</summary>
    public ClassLaw Law { get; }

    /// <summary>Shots left; of one that is fed, those that are there now.</summary>
    public int Level => _feed?.Level ?? _level;

    /// <summary>The share of shots that were kept, as seen so far; at first that of an ideal device.</summary>
    public double KeptShare => (_kept + (16 * Spec.KeptShare)) / (_taken + 16);

    /// <summary>Whether a choice may be made from it.</summary>
    public bool IsUsable => Level > 0 && Law.IsReady;

    /// <summary>The oldest batch with shots left; null when there is none.</summary>
    public ShotBatch? Oldest => _batches.TryPeek(out var batch) ? batch : null;

    internal IEnumerable<ShotBatch> Batches => _batches;

    internal void Add(ShotBatch batch)
    {
        if (batch.Left == 0) return;
        _batches.Enqueue(batch);
        _level += batch.Left;
    }

    /// <summary>The next shot; the law counts it.</summary>
    internal ShotReading Take(out ShotBatch batch, out int shot)
    {
        ShotReading reading;
        if (_feed is not null)
        {
            (batch, shot) = (_fed!, -1);
            reading = Spec.Read(_feed.Take());
        }
        else
        {
            batch = _batches.Peek();
            shot = batch.Used;
            reading = Spec.Read(batch.Take());
            _level--;
            if (batch.Left == 0) _batches.Dequeue();
        }

        _taken++;
        if (reading.IsKept)
        {
            _kept++;
            Law.Count(reading.Symbol);
        }

        return reading;
    }

    /// <summary>Spends shots until the law may be used or none is left; returns how many.</summary>
    internal int Calibrate()
    {
        var spent = 0;
        for (; !Law.IsReady && Level > 0; spent++) Take(out _, out _);
        return spent;
    }
}
