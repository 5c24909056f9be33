using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Session;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Plugin.Shots;

/// <summary>
/// Shots of quantum devices that the program has handed over, for one instance while it is active: rings that <see cref="Source"/> takes them from on the audio thread, and the worker that fills them. Made and closed by [main]; everything is allocated
/// when it is made.
/// </summary>
internal sealed class DeviceShots
{
    private const int MostEditions = 8, EnterTries = 100, EnterPause = 5;

    private readonly ShotFile? _file;
    private readonly ShotClaims? _claims;
    private readonly ShotWorker? _worker;
    private readonly long _left;
    private readonly (ShotRing Ring, ShotStock Stock, double[] Before)[] _stocks;

    private DeviceShots(FlatBank flat, ShotFile? file)
    {
        var (bank, stocks, contexts) = (new ShotBank(), new List<(ShotRing, ShotStock, double[])>(), Contexts(flat));
        for (var place = 0; place < contexts.Count; place++)
        {
            foreach (var edition in contexts[place].Editions)
            {
                var ring = new ShotRing { Key = edition.Key };
                var stock = bank.Attach(place, new ShotBatch(edition.Spec, edition.Vendor, edition.Device, "", default, []) { KnownLaw = edition.KnownLaw }, ring);
                stock.Law.Recall(edition.Counts.AsSpan());
                stocks.Add((ring, stock, [.. edition.Counts]));
            }
        }

        (_file, _stocks, _left) = (file, [.. stocks], flat.Left);
        Source = new StockedChoosing(bank, new ContextTable([.. contexts.Select(c => c.Key)]));
        Bank = bank;
        if (file is null) return;
        _claims = new ShotClaims(file, [.. _stocks.Select(s => s.Ring)], flat.Batches.Length);
        _worker = new ShotWorker(_claims);
    }

    /// <summary>What chooses by them. [audio]</summary>
    internal StockedChoosing Source { get; }

    /// <summary>How they were used; to be looked at while no block is played.</summary>
    internal ShotBank Bank { get; }

    /// <summary>Whether they are wanted; only then are any claimed. [any]</summary>
    internal bool IsWanted
    {
        get => _worker is { IsWanted: true };
        set
        {
            if (_worker is not null) _worker.IsWanted = value;
        }
    }

    /// <summary>Shots that were in the file when it was opened, less those that were used since. [audio]</summary>
    internal double Left => _left - Source.Used;

    /// <summary>Shots claimed and not used yet. [any]</summary>
    internal int Level => _stocks.Sum(s => s.Ring.Level);

    /// <summary>Shots that were claimed and could neither be used nor given back; after <see cref="Close"/>.</summary>
    internal long Lost { get; private set; }

    /// <summary>The file that the program hands shots over in; null where there is no data folder.</summary>
    internal static string? Place => DataPlace.OnLinux(Environment.GetEnvironmentVariable) is { } folder ? DataPlace.PluginShots(folder) : null;

    /// <summary>The shots in the file at <paramref name="path"/>; null when it is not there, not ours to write, damaged or of another version, or nothing is left in it.</summary>
    internal static DeviceShots? Open(string? path)
    {
        // Claims are made by Linux's calls; elsewhere there are no shots yet.
        if (!OperatingSystem.IsLinux() || path is null || !File.Exists(path) || ShotFile.Open(path) is not { } file) return null;
        try
        {
            if (Enter(file))
            {
                try
                {
                    if (FlatBank.Read(File.ReadAllBytes(path), out _) is { Left: > 0 } flat) return new DeviceShots(flat, file);
                }
                finally
                {
                    file.Leave();
                }
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            // Then notes are chosen here.
        }

        file.Dispose();
        return null;
    }

    /// <summary>Some without a file, enough to have everything done once: for <see cref="Processing.WarmUp"/>.</summary>
    internal static DeviceShots Unfiled()
    {
        var spec = new ClassSpec(0, [.. Enumerable.Range(54, 16)], [.. Enumerable.Repeat(1.0, 16)], [1]) { Context = ContextKey.Any };
        var shots = new DeviceShots(FlatBank.Empty.With([new ShotBatch(spec, "local", "", "", default, [0])], _ => []), null);
        for (var i = 0; i < ShotRing.Most; i++) shots._stocks[0].Ring.Put((ulong)(i * 7) % 16, 1, i);
        return shots;
    }

    /// <summary>Claims the first shots now, of each edition so many; [main], before <see cref="Start"/>.</summary>
    internal void FillNow(int target = ShotRing.First)
    {
        foreach (var (ring, _, _) in _stocks) ring.Target = target;
        for (var i = 0; i < EnterTries && _claims is { } claims && !claims.Fill(); i++) Thread.Sleep(EnterPause);
    }

    /// <summary>From now on the worker fills the rings while shots are wanted.</summary>
    internal void Start() => _worker?.Start();

    /// <summary>No shot is used any more: what is left is given back to the file. Takes two seconds and a half at most.</summary>
    internal void Close()
    {
        if (_worker is null || !_worker.Stop()) return;
        (double[], double[])?[] counted = [.. _stocks.Select(s => s.Stock.Law.IsKnown || s.Stock.Law.Counts.SequenceEqual(s.Before) ? ((double[], double[])?)null : (s.Before, s.Stock.Law.Counts.ToArray()))];
        for (var i = 0; i < EnterTries && !_claims!.GiveBack(counted); i++) Thread.Sleep(EnterPause);
        Lost = _claims!.Lost + Level;
        _file!.Dispose();
    }

    private static bool Enter(ShotFile file)
    {
        for (var i = 0; i < EnterTries; i++)
        {
            if (file.TryEnter()) return true;
            Thread.Sleep(EnterPause);
        }

        return false;
    }

    // As many contexts as a bank has classes, those with the most shots, and of each the editions with the most.
    private static List<(int Key, List<FlatStock> Editions)> Contexts(FlatBank flat)
    {
        var left = new long[flat.Stocks.Length];
        foreach (var batch in flat.Batches) left[batch.Stock] += batch.Left;
        return [.. flat.Stocks.Index().Where(s => left[s.Index] > 0).GroupBy(s => s.Item.Spec.Context == ClassSpec.UnknownContext ? ContextKey.Any : s.Item.Spec.Context)
            .OrderByDescending(g => g.Key == ContextKey.Any).ThenByDescending(g => g.Sum(s => left[s.Index])).Take(ShotBank.MostClasses)
            .Select(g => (g.Key, g.OrderByDescending(s => left[s.Index]).Take(MostEditions).Select(s => s.Item).ToList()))];
    }
}
