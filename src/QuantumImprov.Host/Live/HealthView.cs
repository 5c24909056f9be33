using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Health;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Live;

/// <summary>A live session's health and concert as the pages show them.</summary>
public static class HealthView
{
    private const int MostStocks = 24;

    /// <summary>The health; <paramref name="ports"/> is null where there are none.</summary>
    public static StageHealth Of(EngineLoop engine, PortHealth? ports, StageCounts pages, long late, string? trouble) => new()
    {
        Ports = ports?.Words ?? "",
        Trouble = trouble,
        Xruns = ports?.Xruns,
        MissedTurns = ports?.MissedTurns,
        LostInput = ports?.LostInput ?? 0,
        LateNotes = late,
        ControlsThinned = engine.Snapshot.ControlsThinned,
        MissedByPages = pages.Missed,
        Flooded = pages.Flooded,
        Collections = [GC.CollectionCount(0) - GC.CollectionCount(1), GC.CollectionCount(1) - GC.CollectionCount(2), GC.CollectionCount(2)],
        PausedMilliseconds = Math.Round(GC.GetTotalPauseDuration().TotalMilliseconds, 1),
        Heard = engine.Heard.Counts,
        Rounds = engine.Rounds.Counts,
    };

    /// <summary>The concert.</summary>
    public static StageConcert Of(BankSnapshot bank)
    {
        var (meter, supply) = (bank.Meter, bank.Supply);
        return new StageConcert
        {
            Backend = bank.Backend,
            Notes = meter.Notes,
            Share = meter.Notes > 0 ? Math.Round(meter.Share, 3) : null,
            BitsANote = meter.Notes > 0 && double.IsFinite(meter.BitsANote) ? Math.Round(meter.BitsANote, 2) : null,
            Shots = bank.Classes.Sum(c => (long)c.Level),
            Classes = bank.Classes.Length,
            Stocked = bank.Classes.Count(c => c.Level > 0),
            Stocks = [.. bank.Classes.OrderByDescending(c => c.Rate).ThenByDescending(c => c.Level).Take(MostStocks).Select(c => new StageStock(c.Level, Math.Round(c.Rate, 3)))],
            JobsSent = supply?.JobsSent,
            OpenJobs = supply?.OpenJobs,
            Spent = (double?)supply?.Spent,
            Budget = (double?)supply?.Budget,
            Trouble = supply?.Trouble,
            Last = bank.Last.Label,
        };
    }
}
