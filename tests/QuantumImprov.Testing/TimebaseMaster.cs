using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static QuantumImprov.Testing.JackPeerNative;

namespace QuantumImprov.Testing;

/// <summary>A JACK client that counts bars and beats for the whole server, as a DAW does, and rolls its transport. One at a time in a process.</summary>
public sealed unsafe class TimebaseMaster : IDisposable
{
    private const int HasBars = 0x10, TicksABeat = 1920;
    private static double _tempo;
    private static nint _counting;
    private static long _ahead;
    private static int _units, _unit;
    private readonly nint _client;

    /// <summary>Counts <paramref name="units"/>/<paramref name="unit"/> at <paramref name="tempo"/> units a minute on the server named <paramref name="server"/>.</summary>
    public TimebaseMaster(string server, double tempo, int units, int unit)
    {
        (_tempo, _units, _unit) = (tempo, units, unit);
        _ = SetEnvironment("JACK_DEFAULT_SERVER", server, 1);
        _ = SetEnvironment("JACK_NO_START_SERVER", "1", 1);
        _client = Open("timebase", NoStartServer, out var status);
        if (_client == 0) throw new InvalidOperationException($"The JACK server {server} refused the timebase master (status {status}).");
        _counting = _client;
        _ = SetProcess(_client, &OnPeriod, 0);
        if (SetTimebase(_client, 0, &OnPosition, 0) != 0) throw new InvalidOperationException("Nobody may count bars on this server.");
        if (Activate(_client) != 0) throw new InvalidOperationException("The timebase master could not be activated.");
    }

    /// <summary>Lets the transport roll.</summary>
    public void Roll() => StartTransport(_client);

    /// <summary>Stops it.</summary>
    public void Stop() => StopTransport(_client);

    /// <summary>Goes to <paramref name="frame"/> of the song.</summary>
    public void Locate(uint frame) => LocateTransport(_client, frame);

    /// <summary>The frame of the song at <paramref name="frame"/> of the server, as it has rolled since its last start or jump.</summary>
    public static long SongFrame(uint frame) => (uint)(frame - Volatile.Read(ref _ahead));

    /// <summary>Quarters from the song's start at <paramref name="frame"/> of the song, at <paramref name="rate"/> frames a second.</summary>
    public static double Quarters(double frame, int rate) => frame / rate * _tempo / 60 * 4 / _unit;

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _ = Close(_client);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnPeriod(uint frames, nint argument)
    {
        var position = stackalloc byte[256];
        if (QueryTransport(_counting, position) == Rolling) Volatile.Write(ref _ahead, (uint)(LastFrameTime(_counting) - *(uint*)(position + FrameOfPosition)));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPosition(int state, uint frames, byte* position, int isNew, nint argument)
    {
        // The packed structure of jack/types.h, written by offset: apart from the product's own declaration.
        var (rate, frame) = (*(uint*)(position + 16), *(uint*)(position + FrameOfPosition));
        var beats = frame / (double)rate * _tempo / 60;
        var whole = Math.Floor(beats);
        *(int*)(position + 24) = HasBars;
        *(int*)(position + 28) = (int)(whole / _units) + 1;
        *(int*)(position + 32) = (int)(whole % _units) + 1;
        *(int*)(position + 36) = (int)((beats - whole) * TicksABeat);
        *(double*)(position + 40) = Math.Floor(whole / _units) * _units * TicksABeat;
        *(float*)(position + 48) = _units;
        *(float*)(position + 52) = _unit;
        *(double*)(position + 56) = TicksABeat;
        *(double*)(position + 64) = _tempo;
    }
}
