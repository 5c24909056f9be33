namespace QuantumImprov.Midi.Ports;

public sealed partial class DevicePorts
{
    /// <inheritdoc/>
    public bool TryConnect(PortDirection direction, string pattern, out string report)
    {
        var there = There(direction);
        var names = NamePattern.Select(there, pattern);
        var end = direction == PortDirection.In ? "Listening to" : "Playing to";
        if (names.Count == 0)
        {
            var kind = direction == PortDirection.In ? "input" : "output";
            report = there.Count == 0 ? $"There is no MIDI {kind} ({_options.Devices.Name})." : $"No MIDI {kind} matches \"{pattern}\"; there are {string.Join(", ", there)}.";
            return false;
        }

        var (connected, refused) = (new List<string>(), new List<string>());
        foreach (var name in names)
        {
            if (TryOpen(direction, name, out var reason)) connected.Add(name);
            else refused.Add(reason);
        }

        report = string.Join(' ', (IEnumerable<string>)[.. connected.Count > 0 ? [$"{end} {string.Join(", ", connected)}."] : Array.Empty<string>(), .. refused]);
        if (connected.Count > 0) _wanted.Add((direction, pattern, []));
        return connected.Count > 0;
    }

    /// <summary>
    /// Listens to every input there is and to each that comes, but for those at which what is played to <paramref name="playedTo"/>, patterns of outputs, would come back: a loopback port has
    /// one name at both ends, and the partner would hear itself. What it did, in a sentence or two. [owner]
    /// </summary>
    public string ListenToAll(IReadOnlyList<string> playedTo)
    {
        var ports = _options.Devices.List();
        var back = ComingBack(playedTo, ports);
        var (heard, refused, left) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var name in There(PortDirection.In, ports))
        {
            if (back.Contains(name)) left.Add(name);
            else if (TryOpen(PortDirection.In, name, out var reason)) heard.Add(name);
            else refused.Add(reason);
        }

        _wanted.Add((PortDirection.In, "*", playedTo));
        var sentences = new List<string> { heard.Count > 0 ? $"Listening to {string.Join(", ", heard)}." : "There is no MIDI input to listen to; one is taken when it comes." };
        sentences.AddRange(refused);
        if (left.Count > 0) sentences.Add($"Not listening to {string.Join(", ", left)}, because the partner plays to {(left.Count == 1 ? "it" : "them")}; name a keyboard by --midi-in.");
        return string.Join(' ', sentences);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Matching(PortDirection direction, string pattern) => NamePattern.Select(There(direction), pattern);

    /// <inheritdoc/>
    public string OwnOutput => _options.PortName + " out";

    /// <inheritdoc/>
    public string ConnectAlways(string pattern)
    {
        var reports = new List<string>();
        foreach (var direction in new[] { PortDirection.In, PortDirection.Out })
        {
            if (NamePattern.Select(There(direction), pattern).Count == 0) _wanted.Add((direction, pattern, []));
            else
            {
                TryConnect(direction, pattern, out var report);
                reports.Add(report);
            }
        }

        return reports.Count > 0 ? string.Join(' ', reports) : $"Nothing matches \"{pattern}\" yet; it is connected when it comes.";
    }

    /// <summary>Never: what was not asked for is left alone.</summary>
    public bool TryTakeNews(out string sentence)
    {
        sentence = "";
        return false;
    }

    /// <summary>Never: nothing is offered here.</summary>
    public bool TryAcceptOffer(out string report)
    {
        report = "No new MIDI device was offered.";
        return false;
    }

    /// <inheritdoc/>
    public void Tend()
    {
        if (!_changed && _options.Time.GetElapsedTime(_looked) < LookEvery) return;
        _changed = false;
        _looked = _options.Time.GetTimestamp();
        var ports = _options.Devices.List();
        foreach (var line in _inputs)
        {
            if (line.IsOpen && !IsMade(line.Name) && !ports.Contains(new MidiPort(line.Name, PortDirection.In))) line.Close();
        }

        foreach (var line in _outputs.Lines)
        {
            line.Sweep();
            if (line.IsOpen && !IsMade(line.Name) && !ports.Contains(new MidiPort(line.Name, PortDirection.Out))) line.Withdraw();
        }

        foreach (var (direction, pattern, but) in _wanted)
        {
            foreach (var name in NamePattern.Select(There(direction, ports), pattern).Except(ComingBack(but, ports))) TryOpen(direction, name, out _);
        }

        var missing = _inputs.Where(line => !line.IsOpen).Select(line => line.Name).Concat(_outputs.Lines.Where(line => !line.IsOpen).Select(line => line.Name)).Distinct().ToList();
        _trouble = missing.Count == 0 ? null : $"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} gone; waiting for {(missing.Count == 1 ? "it" : "them")} to return.";
    }

    private bool TryOpen(PortDirection direction, string name, out string reason)
    {
        reason = "";
        if (direction == PortDirection.In)
        {
            var line = _inputs.FirstOrDefault(l => l.Name == name);
            if (line is { IsOpen: true }) return true;
            line ??= new InputLine(name, Clock, Wake);
            if (!_options.Devices.TryListen(name, line.Hear, out var input, out reason)) return false;
            Keep(line, input);
            return true;
        }

        var played = _outputs.Lines.FirstOrDefault(l => l.Name == name);
        if (played is { IsOpen: true }) return true;
        if (!_options.Devices.TryPlay(name, out var output, out reason)) return false;
        Keep(played ?? new OutputLine(name), output);
        return true;
    }

    private void MakePorts()
    {
        var made = new List<string>();
        var line = new InputLine(_options.PortName + " in", Clock, Wake);
        if (_options.Devices.TryMakeInput(line.Name, line.Hear, out var input, out _))
        {
            Keep(line, input);
            made.Add(line.Name);
        }

        if (_options.Devices.TryMakeOutput(OwnOutput, out var output, out _))
        {
            Keep(new OutputLine(OwnOutput), output);
            made.Add(OwnOutput);
        }

        Made = made;
    }

    private void Keep(InputLine line, IDisposable input)
    {
        line.Open(input);
        if (!_inputs.Contains(line)) _inputs = [.. _inputs, line];
    }

    private void Keep(OutputLine line, IMidiOutput output)
    {
        line.Open(output);
        if (!_outputs.Lines.Contains(line)) _outputs.Add(line);
    }

    private HashSet<string> ComingBack(IReadOnlyList<string> playedTo, IReadOnlyList<MidiPort> ports) =>
        playedTo.Count == 0 ? [] : [.. playedTo.SelectMany(pattern => NamePattern.Select(There(PortDirection.Out, ports), pattern)).Select(LoopbackPorts.ComesBackAt)];

    private bool IsMade(string name) => Made.Contains(name);

    // Ports of our own would hear themselves.
    private List<string> There(PortDirection direction, IReadOnlyList<MidiPort>? ports = null) =>
        [.. (ports ?? _options.Devices.List()).Where(port => port.Direction == direction && !IsMade(port.Name)).Select(port => port.Name)];
}
