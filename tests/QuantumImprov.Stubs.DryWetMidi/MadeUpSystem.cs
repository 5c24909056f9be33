using System.Collections.Concurrent;
using Melanchall.DryWetMidi.Core;

namespace Melanchall.DryWetMidi.Multimedia;

/// <summary>The system behind the stub: cables that are plugged and unplugged, and one driver thread that calls the listeners. Not the library's.</summary>
public static class MadeUpSystem
{
    private static readonly Lock Gate = new();
    private static readonly List<MadeUpPort> Ports = [];
    private static readonly BlockingCollection<Action> Work = [];

    static MadeUpSystem() => new Thread(() =>
    {
        foreach (var work in Work.GetConsumingEnumerable()) work();
    })
    {
        IsBackground = true,
        Name = "driver",
    }.Start();

    public static MadeUpPort Plug(string name)
    {
        var port = new MadeUpPort(name);
        lock (Gate) Ports.Add(port);
        Work.Add(() => DevicesWatcher.Instance.Tell(port, added: true));
        return port;
    }

    public static void Unplug(MadeUpPort port)
    {
        lock (Gate)
        {
            Ports.Remove(port);
            port.Listeners.Clear();
        }

        Work.Add(() => DevicesWatcher.Instance.Tell(port, added: false));
    }

    public static void Replug(MadeUpPort port)
    {
        lock (Gate) Ports.Add(port);
        Work.Add(() => DevicesWatcher.Instance.Tell(port, added: true));
    }

    /// <summary>Something comes in at <paramref name="port"/>.</summary>
    public static void Send(MadeUpPort port, MidiEvent midi)
    {
        lock (Gate)
        {
            if (!Ports.Contains(port)) throw new MidiDeviceException("The device is not in the system any more.");
            var (copy, listeners) = (midi.Clone(), port.Listeners.ToList());
            Work.Add(() => listeners.ForEach(listener => listener.Raise(copy)));
        }
    }

    internal static int Count() => All().Count;

    internal static List<MadeUpPort> All()
    {
        lock (Gate) return [.. Ports];
    }

    internal static void Open(MadeUpPort port)
    {
        if (port.IsTaken) throw new MidiDeviceException("The device is in use.");
    }

    internal static void Listen(MadeUpPort port, InputDevice device)
    {
        lock (Gate) port.Listeners.Add(device);
    }

    internal static void Leave(MadeUpPort port, InputDevice device)
    {
        lock (Gate) port.Listeners.Remove(device);
    }
}
