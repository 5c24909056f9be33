using CsCheck;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Audio.Tests.Synth;

/// <summary>Messages nobody would play, so that what holds for them holds for music.</summary>
internal static class Storm
{
    private static readonly Gen<ShortMessage> Loud =
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 127], Gen.Int[100, 127], (channel, key, velocity) => ShortMessage.NoteOn(channel, key, velocity));

    private static readonly Gen<ShortMessage> Control =
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 127], Gen.Int[0, 127], (channel, controller, value) => ShortMessage.Control(channel, controller, value));

    private static readonly Gen<ShortMessage> Anything = Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, (status, first, second) => new ShortMessage(status, first, second));

    /// <summary>10 to 300 messages, each with the frames that pass before it: often none, at most 400.</summary>
    public static readonly Gen<(int Gap, ShortMessage Message)[]> Messages = Gen.Select(
        Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[0, 400])),
        Gen.Frequency((6, Loud), (2, Control), (2, Anything)),
        (gap, message) => (gap, message)).Array[10, 300];
}
