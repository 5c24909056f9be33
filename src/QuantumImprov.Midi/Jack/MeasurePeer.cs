using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>A second client with one MIDI input that writes down which note-on came at which frame. Its memory is taken beforehand.</summary>
internal sealed unsafe class MeasurePeer : IDisposable
{
    private readonly JackHandle _handle;
    private readonly nint _native;
    private readonly uint[] _frames;
    private readonly int[] _notes;
    private nint _port;
    private int _count;
    private GCHandle<MeasurePeer> _toThis;

    private MeasurePeer(JackHandle handle, int capacity)
    {
        _handle = handle;
        _native = handle.Native;
        _frames = new uint[capacity];
        _notes = new int[capacity];
    }

    /// <summary>Note-ons received so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Full name of the input.</summary>
    public string Port => _handle.Name + ":in";

    /// <summary>The low half of the frame of note-on number <paramref name="index"/>.</summary>
    public uint Frame(int index) => _frames[index];

    /// <summary>Pitch and velocity of note-on number <paramref name="index"/>.</summary>
    public (int Pitch, int Velocity) Note(int index) => (_notes[index] >> 8, _notes[index] & 0xFF);

    public static bool TryOpen(string? server, int capacity, [NotNullWhen(true)] out MeasurePeer? peer, out string reason)
    {
        peer = null;
        if (!JackHandle.TryOpen("measure-peer", server, out var handle, out reason)) return false;
        peer = new MeasurePeer(handle, capacity);
        if (peer.TryRun()) return true;
        peer.Dispose();
        peer = null;
        reason = "The JACK server refused the measuring peer: it has no free port left.";
        return false;
    }

    public void Dispose()
    {
        _handle.Dispose();
        _toThis.Dispose();
    }

    private bool TryRun()
    {
        _port = _handle.AddPort("in", midi: true, input: true);
        _toThis = new GCHandle<MeasurePeer>(this);
        RuntimeHelpers.PrepareMethod(((Action<uint>)Hear).Method.MethodHandle);
        LibJack.SetProcessCallback(_native, &OnPeriod, GCHandle<MeasurePeer>.ToIntPtr(_toThis));
        return _port != 0 && _handle.TryActivate();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int OnPeriod(uint frames, nint peer)
    {
        GCHandle<MeasurePeer>.FromIntPtr(peer).Target.Hear(frames);
        return 0;
    }

    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Hear(uint frames)
    {
        var first = LibJack.LastFrameTime(_native);
        var buffer = LibJack.PortGetBuffer(_port, frames);
        if (buffer is null) return;
        var events = LibJack.MidiGetEventCount(buffer);
        LibJack.MidiEvent midi;
        for (var i = 0u; i < events && _count < _frames.Length; i++)
        {
            if (LibJack.MidiEventGet(&midi, buffer, i) != 0 || midi.Size != 3 || (midi.Data[0] & 0xF0) != 0x90) continue;
            _frames[_count] = first + midi.Time;
            _notes[_count] = midi.Data[1] << 8 | midi.Data[2];
            Volatile.Write(ref _count, _count + 1);
        }
    }
}
