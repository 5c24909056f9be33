using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using static QuantumImprov.Testing.JackPeerNative;

namespace QuantumImprov.Testing;

/// <summary>
/// A musician's JACK client beside the program: MIDI ports <c>to</c> (an output) and <c>from</c> (an input), an audio input <c>hear</c>. Plays what it is told at
/// exact frames, writes down what comes with its frame, listens, and may answer each note by the same note a while later. libjack knows one server a process: all peers of a process that live at one time belong to
/// the same server.
/// </summary>
public sealed unsafe class JackPeer : IDisposable
{
    private const int EchoRoom = 512, Room = 200_000, AudioRoom = 48000 * 40;
    private readonly nint _client, _to, _from, _hear;
    private readonly uint[] _sendAt = new uint[Room];
    private readonly byte[][] _send = new byte[Room][];
    private readonly uint[] _cameAt = new uint[Room];
    private readonly ShortMessage[] _came = new ShortMessage[Room];
    private readonly float[] _audio = new float[AudioRoom];
    private readonly int[] _delays = new int[128], _velocities = new int[128];
    private readonly (uint Frame, ShortMessage Message)[] _echoes = new (uint, ShortMessage)[EchoRoom];
    private readonly string _name;
    private GCHandle<JackPeer> _toThis;
    private int _sendCount, _sent, _cameCount, _audioCount, _echoCount;
    private uint _audioFrom;
    private uint _songStart;
    private long _xruns, _refused;
    private bool _closed;
    private volatile bool _echoing;

    /// <summary>Opens the client on the server named <paramref name="server"/>; with <paramref name="device"/> its <c>to</c> stands for a keyboard that is plugged in.</summary>
    public JackPeer(string name, string server, bool device = false)
    {
        _name = name;
        _ = SetEnvironment("JACK_DEFAULT_SERVER", server, 1);
        _ = SetEnvironment("JACK_NO_START_SERVER", "1", 1);
        _ = SetEnvironment("JACK_NO_AUDIO_RESERVATION", "1", 1);
        _client = Open(name, NoStartServer, out var status);
        if (_client == 0) throw new InvalidOperationException($"The JACK server {server} refused the peer {name} (status {status}).");
        _to = Register(_client, "to", MidiType, device ? IsOutput | IsPhysical : (nuint)IsOutput, 0);
        _from = Register(_client, "from", MidiType, IsInput, 0);
        _hear = Register(_client, "hear", AudioType, IsInput, 0);
        RuntimeHelpers.PrepareMethod(((Action<uint>)Run).Method.MethodHandle);
        _toThis = new GCHandle<JackPeer>(this);
        _ = SetProcess(_client, &OnPeriod, GCHandle<JackPeer>.ToIntPtr(_toThis));
        _ = SetXrun(_client, &OnXrun, GCHandle<JackPeer>.ToIntPtr(_toThis));
        if (Activate(_client) != 0) throw new InvalidOperationException($"The peer {name} could not be activated.");
    }

    /// <summary>An estimate of the present frame.</summary>
    public uint Now => FrameTime(_client);

    /// <summary>Xruns this client was told of.</summary>
    public long Xruns => Volatile.Read(ref _xruns);

    /// <summary>Events that found no room in a period.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Whether everything planned has been sent.</summary>
    public bool AllSent => Volatile.Read(ref _sent) == _sendCount;

    /// <summary>The frame at which the song of JACK's transport began, or would have begun, as it rolled last.</summary>
    public uint SongStart => Volatile.Read(ref _songStart);

    /// <summary>How many messages have come.</summary>
    public int CameCount => Volatile.Read(ref _cameCount);

    /// <summary>What came, each with its frame.</summary>
    public IReadOnlyList<(uint Frame, ShortMessage Message)> Came => [.. Enumerable.Range(0, CameCount).Select(i => (_cameAt[i], _came[i]))];

    /// <summary>Plans bytes for a frame that has not come yet; in order of frames.</summary>
    public void Send(uint frame, params byte[] bytes)
    {
        _sendAt[_sendCount] = frame;
        _send[_sendCount] = bytes;
        Volatile.Write(ref _sendCount, _sendCount + 1);
    }

    /// <summary>Plans a message.</summary>
    public void Send(uint frame, ShortMessage message) => Send(frame, new[] { message.Status, message.Data1, message.Data2 }[..message.Length]);

    /// <summary>From now on each note that comes in goes out again so many frames later as <paramref name="delay"/> says of its velocity, and its end as much later; nothing else is sent meanwhile.</summary>
    public void Echo(Func<int, int> delay)
    {
        for (var velocity = 0; velocity < 128; velocity++) _delays[velocity] = delay(velocity);
        _echoing = true;
    }

    /// <summary>Loudness (root mean square) of what was heard from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public double LoudnessBetween(uint first, uint end)
    {
        var heard = _audio.AsSpan(0, Volatile.Read(ref _audioCount));
        var (from, to) = (Math.Clamp((int)(first - _audioFrom), 0, heard.Length), Math.Clamp((int)(end - _audioFrom), 0, heard.Length));
        if (from >= to) throw new InvalidOperationException($"Nothing was recorded from {first} to {end}.");
        var sum = 0.0;
        foreach (var sample in heard[from..to]) sum += (double)sample * sample;
        return Math.Sqrt(sum / (to - from));
    }

