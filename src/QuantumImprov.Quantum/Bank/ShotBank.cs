using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// Shots of real devices, by context class, and how they serve live laws they were not drawn from: exactly, as far as the class's law on its device is known. Each shot is used once. Choosing waits for nothing and allocates nothing. [engine]
/// </summary>
/// <param name="pure">Whether accept coins come from the devices too.</param>
public sealed class ShotBank(bool pure = false)
{
    /// <summary>The most classes.</summary>
    public const int MostClasses = 64;

    /// <summary>The most shots one choice may use up before the rest is drawn here.</summary>
    public const int MostTries = 1024;

    // What a note drawn here costs, in shots, when classes are compared.
    private const double LocalNote = 200;

    private readonly List<ShotStock>[] _stocks = [.. Enumerable.Range(0, MostClasses).Select(_ => new List<ShotStock>(8))];
    private readonly ClassSpec?[] _current = new ClassSpec?[MostClasses];
    private readonly long[] _taken = new long[MostClasses];
    private readonly BankTally _tally = new();
    private readonly StockRun _run = new();
    private long _draws;

    /// <summary>The accept coins.</summary>
    public AcceptCoins Coins { get; } = new(pure);

    /// <summary>Told of every choice, of those too for which there were no shots; null: nobody is. It must not allocate much, nor wait.</summary>
    public DrawObserver? Observer { get; set; }

    /// <summary>Batches that were put in so far.</summary>
    public int Deposits { get; private set; }

    /// <summary>How things stand.</summary>
    public BankMeter Meter => _tally.Read(_stocks.Sum(c => c.Sum(s => s.Law.Drifts)));

    /// <summary>The edition of a class that is ordered now; null when the class does not exist.</summary>
    public ClassSpec? Current(int @class) => _current[@class];

    /// <summary>All stocks of a class: the present edition's and older ones'.</summary>
    public IReadOnlyList<ShotStock> Stocks(int @class) => _stocks[@class];

    /// <summary>Shots left in a class, over all its editions.</summary>
    public int Level(int @class)
    {
        var level = 0;
        foreach (var stock in _stocks[@class]) level += stock.Level;
        return level;
    }

    /// <summary>Shots that will go into measuring the law of a class's present edition on <paramref name="device"/> before any serves a note; 0 when it is measured or known.</summary>
    public int CalibrationOf(int @class, string device)
    {
        if (_current[@class] is not { } spec) return 0;
        var counted = 0.0;
        foreach (var stock in _stocks[@class])
        {
            if (stock.Spec.Fingerprint != spec.Fingerprint || stock.Device != device) continue;
            if (stock.Law.IsReady) return 0;
            counted = stock.Law.Counted;
        }

        return (int)Math.Ceiling(Math.Max(0, ClassLaw.Calibration - counted) / spec.KeptShare);
    }

    /// <summary>Shots a class has given so far, for choices and calibration: what its rate of use is measured by.</summary>
    public long Taken(int @class) => _taken[@class];

    /// <summary>Makes <paramref name="spec"/> the edition of its class that is ordered from now on. What is left of older editions serves on: with its own law it is as good a proposal.</summary>
    public void Install(ClassSpec spec) => _current[spec.Class] = spec;

    /// <summary>Puts a batch in; its class's law is calibrated from it where it has to be. Allocates.</summary>
    public void Deposit(ShotBatch batch)
    {
        Deposits++;
        var stock = StockOf(batch);
        Coins.Add(batch);
        stock.Add(batch);
        _taken[batch.Spec.Class] += stock.Calibrate();
        var stocks = _stocks[batch.Spec.Class];
        for (var i = stocks.Count - 1; i >= 0; i--)
        {
            // Of an older edition that is used up the law is no longer needed.
            if (stocks[i].Level == 0 && stocks[i].Spec.Fingerprint != _current[batch.Spec.Class]?.Fingerprint && stocks[i] != stock) stocks.RemoveAt(i);
        }
    }

