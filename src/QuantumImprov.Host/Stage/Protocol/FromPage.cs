using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>What a page says to the host, a record for each message, as <see cref="FromHost"/>; <see cref="PageMessage"/> reads them.</summary>
internal static class FromPage
{
    private const double MostTime = 1e15;

    /// <summary>The messages.</summary>
    public static ImmutableArray<Type> Messages { get; } =
    [
        typeof(Midi), typeof(Ping), typeof(Panic), typeof(Act), typeof(Learn), typeof(Dial), typeof(Tempo), typeof(Preset), typeof(Store), typeof(Recall), typeof(Cable), typeof(Transport), typeof(Decision), typeof(Qasm),
    ];

    [Description("A channel message that was played at that time, or now.")]
    internal sealed record Midi([ChannelMessage] ImmutableArray<byte> Data, [Range(-MostTime, MostTime)] double At = 0);

    [Description("What time is it? Any number of milliseconds, which comes back.")]
    internal sealed record Ping([Range(-MostTime, MostTime)] double At);

    [Description("Silence everything, everywhere.")]
    internal sealed record Panic;

    [Description("Do that, now or at that time; a switch without a value is turned over.")]
    internal sealed record Act([Names(NameTable.Actions)] string Name, [Range(0, PageMessage.MostKept)] double Value = 0, [Range(-MostTime, MostTime)] double At = 0);

    [Description("The next control that is moved asks for it from then on; null: none does any more.")]
    internal sealed record Learn([Names(NameTable.Targets)] string? Name);

    [Description("Turn a dial.")]
    internal sealed record Dial([Names(NameTable.Dials)] string Name, [Range(0, 1)] double Value);

    [Description("Play at so many quarters a minute.")]
    internal sealed record Tempo([Range(Engine.Music.Tempo.Slowest, Engine.Music.Tempo.Fastest)] double Value);

    [Description("Play as that preset says.")]
    internal sealed record Preset([Length(1, PageMessage.LongestName)] string Name);

    [Description("Keep what is known now.")]
    internal sealed record Store;

    [Description("Go back to what was kept.")]
    internal sealed record Recall;

    [Description("Connect our port with the one of that full name, or part them.")]
    internal sealed record Cable([Names(NameTable.Ends)] string End, [Length(1, PageMessage.LongestPort)] string Port, bool Joined);

    [Description("Let JACK's transport roll, or stop it.")]
    internal sealed record Transport(bool Rolls);

    [Description("Show that decision.")]
    internal sealed record Decision([Range(1, PageMessage.MostDecisions)] long Number);

    [Description("Its circuit as OpenQASM 3.")]
    internal sealed record Qasm([Range(1, PageMessage.MostDecisions)] long Number);
}
