using QuantumImprov.Midi.Jack;

namespace QuantumImprov.Host.Live;

/// <summary>
/// Patterns of JACK MIDI ports that are connected whenever a port comes that matches one, and keyboards that nobody asked for, which are offered. Only a port that has come is looked at: a cable that
/// somebody takes apart stays apart. [owner]
/// </summary>
public sealed class StandingCables(JackClient client)
{
    private static readonly JackEnd[] MidiEnds = [JackEnd.In, JackEnd.Out];
    private readonly List<string> _patterns = [];
    private readonly HashSet<string> _known = [];
    private readonly Queue<string> _news = new();
    private string? _offered;
    private bool _looked;

    /// <summary>Connects what matches <paramref name="pattern"/>, and from now on what will; tells what it did as one sentence.</summary>
    public string Add(string pattern)
    {
        _patterns.Add(pattern);
        var joined = client.Ports().SelectMany(port => Join(port, pattern)).ToList();
        return joined.Count > 0 ? string.Join(' ', joined) : $"Nothing matches \"{pattern}\" yet; it is connected when it comes.";
    }

    /// <summary>Connects what has come, and finds what is to be offered.</summary>
    public void Tend()
    {
        foreach (var port in client.TakeArrivals())
        {
            var wanted = _patterns.SelectMany(pattern => Join(port, pattern)).ToList();
            // What was there at the start was there to be named.
            if (_looked) wanted.ForEach(_news.Enqueue);
            if (!_known.Add(port.Name) || !_looked || wanted.Count > 0 || !port.IsPhysical || !client.Fits(JackEnd.In, port) || IsIn(port.Name)) continue;
            _offered = port.Name;
            _news.Enqueue($"A new MIDI port can play to the partner: {port.Name}. Press a to listen to it, or connect it with {client.NameOf(JackEnd.In)}.");
        }

        _looked = true;
    }

    /// <summary>The next sentence of what came; false when there is none.</summary>
    public bool TryTakeNews(out string sentence)
    {
        var any = _news.TryDequeue(out var next);
        sentence = next ?? "";
        return any;
    }

    /// <summary>Listens to what was offered last.</summary>
    public bool TryAcceptOffer(out string report)
    {
        if (_offered is not { } port)
        {
            report = "No new MIDI port was offered.";
            return false;
        }

        _offered = null;
        return client.TryConnect(JackEnd.In, port, out report);
    }

    private bool IsIn(string port) => client.Remembered.Contains(new JackConnection(JackEnd.In, port));

    private IEnumerable<string> Join(JackPort port, string pattern)
    {
        if (!PortPattern.Matches(port.Name, pattern)) yield break;
        foreach (var end in MidiEnds)
        {
            if (client.Fits(end, port) && client.TryConnect(end, port.Name, out var report)) yield return report;
        }
    }
}
