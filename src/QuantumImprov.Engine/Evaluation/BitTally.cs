namespace QuantumImprov.Engine.Evaluation;

/// <summary>Bits that one model needed in one fold, in all and by how many notes of the melody had been heard. [one thread]</summary>
public sealed class BitTally(string model)
{
    /// <summary>Marks at which a learning curve is read: notes of the melody heard before.</summary>
    public static readonly int[] Marks = [25, 50, 100, 200];

    private readonly double[] _markedBits = new double[Marks.Length];
    private readonly long[] _markedNotes = new long[Marks.Length];

    /// <summary>The model.</summary>
    public string Model { get; } = model;

    /// <summary>Bits in all.</summary>
    public double Bits { get; private set; }

    /// <summary>Notes in all.</summary>
    public long Notes { get; private set; }

    /// <summary>Bits a note; 0 where the fold is empty.</summary>
    public double Mean => Notes == 0 ? 0 : Bits / Notes;

    /// <summary>Counts a note that cost <paramref name="bits"/> after <paramref name="heard"/> others of its melody.</summary>
    public void Add(double bits, int heard)
    {
        Bits += bits;
        Notes++;
        for (var i = 0; i < Marks.Length; i++)
        {
            // The second half of the way to each mark, so that a point of the curve is not one note wide.
            if (heard < Marks[i] / 2 || heard >= Marks[i]) continue;
            _markedBits[i] += bits;
            _markedNotes[i]++;
        }
    }

    /// <summary>Bits and notes of the second half of the way to a mark.</summary>
    public (double Bits, long Notes) Marked(int mark) => (_markedBits[mark], _markedNotes[mark]);
}
