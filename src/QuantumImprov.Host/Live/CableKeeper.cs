using System.Text.Json;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Midi.Jack;

namespace QuantumImprov.Host.Live;

/// <summary>
/// A session file: which JACK ports ours were connected with. What stands in it is connected at the start, or when its port comes; it is written whenever the cabling has changed. [owner]
/// </summary>
public sealed class CableKeeper
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n" };
    private readonly string? _path;
    private IReadOnlyList<JackConnection> _kept = [];

    /// <summary>The file at <paramref name="path"/>, which need not be there yet; null: nothing is kept.</summary>
    /// <exception cref="Refusal">It cannot be read, or is no session file.</exception>
    public CableKeeper(string? path)
    {
        _path = path;
        if (path is null || !File.Exists(path)) return;
        _kept = Read(PresetLibrary.ReadFile(path)) ?? throw new Refusal($"{path} is not a session file; allowed is {{\"version\":1,\"cables\":[{{\"end\":\"in\",\"port\":\"CLIENT:PORT\"}}]}} with the ends in, out, left and right.");
        Exists = true;
    }

    /// <summary>Whether there is a former cabling to go by.</summary>
    public bool Exists { get; }

    /// <summary>Why the file could not be written; null when all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Connects what the file has; says so as one sentence, null when it has nothing.</summary>
    public string? Restore(JackClient client)
    {
        foreach (var cable in _kept) client.Await(cable);
        var there = client.Ports().Select(port => port.Name).ToHashSet();
        var away = _kept.Where(cable => !there.Contains(cable.Other)).Select(cable => cable.Other).Distinct().ToList();
        return _kept.Count == 0 ? null : $"{_path}: {_kept.Count - _kept.Count(cable => away.Contains(cable.Other))} of {_kept.Count} cables are in{(away.Count > 0 ? $"; waiting for {string.Join(", ", away)}" : "")}.";
    }

    /// <summary>Writes the file when <paramref name="client"/> is cabled otherwise by now; nothing while its server is away.</summary>
    public void Tend(JackClient client)
    {
        if (_path is null || !client.IsRunning || client.Remembered is not { } now || now.SequenceEqual(_kept)) return;
        _kept = now;
        Trouble = TextFile.TryReplace(_path, JsonSerializer.Serialize(new { version = 1, cables = now.Select(cable => new { end = NameOf(cable.End), port = cable.Other }) }, Format) + "\n", out var reason) ? null : $"The session file {_path} was not written: {reason}";
    }

    private static List<JackConnection>? Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.GetProperty("version").GetInt32() != 1) return null;
            return [.. json.RootElement.GetProperty("cables").EnumerateArray().Select(cable => new JackConnection(
                Enum.GetValues<JackEnd>().First(end => NameOf(end) == cable.GetProperty("end").GetString()),
                cable.GetProperty("port").GetString() is { Length: > 0 } port ? port : throw new JsonException()))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string NameOf(JackEnd end) => end.ToString().ToLowerInvariant();
}
