using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// The shots of one circuit of one job, in the order taken, and how many of them are used. The shots are immutable; the count belongs to the bank. [engine]
/// </summary>
/// <param name="spec">The edition whose circuit was run.</param>
/// <param name="vendor">Whose device, such as <c>ibm</c>; <c>local</c> for a simulated one.</param>
/// <param name="device">Which device.</param>
/// <param name="job">The vendor's name of the job.</param>
/// <param name="takenAt">When the results were there.</param>
/// <param name="words">Every shot's classical bits.</param>
public sealed class ShotBatch(ClassSpec spec, string vendor, string device, string job, DateTimeOffset takenAt, ImmutableArray<ulong> words)
{
    /// <summary>The edition whose circuit was run.</summary>
    public ClassSpec Spec { get; } = spec;

    /// <summary>Whose device.</summary>
    public string Vendor { get; } = vendor;

    /// <summary>The label of a note it chooses: <c>local</c> for a simulated device, else <c>qpu:</c> and the vendor.</summary>
    public string Label { get; } = vendor == "local" ? vendor : $"qpu:{vendor}";

    /// <summary>Which device.</summary>
    public string Device { get; } = device;

    /// <summary>The vendor's name of the job.</summary>
    public string Job { get; } = job;

    /// <summary>The circuit's place in the job.</summary>
    public int Circuit { get; init; }

    /// <summary>When the results were there.</summary>
    public DateTimeOffset TakenAt { get; } = takenAt;

    /// <summary>Every shot's classical bits.</summary>
    public ImmutableArray<ulong> Words { get; } = words;

    /// <summary>The exact law of the kept shots where it is known, as on a simulated device; empty: it is measured from the shots themselves.</summary>
    public ImmutableArray<double> KnownLaw { get; init; } = [];

    /// <summary>Told whenever shots are used; null: nobody keeps count.</summary>
    public IUseMark? Mark { get; init; }

    /// <summary>How many shots are used, from the first on: as a choice, as calibration, or thrown away.</summary>
    public int Used { get; private set; }

    /// <summary>How many are left.</summary>
    public int Left => Words.Length - Used;

    /// <summary>Whether the coins of this batch were used already.</summary>
    public bool CoinsTaken { get; set; }

    /// <summary>Goes on where a bank that was closed had stopped.</summary>
    public ShotBatch From(int used)
    {
        Used = Math.Clamp(used, 0, Words.Length);
        return this;
    }

    /// <summary>The next shot; it is used from now on.</summary>
    internal ulong Take()
    {
        var word = Words[Used++];
        Mark?.MarkUsed(Used);
        return word;
    }
}
