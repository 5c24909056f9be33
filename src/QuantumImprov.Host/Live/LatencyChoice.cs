using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Midi.Ports;
using QuantumImprov.Storage.Latencies;

namespace QuantumImprov.Host.Live;

/// <summary>Which output's latency a live session makes up for. There is one player, so it is one for all that is played to. [owner]</summary>
public static class LatencyChoice
{
    /// <summary>
    /// What <c>--latency</c> states; else what is known of the first output, in the order in which they were named, of which anything is, or of our own where none was named. What a person should know goes to
    /// <paramref name="opening"/>, a sentence each.
    /// </summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="path">The file of latencies; null when there is no data folder.</param>
    /// <param name="ports">The MIDI ports; null where there are none.</param>
    /// <param name="opening">Takes the sentences.</param>
    public static LatencyTable Of(LiveOptions options, string? path, ILivePorts? ports, List<string> opening)
    {
        if (options.Latency is { } ms)
        {
            var stated = LatencyTable.TryMake(ms, [], out _) ?? LatencyTable.None;
            if (ms > 0) opening.Add($"Planned notes are sent {InWords(stated)}, as --latency says.");
            return stated;
        }

        if (path is null || ports is null) return LatencyTable.None;
        switch (LatencyFile.Read(path))
        {
            case LatencyReading.Unusable unusable:
                opening.Add($"{unusable.Sentence} Planned notes are sent on their beat.");
                return LatencyTable.None;
            case LatencyReading.Known { Outputs: [_, ..] known }:
                IReadOnlyList<string> outputs = [.. options.MidiOut.Concat(options.Connect).SelectMany(pattern => ports.Matching(PortDirection.Out, pattern)).Distinct()];
                if (outputs.Count == 0) outputs = [ports.OwnOutput];
                if (outputs.Select(name => known.FirstOrDefault(k => k.Output == name)).FirstOrDefault(k => k is not null) is not { } found) return LatencyTable.None;
                if (found.Table.Longest == 0) return LatencyTable.None;
                var others = outputs.Where(name => name != found.Output).ToList();
                opening.Add($"Planned notes are sent {InWords(found.Table)}, as was measured for {found.Output}{(others.Count > 0 ? $"; so are those to {string.Join(", ", others)}" : "")}.");
                return found.Table;
            default:
                return LatencyTable.None;
        }
    }

    /// <summary>When planned notes are sent by <paramref name="table"/>: "12 ms early", "3.02 to 55.2 ms early" or "on their beat".</summary>
    public static string InWords(LatencyTable table) =>
        table.Longest == 0 ? "on their beat"
        : table.Shortest == table.Longest ? FormattableString.Invariant($"{table.Longest * 1e-6:0.##} ms early")
        : FormattableString.Invariant($"{table.Shortest * 1e-6:0.##} to {table.Longest * 1e-6:0.##} ms early");
}
