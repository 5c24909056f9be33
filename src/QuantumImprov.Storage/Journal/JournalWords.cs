namespace QuantumImprov.Storage.Journal;

/// <summary>
/// The words lines begin with. A line is <code>CRC WORD FIELDS</code>: eight hex digits of the CRC-32C of what follows the space, then the words. Times are
/// nanoseconds since the clock origin, beats are 1/20160 quarter notes, message bytes are hex, texts are a JSON array of strings.
/// </summary>
internal static class JournalWords
{
    internal const int Version = 1;

    internal const string
        Journal = "journal", // VERSION
        Product = "product", // [VERSION]
        Seed = "seed", // SEED
        Preset = "preset", // [NAME, TEXT]
        Started = "started", // WALL TIME
        Clock = "clock", // READING OF THE SESSION CLOCK
        Origin = "origin", // TEMPO METRE BEAT-ORIGIN TIME-ORIGIN BAR-ORIGIN; tempo in nanoseconds a quarter
        Given = "given", // [NAME, TEXT] of what else the session started from
        Content = "content", // TIME [GZIPPED REPERTOIRE IN BASE 64] that the next command brings
        Exchange = "exchange", // TIME
        Song = "song", // TIME HUSHES FOLLOWS, each 0 or 1
        Performer = "in", // TIME BYTES, then how much earlier it was played, in nanoseconds, where that is not 0
        Partner = "out", // TIME BYTES
        Timeline = "timeline", // TIME, then as origin
        Command = "command", // TIME [NAME, ARGUMENTS]
        Law = "law", // TIME [NUMBER, VENDOR, DEVICE, CLASS, LABELS, LAW] of shots that choices are made from
        Draw = "draw", // TIME [NUMBER, NUMBER OF THE LAW, WHAT THE SHOTS READ, COINS] of a choice; the number alone where there were no shots, no coins unless they are pure
        Remark = "remark", // TIME [TEXT]
        Lost = "lost", // COUNT
        End = "end"; // TIME

    internal static ReadOnlySpan<string> Header => new[] { Journal, Product, Seed, Preset, Started, Clock, Origin };
}
