using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack.Native;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// A client beside the product's own: plays messages at planned frames, writes down which note-on came at which frame. Its memory is taken beforehand. Its
/// callback is native where the product's is, since a pause of any client is an xrun of the whole graph.
/// </summary>
internal sealed unsafe class MeasurePeer : IDisposable
{
    private readonly JackHandle _handle;
    private readonly nint _native;
    private readonly uint[] _sendAt, _cameAt;
    private readonly int[] _send, _came;
    private readonly Pinned<PeerCounts> _counts = new();
    private readonly Pinned<PeerMemory> _memory = new();
    private nint _in, _out;
    private int _planned;
    private GCHandle<MeasurePeer> _toThis;

    private MeasurePeer(JackHandle handle, int capacity)
    {
        _handle = handle;
        _native = handle.Native;
        _sendAt = GC.AllocateArray<uint>(capacity, pinned: true);
        _cameAt = GC.AllocateArray<uint>(capacity, pinned: true);
        _send = GC.AllocateArray<int>(capacity, pinned: true);
        _came = GC.AllocateArray<int>(capacity, pinned: true);
    }

    /// <summary>Note-ons received so far.</summary>
    public int Count => Volatile.Read(ref _counts.Value.Came);

    /// <summary>Whether all that was planned has been sent.</summary>
    public bool AllSent => Volatile.Read(ref _counts.Value.Sent) >= _planned;

    /// <summary>Full name of the input.</summary>
    public string In => _handle.Name + ":in";

    /// <summary>Full name of the output.</summary>
    public string Out => _handle.Name + ":out";

    /// <summary>The low half of the frame of note-on number <paramref name="index"/> that came.</summary>
    public uint Frame(int index) => _cameAt[index];

    /// <summary>Pitch and velocity of note-on number <paramref name="index"/> that came.</summary>
    public (int Pitch, int Velocity) Note(int index) => (_came[index] >> 8 & 0xFF, _came[index] & 0xFF);

    /// <summary>The low halves of the frames at which note-ons left, in order.</summary>
    public IReadOnlyList<uint> SentNoteOns()
    {
        var sent = Volatile.Read(ref _counts.Value.Sent);
        return [.. Enumerable.Range(0, sent).Where(i => _send[i] >> 20 == 0x9).Select(i => _sendAt[i])];
    }

    /// <summary>Plans a message of three bytes for a frame; in order of frames. Nothing leaves before <see cref="Go"/>.</summary>
    public void Plan(uint frame, ShortMessage message)
    {
        _sendAt[_planned] = frame;
        _send[_planned++] = message.Status << 16 | message.Data1 << 8 | message.Data2;
    }

    /// <summary>Lets what was planned leave.</summary>
    public void Go() => Volatile.Write(ref _counts.Value.Planned, _planned);

    /// <summary>Connects the input with what comes out of <paramref name="source"/>, a full name; false when the server refuses.</summary>
    public bool TryHear(string source) => _handle.TryConnect(source, In);

    public static bool TryOpen(string name, TimingOptions options, int capacity, [NotNullWhen(true)] out MeasurePeer? peer, out string reason)
    {
        peer = null;
        if (!JackHandle.TryOpen(name, options.ServerName, out var handle, out reason)) return false;
        peer = new MeasurePeer(handle, capacity);
        if (peer.TryRun(!options.Managed && NativeCallback.IsThere(out _))) return true;
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

    private bool TryRun(bool native)
    {
        _in = _handle.AddPort("in", midi: true, input: true);
        _out = _handle.AddPort("out", midi: true, input: false);
        if (_in == 0 || _out == 0) return false;
        _toThis = new GCHandle<MeasurePeer>(this);
        _memory.Value = new PeerMemory
        {
            Jack = LibJackMemory.Found,
            Client = _native,
            In = _in,
            Out = _out,
            Counts = _counts.Address,
            SendAt = Marshal.UnsafeAddrOfPinnedArrayElement(_sendAt, 0),
            Send = Marshal.UnsafeAddrOfPinnedArrayElement(_send, 0),
            CameAt = Marshal.UnsafeAddrOfPinnedArrayElement(_cameAt, 0),
            Came = Marshal.UnsafeAddrOfPinnedArrayElement(_came, 0),
            Room = _came.Length,
        };
        RuntimeHelpers.PrepareMethod(((Action<uint>)Run).Method.MethodHandle);
        if (native) LibJack.SetProcessCallback(_native, (delegate* unmanaged[Cdecl]<uint, nint, int>)NativeCallback.PeerProcess, _memory.Address);
        else LibJack.SetProcessCallback(_native, &OnPeriod, GCHandle<MeasurePeer>.ToIntPtr(_toThis));
        return _handle.TryActivate();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int OnPeriod(uint frames, nint peer)
    {
        GCHandle<MeasurePeer>.FromIntPtr(peer).Target.Run(frames);
        return 0;
    }

    // The twin of peer.c.
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(uint frames)
    {
        ref var counts = ref _counts.Value;
        var first = LibJack.LastFrameTime(_native);
        var (output, input) = ((nint)LibJack.PortGetBuffer(_out, frames), (nint)LibJack.PortGetBuffer(_in, frames));
        if (output == 0 || input == 0) return;
        LibJack.MidiClearBuffer((void*)output);
        for (var planned = Volatile.Read(ref counts.Planned); counts.Sent < planned; Volatile.Write(ref counts.Sent, counts.Sent + 1))
        {
            ref var at = ref _sendAt[counts.Sent];
            if ((int)(at - first) >= (int)frames) break;

            // What could not leave at its frame leaves now, and that is told.
            if ((int)(at - first) < 0) at = first;
            var message = _send[counts.Sent];
            var bytes = LibJack.MidiEventReserve((void*)output, at - first, 3);
            if (bytes is null)
            {
                counts.Refused++;
                continue;
            }

            bytes[0] = (byte)(message >> 16);
            bytes[1] = (byte)(message >> 8);
            bytes[2] = (byte)message;
        }

        var events = LibJack.MidiGetEventCount((void*)input);
        LibJack.MidiEvent midi;
        for (var i = 0u; i < events && counts.Came < _came.Length; i++)
        {
            if (LibJack.MidiEventGet(&midi, (void*)input, i) != 0 || midi.Size != 3 || (midi.Data[0] & 0xF0) != 0x90 || midi.Data[2] == 0) continue;
            _cameAt[counts.Came] = first + midi.Time;
            _came[counts.Came] = midi.Data[0] << 16 | midi.Data[1] << 8 | midi.Data[2];
            Volatile.Write(ref counts.Came, counts.Came + 1);
        }
    }
}