    /// <summary>Has shots that somebody else brings serve the class numbered <paramref name="place"/>. Allocates.</summary>
    /// <param name="place">0 to 63, whatever the edition's own number.</param>
    /// <param name="described">The edition, the device and, where it is known, the law; what it holds itself is not used.</param>
    /// <param name="feed">Where the shots come from.</param>
    public ShotStock Attach(int place, ShotBatch described, IShotFeed feed)
    {
        _stocks[place].Add(new ShotStock(described, feed));
        return _stocks[place][^1];
    }

    /// <summary>The stock that a batch belongs to, made where there is none.</summary>
    public ShotStock StockOf(ShotBatch batch)
    {
        var stocks = _stocks[batch.Spec.Class];
        foreach (var stock in stocks)
        {
            if (stock.Spec.Fingerprint == batch.Spec.Fingerprint && stock.Device == batch.Device && stock.Vendor == batch.Vendor) return stock;
        }

        stocks.Add(new ShotStock(batch.Spec, batch.Vendor, batch.Device, batch.KnownLaw));
        return stocks[^1];
    }

    /// <summary>
    /// Chooses one candidate with exactly the law given, by a shot where one of the <paramref name="classes"/> has any. Which class serves is decided by the laws and levels alone, never by what the shots read.
    /// </summary>
    /// <param name="labels">The candidates' labels, ascending.</param>
    /// <param name="law">Their law, sum 1.</param>
    /// <param name="classes">The classes of the context.</param>
    /// <param name="random">Draws what is drawn here, and tosses the coins unless they are pure.</param>
    public BankDraw Draw(ReadOnlySpan<int> labels, ReadOnlySpan<double> law, ReadOnlySpan<int> classes, Xoshiro random)
    {
        _draws++;
        Span<int> places = stackalloc int[ClassSpec.MostLabels];
        Span<double> served = stackalloc double[ClassSpec.MostLabels];
        ShotStock? best = null;
        var least = double.PositiveInfinity;
        foreach (var @class in classes)
        {
            foreach (var stock in _stocks[@class])
            {
                if (!stock.Law.IsReady && stock.Level > 0) _taken[@class] += stock.Calibrate();
                if (!stock.IsUsable) continue;
                ShotServing.Place(stock.Spec.Labels.AsSpan(), labels, places);
                var cost = Cost(new Rejection(law, places[..stock.Spec.Labels.Length], stock.Law.Law, served), stock);
                if (cost < least) (least, best) = (cost, stock);
            }
        }

        BankDraw draw;
        if (best is null)
        {
            draw = new BankDraw(DrawKind.Absent, -1, 0, null, -1);
            _tally.Add(draw, 0, 0, 1);
            Observer?.Invoke(_draws, null, [], [], []);
            return draw;
        }

        ShotServing.Place(best.Spec.Labels.AsSpan(), labels, places);
        var symbols = places[..best.Spec.Labels.Length];
        Span<double> proposal = stackalloc double[best.Law.Law.Length];
        best.Law.Law.CopyTo(proposal);
        var rejection = new Rejection(law, symbols, proposal, served);
        var error = ErrorBound(rejection, best, served);
        Coins.BeginCounting();
        draw = ShotServing.Draw(rejection, _run.From(best), Coins, proposal, law, symbols, served, random);
        _taken[best.Spec.Class] += draw.ShotsUsed;
        _tally.Add(draw, rejection.Listed, error, law[draw.Index]);
        Observer?.Invoke(_draws, best, proposal, _run.Symbols, Coins.Counted);
        return draw;
    }

    private static double Cost(in Rejection rejection, ShotStock stock) => (rejection.ShotsANote / Math.Max(.01, stock.KeptShare)) + (LocalNote * (1 - rejection.Inside));

    // The law served is p r / sum p r with r = q / q^ on what shots serve; with e = sum p |r - 1| its distance from p is at most e / (1 - e).
    private static double ErrorBound(in Rejection rejection, ShotStock stock, ReadOnlySpan<double> served)
    {
        if (stock.Law.IsKnown || rejection.Inside <= 0) return 0;
        var e = 0.0;
        for (var s = 0; s < stock.Spec.Labels.Length; s++) e += served[s] / rejection.Inside * stock.Law.RelativeError(s);
        return e >= .5 ? 1 : rejection.Inside * e / (1 - e);
    }
}
