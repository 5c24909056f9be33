using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Midi.Jack;

namespace QuantumImprov.Midi.Tests.Jack;

/// <summary>
/// A client beside ours with MIDI ports <c>to</c> (an output) and <c>from</c> (an input) and an audio input <c>hear</c>: sends what it is told at exact
/// frames, writes down what comes with its frame. Shares the bindings with the product, nothing else.
/// </summary>
internal sealed unsafe class RawPeer : IDisposable
{
    private const int Room = 200_000, AudioRoom = 48000 * 5;
    private readonly JackHandle _handle;
    private readonly nint _native;
    private readonly uint[] _sendAt = new uint[Room];
    private readonly byte[][] _send = new byte[Room][];
    private readonly uint[] _cameAt = new uint[Room];
    private readonly int[] _came = new int[Room];
    private readonly float[] _audio = new float[AudioRoom];
    private nint _to, _from, _hear;
    private int _sendCount, _sent, _cameCount, _audioCount;
    private uint _audioFrom;
    private bool _recordAnew;
    private long _xruns, _refused, _periods;
    private GCHandle<RawPeer> _toThis;

    public RawPeer(string name, string server)
    {
        if (!JackHandle.TryOpen(name, server, out var handle, out var reason)) throw new InvalidOperationException(reason);
        _handle = handle;
        _native = handle.Native;
        _toThis = new GCHandle<RawPeer>(this);
        _to = handle.AddPort("to", midi: true, input: false);
        _from = handle.AddPort("from", midi: true, input: true);
        _hear = handle.AddPort("hear", midi: false, input: true);
        RuntimeHelpers.PrepareMethod(((Action<uint>)Run).Method.MethodHandle);
        LibJack.SetProcessCallback(_native, &OnPeriod, GCHandle<RawPeer>.ToIntPtr(_toThis));
        LibJack.SetXrunCallback(_native, &OnXrun, GCHandle<RawPeer>.ToIntPtr(_toThis));
        if (!handle.TryActivate()) throw new InvalidOperationException("The peer was refused.");
    }

    public string Name => _handle.Name;

    public JackHandle Handle => _handle;

    public uint Now => LibJack.FrameTime(_native);

    public long Xruns => Volatile.Read(ref _xruns);

    public long Refused => Volatile.Read(ref _refused);

    public long Periods => Volatile.Read(ref _periods);

    public bool AllSent => Volatile.Read(ref _sent) == _sendCount;

    public int CameCount => Volatile.Read(ref _cameCount);

    public IReadOnlyList<(uint Frame, int Bytes)> Came => [.. Enumerable.Range(0, CameCount).Select(i => (_cameAt[i], _came[i]))];

    /// <summary>Frames recorded since <see cref="Record"/>, and the frame of the first.</summary>
    public (uint First, float[] Samples) Audio => (_audioFrom, _audio[..Volatile.Read(ref _audioCount)]);

    /// <summary>Starts the recording anew.</summary>
    public void Record()
    {
        Volatile.Write(ref _recordAnew, true);
        Wait.For(() => !Volatile.Read(ref _recordAnew), "the recording");
    }

    /// <summary>Plans an event; in order of frames, before the frame has come.</summary>
    public void Send(uint frame, params byte[] bytes)
    {
        _sendAt[_sendCount] = frame;
        _send[_sendCount] = bytes;
        Volatile.Write(ref _sendCount, _sendCount + 1);
    }

    public void Dispose()
    {
        _handle.Dispose();
        _toThis.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnPeriod(uint frames, nint peer)
    {
        GCHandle<RawPeer>.FromIntPtr(peer).Target.Run(frames);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnXrun(nint peer)
    {
        Interlocked.Increment(ref GCHandle<RawPeer>.FromIntPtr(peer).Target._xruns);
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(uint frames)
    {
        var first = LibJack.LastFrameTime(_native);
        var output = LibJack.PortGetBuffer(_to, frames);
        LibJack.MidiClearBuffer(output);
        while (_sent < Volatile.Read(ref _sendCount) && (int)(_sendAt[_sent] - first) < (int)frames)
        {
            var bytes = _send[_sent];
            var at = LibJack.MidiEventReserve(output, (uint)Math.Max(0, (int)(_sendAt[_sent] - first)), (nuint)bytes.Length);
            if (at is null) Volatile.Write(ref _refused, _refused + 1);
            else bytes.CopyTo(new Span<byte>(at, bytes.Length));
            Volatile.Write(ref _sent, _sent + 1);
        }

        var input = LibJack.PortGetBuffer(_from, frames);
        LibJack.MidiEvent midi;
        for (var i = 0u; i < LibJack.MidiGetEventCount(input) && _cameCount < Room; i++)
        {
            if (LibJack.MidiEventGet(&midi, input, i) != 0) continue;
            _cameAt[_cameCount] = first + midi.Time;
            _came[_cameCount] = midi.Data[0] << 16 | (midi.Size > 1 ? midi.Data[1] << 8 : 0) | (midi.Size > 2 ? midi.Data[2] : 0);
            Volatile.Write(ref _cameCount, _cameCount + 1);
        }

        var heard = new ReadOnlySpan<float>(LibJack.PortGetBuffer(_hear, frames), (int)frames);
        if (_audioCount == 0 || Volatile.Read(ref _recordAnew))
        {
            _audioFrom = first;
            Volatile.Write(ref _audioCount, 0);
            Volatile.Write(ref _recordAnew, false);
        }

        if (_audioCount + heard.Length <= AudioRoom)
        {
            heard.CopyTo(_audio.AsSpan(_audioCount));
            Volatile.Write(ref _audioCount, _audioCount + heard.Length);
        }

        Volatile.Write(ref _periods, _periods + 1);
    }
}
