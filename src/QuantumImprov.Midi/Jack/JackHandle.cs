using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace QuantumImprov.Midi.Jack;

/// <summary>A client of a JACK server as libjack sees it: opened, given ports, connected, closed. Nothing here belongs on the real-time thread.</summary>
internal sealed unsafe class JackHandle : IDisposable
{
    private const string MidiType = "8 bit raw midi", AudioType = "32 bit float mono audio";
    private const int NoStartServer = 1, AlreadyConnected = 17, PortIsInput = 1, PortIsOutput = 2, PortIsPhysical = 4;
    private const int ServerFailed = 0x10, ShmFailure = 0x200, VersionError = 0x400;

    private JackHandle(nint native) => Native = native;

    /// <summary>The <c>jack_client_t*</c>; 0 when closed.</summary>
    public nint Native { get; private set; }

    public string Name { get; private init; } = "";

    public int SampleRate => (int)LibJack.GetSampleRate(Native);

    public int BufferSize => (int)LibJack.GetBufferSize(Native);

    public bool IsRealTime => LibJack.IsRealTime(Native) != 0;

    public static bool TryOpen(string name, string? server, [NotNullWhen(true)] out JackHandle? handle, out string reason)
    {
        handle = null;
        if (!LibJack.TryLoad(out reason)) return false;
        if (name.Length is 0 or > 32 || name.Any(c => c is < ' ' or > '~' or ':'))
        {
            reason = $"The JACK client name \"{name}\" cannot be used; allowed are 1 to 32 plain characters without a colon.";
            return false;
        }

        int status;
        nint native;
        lock (JackEnvironment.Gate)
        {
            JackEnvironment.Choose(server);
            fixed (byte* text = Utf8(name)) native = LibJack.ClientOpen(text, NoStartServer, &status);
        }

        if (native == 0)
        {
            reason = Explain(status, server);
            return false;
        }

        handle = new JackHandle(native) { Name = Text(LibJack.GetClientName(native)) };
        return true;
    }

    /// <summary>Adds a port; 0 when the server has none left.</summary>
    public nint AddPort(string name, bool midi, bool input)
    {
        fixed (byte* text = Utf8(name), type = Utf8(midi ? MidiType : AudioType))
            return LibJack.PortRegister(Native, text, type, input ? PortIsInput : (nuint)PortIsOutput, 0);
    }

    public bool TryActivate() => LibJack.Activate(Native) == 0;

    public IReadOnlyList<JackPort> Ports()
    {
        var ports = new List<JackPort>();
        foreach (var name in Take(LibJack.GetPorts(Native, null, null, 0)))
        {
            var port = Find(name);
            if (port == 0) continue;
            var flags = LibJack.PortFlags(port);
            var type = Text(LibJack.PortType(port));
            if (type is MidiType or AudioType) ports.Add(new JackPort(name, type == MidiType, (flags & PortIsInput) != 0, (flags & PortIsPhysical) != 0));
        }

        return ports;
    }

    /// <summary>The port named <paramref name="name"/>; 0 when there is none.</summary>
    public nint Find(string name)
    {
        fixed (byte* text = Utf8(name)) return LibJack.PortByName(Native, text);
    }

    /// <summary>Full names of what <paramref name="port"/> is connected to.</summary>
    public IReadOnlyList<string> Connections(nint port) => Take(LibJack.PortConnections(Native, port));

    /// <summary>Connects two ports by full name; true also when they were connected before.</summary>
    public bool TryConnect(string source, string destination)
    {
        fixed (byte* from = Utf8(source), to = Utf8(destination)) return LibJack.Connect(Native, from, to) is 0 or AlreadyConnected;
    }

    public bool TryDisconnect(string source, string destination)
    {
        fixed (byte* from = Utf8(source), to = Utf8(destination)) return LibJack.Disconnect(Native, from, to) == 0;
    }

    public static string NameOf(nint port) => port == 0 ? "" : Text(LibJack.PortName(port));

    public void Dispose()
    {
        if (Native == 0) return;
        LibJack.ClientClose(Native);
        Native = 0;
    }

    private static string Explain(int status, string? server)
    {
        var who = JackEnvironment.Describe(server);
        if ((status & VersionError) != 0) return $"The JACK server under {who} speaks another protocol version than {LibJack.FileName}: both must come from one installation.";
        if ((status & ShmFailure) != 0) return $"The JACK server under {who} answers, but its shared memory cannot be reached: run both as the same user, with room in /dev/shm.";
        return (status & ServerFailed) != 0
            ? $"No JACK server answers under {who}: start jackd or PipeWire, or name another server."
            : $"The JACK server under {who} refused the client (status 0x{status:X}).";
    }

    private static List<string> Take(byte** names)
    {
        var list = new List<string>();
        if (names is null) return list;
        for (var at = names; *at is not null; at++) list.Add(Text(*at));
        LibJack.Free(names);
        return list;
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
