using System.Collections.Immutable;
using QuantumImprov.Storage.Disk;

namespace QuantumImprov.Storage.Latencies;

/// <summary>
/// The latencies of all outputs on disk, replaced as a whole or not at all; what cannot be read is never written over. All members may be called from any thread but the real-time ones; they never throw for what is on the disk.
/// </summary>
public static class LatencyFile
{
    private const int MostBytes = 1 << 20;

    /// <summary>Reads <paramref name="path"/>.</summary>
    public static LatencyReading Read(string path)
    {
        try
        {
            if (Directory.Exists(path)) return new LatencyReading.Unusable($"{path} is a folder; the latencies of outputs are a file.");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MostBytes) return new LatencyReading.Unusable($"{path} is {file.Length} bytes long; the latencies of outputs are at most {MostBytes}.");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return LatencyText.TryRead(bytes, out var outputs, out var fault) ? new LatencyReading.Known(outputs) : new LatencyReading.Unusable($"{path} does not tell the latencies of outputs. {fault}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new LatencyReading.Known([]);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return new LatencyReading.Unusable($"{path} cannot be read: {DiskFault.Reason(e)}.");
        }
    }

    /// <summary>Keeps <paramref name="latency"/> in <paramref name="path"/> in place of what was known of that output; null, or one sentence why it was not kept, and then the file stands as it was.</summary>
    public static string? Keep(string path, OutputLatency latency)
    {
        if (latency.Output.Length is 0 or > OutputLatency.LongestName) return $"The latency of {latency.Output} was not kept: allowed is a name of 1 to {OutputLatency.LongestName} characters.";
        switch (Read(path))
        {
            case LatencyReading.Unusable unusable:
                return unusable.Refusal;
            case LatencyReading.Known known:
                var at = known.Outputs.ToList().FindIndex(o => o.Output == latency.Output);
                var outputs = at < 0 ? known.Outputs.Add(latency) : known.Outputs.SetItem(at, latency);
                return outputs.Length > LatencyText.MostOutputs ? $"The latency of {latency.Output} was not kept: {path} has {LatencyText.MostOutputs} outputs already, which is the most." : Replace(path, outputs);
            default:
                return null;
        }
    }

    private static string? Replace(string path, ImmutableArray<OutputLatency> outputs)
    {
        var beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var handle = File.OpenHandle(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                RandomAccess.Write(handle, LatencyText.Write(outputs).Span, 0);
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(beside, path, overwrite: true);
            FolderSync.FlushFolderOf(path);
            return null;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Remove(beside);
            return $"{path} was not written: {DiskFault.Reason(e)}.";
        }
    }

    private static void Remove(string beside)
    {
        try
        {
            File.Delete(beside);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // The disk that refused the file may refuse this too; it is written over at the next try.
        }
    }
}
