namespace QuantumImprov.Plugin.Lv2;

/// <summary>The host's numbers for what the plugin speaks of. Asked once, when an instance is made.</summary>
internal readonly unsafe struct Urids
{
    internal Urids(Lv2Map* map)
    {
        Sequence = Of(map, "http://lv2plug.in/ns/ext/atom#Sequence"u8);
        Object = Of(map, "http://lv2plug.in/ns/ext/atom#Object"u8);
        Blank = Of(map, "http://lv2plug.in/ns/ext/atom#Blank"u8);
        Chunk = Of(map, "http://lv2plug.in/ns/ext/atom#Chunk"u8);
        Int = Of(map, "http://lv2plug.in/ns/ext/atom#Int"u8);
        Long = Of(map, "http://lv2plug.in/ns/ext/atom#Long"u8);
        Float = Of(map, "http://lv2plug.in/ns/ext/atom#Float"u8);
        Double = Of(map, "http://lv2plug.in/ns/ext/atom#Double"u8);
        MidiEvent = Of(map, "http://lv2plug.in/ns/ext/midi#MidiEvent"u8);
        Position = Of(map, "http://lv2plug.in/ns/ext/time#Position"u8);
        Bar = Of(map, "http://lv2plug.in/ns/ext/time#bar"u8);
        BarBeat = Of(map, "http://lv2plug.in/ns/ext/time#barBeat"u8);
        BeatUnit = Of(map, "http://lv2plug.in/ns/ext/time#beatUnit"u8);
        BeatsPerBar = Of(map, "http://lv2plug.in/ns/ext/time#beatsPerBar"u8);
        BeatsPerMinute = Of(map, "http://lv2plug.in/ns/ext/time#beatsPerMinute"u8);
        Frame = Of(map, "http://lv2plug.in/ns/ext/time#frame"u8);
        Speed = Of(map, "http://lv2plug.in/ns/ext/time#speed"u8);
        State = Of(map, "urn:quantumimprov:state"u8);
    }

    internal uint Sequence { get; }

    internal uint Object { get; }

    internal uint Blank { get; }

    internal uint Chunk { get; }

    internal uint Int { get; }

    internal uint Long { get; }

    internal uint Float { get; }

    internal uint Double { get; }

    internal uint MidiEvent { get; }

    internal uint Position { get; }

    internal uint Bar { get; }

    internal uint BarBeat { get; }

    internal uint BeatUnit { get; }

    internal uint BeatsPerBar { get; }

    internal uint BeatsPerMinute { get; }

    internal uint Frame { get; }

    internal uint Speed { get; }

    internal uint State { get; }

    private static uint Of(Lv2Map* map, ReadOnlySpan<byte> uri)
    {
        // Literals end in a 0 that does not count.
        fixed (byte* text = uri) return map->Map(map->Handle, text);
    }
}
