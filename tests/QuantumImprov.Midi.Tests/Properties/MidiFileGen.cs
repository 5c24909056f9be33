using System.Collections.Immutable;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;

namespace QuantumImprov.Midi.Tests.Properties;

/// <summary>Files of all formats and divisions: 1 to 5 tracks of 0 to 40 events, with repeated times, long silences and empty and long data.</summary>
internal static class MidiFileGen
{
    private static readonly Gen<long> Delta = Gen.Frequency(
        (4, Gen.Const(0L)), (6, Gen.Long[1, 200]), (2, Gen.Long[0x70, 0x90]), (1, Gen.Long[0x3FF0, 0x4010]), (1, Gen.Long[0, 100_000]));

    private static readonly Gen<ImmutableArray<byte>> Data = Gen.Frequency(
        (3, Gen.Byte.Array[0, 6]), (1, Gen.Byte.Array[120, 140])).Select(bytes => bytes.ToImmutableArray());

    private static readonly Gen<ShortMessage> Message =
        Gen.Select(Gen.Int[0x80, 0xEF], Gen.Byte[0, 127], Gen.Byte[0, 127]).Select((status, d1, d2) => new ShortMessage((byte)status, d1, d2));

    private static readonly Gen<byte> Type = Gen.Byte[0, 127].Where(type => type != MetaType.EndOfTrack);

    private static readonly Gen<Func<long, MidiFileEvent>> Event = Gen.Frequency<Func<long, MidiFileEvent>>(
        (8, Message.Select(message => At(tick => MidiFileEvent.Channel(tick, message)))),
        (2, Gen.Select(Type, Data).Select((type, data) => At(tick => MidiFileEvent.Meta(tick, type, data)))),
        (1, Gen.Int[1, 0xFFFFFF].Select(us => At(tick => MidiFileEvent.SetTempo(tick, Tempo.FromMicrosecondsPerQuarter(us))))),
        (1, Gen.Int[1, 32].Select(n => At(tick => MidiFileEvent.TimeSignature(tick, Metre.Of(n, 8))))),
        (1, Data.Select(data => At(tick => MidiFileEvent.SystemExclusive(tick, data)))),
        (1, Data.Select(data => At(tick => MidiFileEvent.Escape(tick, data)))));

    private static readonly Gen<MidiFileTrack> Track = Gen.Select(Gen.Select(Delta, Event).Array[0, 40], Delta).Select((steps, rest) =>
    {
        long tick = 0;
        var events = ImmutableArray.CreateBuilder<MidiFileEvent>();
        foreach (var (delta, make) in steps) events.Add(make(tick += delta));
        return new MidiFileTrack(events.ToImmutable(), tick + rest);
    });

    private static readonly Gen<Division> AnyDivision = Gen.Frequency(
        (3, Gen.OneOf(24, 96, 120, 480, 960).Select(Division.PerQuarter)),
        (1, Gen.Int[100, 0x7FFF].Select(Division.PerQuarter)),
        (1, Gen.Select(Gen.OneOf(24, 25, 29, 30), Gen.Int[20, 255]).Select(Division.Smpte)));

    public static Gen<MidiFile> File { get; } = Gen.Select(Gen.Enum<MidiFileFormat>(), AnyDivision, Track.Array[1, 5]).Select((format, division, tracks) =>
        new MidiFile(format, division, [.. format == MidiFileFormat.OneTrack ? tracks.Take(1) : tracks]));

    private static Func<long, MidiFileEvent> At(Func<long, MidiFileEvent> make) => make;
}
