using System.Collections.Concurrent;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Ports;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Live;

/// <summary>What pages ask of the ports, carried out by their owner, and what pages are shown of them.</summary>
public sealed class PortDesk(OpenedPorts opened, IReadOnlyList<ThroughRoute> thru, TimeProvider time)
{
    private const int MostWaiting = 32;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly ConcurrentQueue<(JackEnd End, string Port, bool Joined)> _cables = new();
    private readonly ConcurrentQueue<bool> _rolls = new();
    private long? _looked;

    /// <summary>The one of our ports that a page calls <paramref name="name"/>, one of <see cref="StageEnd.Names"/>.</summary>
    public static JackEnd EndOf(string name) => (JackEnd)StageEnd.Names.IndexOf(name);

    /// <summary>Asks to connect or part our port and the one of exactly the name <paramref name="port"/>; passed over when more wait than a hand can ask for. [any]</summary>
    public void Cable(JackEnd end, string port, bool joined)
    {
        if (_cables.Count < MostWaiting) _cables.Enqueue((end, port, joined));
    }

    /// <summary>Asks for the shared transport to roll or stop; passed over likewise. [any]</summary>
    public void Roll(bool rolls)
    {
        if (_rolls.Count < MostWaiting) _rolls.Enqueue(rolls);
    }

    /// <summary>Carries out what was asked for, tells <paramref name="stage"/> what came of it, and shows it the ports about once a second and after each change. [owner]</summary>
    public void Tend(StageServer stage, SessionSnapshot snapshot)
    {
        while (_rolls.TryDequeue(out var rolls))
        {
            if (opened.Ports?.TryRoll(rolls) != true) stage.Tell("No transport is shared here; with a JACK server there is one.");
        }

        var changed = false;
        while (_cables.TryDequeue(out var cable))
        {
            stage.Tell(Carry(cable.End, cable.Port, cable.Joined));
            changed = true;
        }

        if (!changed && _looked is { } last && time.GetElapsedTime(last) < LookEvery) return;
        _looked = time.GetTimestamp();
        stage.Publish(Look(snapshot));
    }

    private string Carry(JackEnd end, string port, bool joined)
    {
        if (opened.Jack is not { } client) return "There are no ports to connect here; with a JACK server there are.";
        if (!client.IsRunning) return "The JACK server is away.";
        string report;
        // A name, never a pattern.
        if (client.Ports().Any(p => p.Name == port && client.Fits(end, p)))
        {
            if (joined) client.TryConnect(end, port, out report);
            else client.TryDisconnect(end, port, out report);
            return report;
        }

        if (joined) return $"No port {port} is there that {client.NameOf(end)} could be connected with.";
        client.GiveUp(new JackConnection(end, port));
        return $"{client.NameOf(end)} does not wait for {port} any more.";
    }

    private StagePorts Look(SessionSnapshot snapshot)
    {
        var client = opened.Jack;
        var routes = RoutingView.Of(snapshot.Plays, client is null ? [] : thru);
        if (client is null) return new StagePorts { Says = WithoutJack(), Routes = [.. routes] };
        if (!client.IsRunning) return new StagePorts { Says = "The JACK server is gone; waiting for it to return.", Routes = [.. routes] };
        var (ports, remembered) = (client.Ports(), client.Remembered);
        return new StagePorts { Says = $"JACK client {client.ClientName}.", Ends = [.. Enum.GetValues<JackEnd>().Select(End)], Routes = [.. routes] };

        StageEnd End(JackEnd end)
        {
            var (joined, there) = (client.Connections(end), ports.Where(port => client.Fits(end, port)).Select(port => port.Name).ToList());
            return new StageEnd(
                StageEnd.Names[(int)end],
                client.NameOf(end),
                [
                    .. there.Select(name => new StagePort(name, joined.Contains(name) ? CableState.In : CableState.Apart)),
                    .. remembered.Where(cable => cable.End == end && !there.Contains(cable.Other)).Select(cable => new StagePort(cable.Other, CableState.Awaited)),
                ]);
        }
    }

    private string WithoutJack()
    {
        if (opened.Ports is not DevicePorts devices) return $"There are no MIDI ports{(OperatingSystem.IsLinux() ? ", because no JACK server answers" : "")}; the keys of this page and the MIDI of its browser work all the same.";
        var (ins, outs) = (devices.Connections(PortDirection.In), devices.Connections(PortDirection.Out));
        return $"MIDI devices of this system: the partner listens to {(ins.Count > 0 ? string.Join(", ", ins) : "none")} and plays to {(outs.Count > 0 ? string.Join(", ", outs) : "none")}.";
    }
}
