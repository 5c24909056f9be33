using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Storage.Tests.Support;

/// <summary>One thing that happens in a recorded session.</summary>
internal abstract record Happening
{
    internal sealed record Performer(TimedMessage Message) : Happening;

    internal sealed record Partner(TimedMessage Message) : Happening;

    internal sealed record NewTimeline(TimelineSegment Segment) : Happening;

    internal sealed record Command(JournalCommand Said) : Happening;

    internal sealed record Exchange(HostTime At) : Happening;

    internal sealed record Song(HostTime At, bool Hushes, bool Follows) : Happening;

    internal sealed record Content(HostTime At, RepertoireContent Brought) : Happening;

    internal sealed record Remark(JournalRemark Said) : Happening;
}
