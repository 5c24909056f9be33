namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// The pitches a choice is made among, ascending, and how much shaping favours each: 1 leaves the law as it is, 0 forbids. At most 128. [engine]
/// </summary>
public sealed class Candidates
{
    /// <summary>The most there can be.</summary>
    public const int Capacity = 128;

    private readonly int[] _pitches = new int[Capacity];
    private readonly double[] _favour = new double[Capacity];

    /// <summary>The pitches.</summary>
    public ReadOnlySpan<int> Pitches => _pitches.AsSpan(0, Count);

    /// <summary>Favour by candidate, 0 or more.</summary>
    public Span<double> Favour => _favour.AsSpan(0, Count);

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>All pitches from <paramref name="low"/> to <paramref name="high"/>, inclusive, each favoured by 1.</summary>
    public void Fill(int low, int high)
    {
        Count = 0;
        for (var pitch = Math.Max(0, low); pitch <= Math.Min(127, high); pitch++) _pitches[Count++] = pitch;
        Favour.Fill(1);
    }

    /// <summary>Leaves out the forbidden ones; false, and nothing is left out, when none would remain.</summary>
    public bool Close()
    {
        var kept = 0;
        foreach (var favour in Favour) kept += favour > 0 ? 1 : 0;
        if (kept == 0) return false;
        var to = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_favour[i] <= 0) continue;
            (_pitches[to], _favour[to]) = (_pitches[i], _favour[i]);
            to++;
        }

        Count = kept;
        return true;
    }

    /// <summary>
    /// Leaves out what <paramref name="law"/> holds for less likely than <paramref name="tail"/> (0 to 1) times its likeliest; true when somebody left, and the likeliest always stays.
    /// </summary>
    public bool CutTail(ReadOnlySpan<double> law, double tail)
    {
        var greatest = 0.0;
        foreach (var p in law) greatest = Math.Max(greatest, p);
        var cut = false;
        for (var x = 0; x < law.Length; x++)
        {
            if (law[x] >= tail * greatest) continue;
            _favour[x] = 0;
            cut = true;
        }

        return cut && Close();
    }

    /// <summary>The place of <paramref name="pitch"/>; -1 when it is no candidate.</summary>
    public int IndexOf(int pitch) => Pitches.BinarySearch(pitch);
}