    /// <summary>Waits until the server has passed <paramref name="frame"/>.</summary>
    public void WaitForFrame(uint frame) => Wait.Until(() => (int)(Now - frame) > 0, () => $"frame {frame}; now is {Now}");

    /// <summary>Connects one of our ports or anybody's, by full names; waits until both are there and their clients run.</summary>
    public void Connect(string source, string destination)
    {
        var refused = 0;
        Wait.Until(() => IsThere(source) && IsThere(destination) && (refused = JackPeerNative.Connect(_client, source, destination)) is 0 or AlreadyConnected,
            () => $"a cable from {source} to {destination}: {(!IsThere(source) ? "the first port is not there" : !IsThere(destination) ? "the second port is not there" : $"JACK refused it with {refused}")}");
    }

    /// <summary>Takes a cable between two ports away, by full names; it is there.</summary>
    public void Disconnect(string source, string destination)
    {
        if (JackPeerNative.Disconnect(_client, source, destination) != 0) throw new InvalidOperationException($"No cable from {source} to {destination} could be taken away.");
    }

    /// <summary>Whether there is a cable between two ports, by full names.</summary>
    public bool IsConnected(string source, string destination) => PortByName(_client, source) is not 0 and var port && ConnectedTo(port, destination) != 0;

    /// <summary>Whether the server has a port of this full name.</summary>
    public bool IsThere(string port) => PortByName(_client, port) != 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _ = Close(_client);
        _toThis.Dispose();
    }

    /// <summary>The client's name.</summary>
    public override string ToString() => _name;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnPeriod(uint frames, nint peer)
    {
        GCHandle<JackPeer>.FromIntPtr(peer).Target.Run(frames);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnXrun(nint peer)
    {
        Interlocked.Increment(ref GCHandle<JackPeer>.FromIntPtr(peer).Target._xruns);
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(uint frames)
    {
        var first = LastFrameTime(_client);
        var position = stackalloc byte[256];
        if (QueryTransport(_client, position) == Rolling) Volatile.Write(ref _songStart, first - *(uint*)(position + FrameOfPosition));
        var output = Buffer(_to, frames);
        ClearMidi(output);
        while (_sent < Volatile.Read(ref _sendCount) && (int)(_sendAt[_sent] - first) < (int)frames)
        {
            var bytes = _send[_sent];
            var at = ReserveMidi(output, (uint)Math.Max(0, (int)(_sendAt[_sent] - first)), (nuint)bytes.Length);
            if (at is null) Volatile.Write(ref _refused, _refused + 1);
            else bytes.CopyTo(new Span<byte>(at, bytes.Length));
            Volatile.Write(ref _sent, _sent + 1);
        }

        var input = Buffer(_from, frames);
        for (var i = 0u; i < CountMidi(input) && _cameCount < Room; i++)
        {
            if (GetMidi(out var midi, input, i) != 0) continue;
            _cameAt[_cameCount] = first + midi.Time;
            _came[_cameCount] = new ShortMessage(midi.Data[0], midi.Size > 1 ? midi.Data[1] : (byte)0, midi.Size > 2 ? midi.Data[2] : (byte)0);
            if (_echoing) Keep(_cameAt[_cameCount], _came[_cameCount]);
            Volatile.Write(ref _cameCount, _cameCount + 1);
        }

        if (_echoing) SendEchoes(output, first, frames);

        if (_audioCount == 0) _audioFrom = first;
        var heard = new ReadOnlySpan<float>(Buffer(_hear, frames), (int)frames);
        // An xrun leaves a gap in time: the recording keeps its place.
        var place = (int)(first - _audioFrom);
        if (place + heard.Length > AudioRoom) return;
        heard.CopyTo(_audio.AsSpan(place));
        Volatile.Write(ref _audioCount, place + heard.Length);
    }

    // In order of the frames at which they go out.
    private void Keep(uint frame, ShortMessage message)
    {
        if (message is { IsNoteOn: false, IsNoteOff: false } || _echoCount == EchoRoom) return;
        if (message.IsNoteOn) _velocities[message.Data1] = message.Data2;
        frame += (uint)_delays[_velocities[message.Data1]];
        var at = _echoCount++;
        for (; at > 0 && (int)(_echoes[at - 1].Frame - frame) > 0; at--) _echoes[at] = _echoes[at - 1];
        _echoes[at] = (frame, message);
    }

    private void SendEchoes(void* output, uint first, uint frames)
    {
        var sent = 0;
        for (; sent < _echoCount && (int)(_echoes[sent].Frame - first) < (int)frames; sent++)
        {
            var (frame, message) = _echoes[sent];
            var at = ReserveMidi(output, (uint)Math.Max(0, (int)(frame - first)), 3);
            if (at is null) Volatile.Write(ref _refused, _refused + 1);
            else (at[0], at[1], at[2]) = (message.Status, message.Data1, message.Data2);
        }

        _echoCount -= sent;
        Array.Copy(_echoes, sent, _echoes, 0, _echoCount);
    }
}
