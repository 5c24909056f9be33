using System.Reflection;
using System.Runtime.CompilerServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Has everything the process callback runs compiled before the callback exists: the just-in-time compiler must not work on the real-time thread. Costs some
/// milliseconds, once a process.
/// </summary>
internal static class WarmUp
{
    private static readonly Lazy<bool> Done = new(Run);

    public static void Ensure() => _ = Done.Value;

    private static bool Run()
    {
        foreach (var type in new[] { typeof(Period), typeof(PeriodSink), typeof(MidiOutput), typeof(PlayerSeat), typeof(InputDecoder), typeof(FrameScale), typeof(FrameTracker), typeof(PeriodCounts), typeof(WakeSemaphore) })
            Prepare(type);
        RuntimeHelpers.PrepareMethod(typeof(JackCallbacks).GetMethod("OnPeriod", BindingFlags.NonPublic | BindingFlags.Static)!.MethodHandle);
        Rehearse();
        return true;
    }

    private static void Prepare(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMethods(all))
        {
            if (method is { IsAbstract: false, ContainsGenericParameters: false }) RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
    }

    // A small concert nobody hears, long enough that loops are compiled to their end as well: notes that overlap, repeat, go stale, endings repeated, and a panic.
    private static void Rehearse()
    {
        var player = new Player();
        var seat = new PlayerSeat(player);
        var sink = new Nowhere();
        var input = new SpscRing<TimedMessage>(64);
        var decoder = new InputDecoder();
        var scale = new FrameScale(48000, 0, default);
        for (var turn = 0; turn < 2000; turn++)
        {
            var from = scale.ToHost(turn * 128);
            for (var i = 0; i < 4; i++) player.TryHand(new PlannedNote(from.Plus(i * 400_000), from.Plus(i * 400_000 + 30_000_000), 0, (byte)(40 + turn % 40 + i), 64, player.Epoch));
            if (turn % 100 == 99) player.RaiseEpoch();
            if (turn % 300 == 299) player.RepeatEndings();
            if (turn % 500 == 499) player.Panic();
            seat.TryTurn(from, scale.ToHost(turn * 128 + 128), sink);
            while (player.TryReadEmitted(out var emitted))
            {
                ReadOnlySpan<byte> bytes = [emitted.Message.Status, emitted.Message.Data1, emitted.Message.Data2];
                if (decoder.TryDecode(bytes, out var message)) input.TryWrite(new TimedMessage(scale.ToHost(scale.ToFrame(emitted.At)), message));
                input.TryRead(out _);
            }
        }
    }

    private sealed class Nowhere : IMessageSink
    {
        public void Emit(HostTime at, ShortMessage message)
        {
        }
    }
}
