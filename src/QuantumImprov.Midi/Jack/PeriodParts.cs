using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>What a period works with; all but the tracker outlives the opening of a client.</summary>
internal sealed record PeriodParts
{
    public required FrameTracker Tracker { get; init; }

    public required SpscRing<TimedMessage> Input { get; init; }

    public required InputDecoder Decoder { get; init; }

    public required Player Player { get; init; }

    public required PeriodSink Sink { get; init; }

    public required PlayerSeat Seat { get; init; }

    public required PeriodCounts Counts { get; init; }

    /// <summary>Posted when a period heard something.</summary>
    public required WakeSemaphore Wake { get; init; }

    /// <summary>Posted by every period that has no scale yet.</summary>
    public required WakeSemaphore Begun { get; init; }

    public required TimeProvider Time { get; init; }
}
