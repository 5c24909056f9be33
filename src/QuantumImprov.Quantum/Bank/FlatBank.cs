using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// A bank as one flat block of bytes that anything can read without a database, and take shots from in place (see <see cref="FlatHeader"/>): stocks with their contexts and laws, batches with their origin, and a slot a shot. Immutable.
/// </summary>
/// <param name="Stocks">Editions on devices.</param>
/// <param name="Batches">Shots of each.</param>
/// <param name="NextBatch">The number the next new batch gets.</param>
public sealed record FlatBank(ImmutableArray<FlatStock> Stocks, ImmutableArray<FlatBatch> Batches, ulong NextBatch)
{
    /// <summary>The longest vendor, device or job, in bytes of UTF-8; names come in cut to a quarter of that.</summary>
    public const int MostText = 1024;

    // Half of the numbers that takers can hold (24 bits).
    private const ulong FirstNumbers = 1 << 23;

    /// <summary>One with nothing in it.</summary>
    public static FlatBank Empty { get; } = new([], [], 1);

    /// <summary>One with nothing in it whose batches are numbered from anywhere below 2^23 on, so that numbers of a file that was moved away mean nothing in the one that took its place.</summary>
    /// <param name="random">Any bits.</param>
    public static FlatBank Begin(ulong random) => Empty with { NextBatch = random & (FirstNumbers - 1) };

    /// <summary>Shots that nobody has taken.</summary>
    public long Left => Batches.Sum(b => (long)b.Left);

    /// <summary>With the shots of <paramref name="batches"/> that are left, and without batches of which none is; those that stay keep their numbers and slots, and a stock that was here keeps its counts even when no shot of it was left.</summary>
    /// <param name="batches">What comes in.</param>
    /// <param name="counts">The counts of a batch's law, for a stock of which nothing was counted here; empty: none.</param>
    public FlatBank With(IEnumerable<ShotBatch> batches, Func<ShotBatch, ImmutableArray<double>> counts)
    {
        var (stocks, kept, next) = (new List<FlatStock>(), new List<FlatBatch>(), NextBatch);
        var (places, measured) = (new Dictionary<ulong, int>(), Stocks.Where(s => s.Counts.Any(c => c > 0)).DistinctBy(s => s.Key).ToDictionary(s => s.Key, s => s.Counts));
        foreach (var batch in Batches.Where(b => b.Left > 0)) kept.Add(batch with { Stock = PlaceOf(Stocks[batch.Stock]) });
        foreach (var batch in batches.Where(b => b.Left > 0))
        {
            var stock = new FlatStock(batch.Spec, Cut(batch.Vendor), Cut(batch.Device), batch.KnownLaw.IsDefault ? [] : batch.KnownLaw, []);
            if (!places.ContainsKey(stock.Key)) stock = stock with { Counts = measured.GetValueOrDefault(stock.Key) is { IsDefault: false } here ? here : counts(batch) is { IsDefaultOrEmpty: false } known ? known : [.. new double[batch.Spec.Labels.Length]] };
            var slots = new uint[batch.Left];
            for (var i = 0; i < slots.Length; i++) slots[i] = FlatSlot.Pack(batch.Words[batch.Used + i], next, i);
            kept.Add(new FlatBatch(next++, PlaceOf(stock), Cut(batch.Job), batch.Circuit, batch.TakenAt, ImmutableCollectionsMarshal.AsImmutableArray(slots)));
        }

        return new FlatBank([.. stocks], [.. kept], next);

        int PlaceOf(FlatStock stock)
        {
            if (places.TryGetValue(stock.Key, out var place)) return place;
            stocks.Add(stock);
            return places[stock.Key] = stocks.Count - 1;
        }
    }

    private static string Cut(string text) => text.Length <= MostText / 4 ? text : text[..(MostText / 4)];

    /// <summary>The bytes. Allocates.</summary>
    /// <param name="generation">Another for every writing.</param>
    public byte[] Write(ulong generation) => FlatBytes.Write(this, generation);

    /// <summary>Reads a bank; null, with what was found in a sentence, when the bytes are none, damaged, or of another version. A damaged shot counts as taken, damaged counts as none. Allocates.</summary>
    public static FlatBank? Read(ReadOnlySpan<byte> bytes, out string fault) => FlatBytes.Read(bytes, out fault);
}
