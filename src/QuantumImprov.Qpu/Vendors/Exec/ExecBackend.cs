using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.Exec;

/// <summary>
/// Any program as a backend: it reads one circuit as OpenQASM 3 on standard input, finds the number of shots in QUANTUMIMPROV_SHOTS, and prints counts: JSON such as <c>{"counts": {"010": 12}}</c> or <c>{"010": 12}</c>, or lines of bits and
/// count, the highest bit first. Shots in order may be printed as <c>{"shots": ["010", ...]}</c>. A program that drives real hardware says so by <c>"hardware": true</c>. [worker]
/// </summary>
public sealed class ExecBackend : IQuantumBackend
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private const int MostOutput = 16 << 20;

    private readonly string[] _words;
    private readonly ulong _seed;
    private ulong _runs;

    /// <summary>Takes the program on.</summary>
    /// <param name="command">Program and arguments, separated by spaces; no shell looks at it.</param>
    /// <param name="seed">Decides the order of shots that were only counted.</param>
    /// <exception cref="QpuException">There is no program in it.</exception>
    public ExecBackend(string command, ulong seed)
    {
        _words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (_words.Length == 0) throw new QpuException("exec needs a program: exec:PROGRAM ARGUMENTS.");
        _seed = seed;
    }

    /// <inheritdoc/>
    public string Name => $"local:exec:{System.IO.Path.GetFileName(_words[0])}";

    /// <summary>Whether the program said that hardware answered, at its last run.</summary>
    public bool SaidHardware { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<BackendReply> RunAsync(Circuit circuit, int shots, CancellationToken stop = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Longest);
        var start = new ProcessStartInfo(_words[0], _words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["QUANTUMIMPROV_SHOTS"] = shots.ToString(CultureInfo.InvariantCulture);
        try
        {
            using var process = Process.Start(start);
            if (process is null) return new Refused($"{_words[0]} did not start.");
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var output = ReadAsync(process.StandardOutput, limit.Token);
                await WriteAsync(process, OpenQasm.Write3(circuit), limit.Token).ConfigureAwait(false);
                var text = await output.ConfigureAwait(false);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                if (text is null) return new Refused($"{_words[0]} printed more than {MostOutput} bytes.");
                if (process.ExitCode != 0) return new Refused($"{_words[0]} ended with {process.ExitCode}: {FirstLine(await errors.ConfigureAwait(false))}");
                return Read(text, circuit, shots) is { } counts ? counts : new Refused($"{_words[0]} printed no counts of {shots} shots of {circuit.Bits} bits.");
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        catch (OperationCanceledException)
        {
            return new Late();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return new Refused($"{_words[0]} cannot be run.");
        }
    }

    private Counts? Read(string text, Circuit circuit, int shots)
    {
        var random = new Xoshiro(Xoshiro.Derive(_seed, _runs++));
        var words = text.AsSpan().TrimStart().StartsWith("{") ? FromJson(text, random) : FromLines(text, random);
        return words is { } read && read.Length == shots ? Readout.Checked(read, circuit, shots) : null;
    }

    private ImmutableArray<ulong>? FromJson(string text, Xoshiro random)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = document.RootElement;
            SaidHardware = json.Field("hardware")?.ValueKind == JsonValueKind.True;
            if (json.Field("shots") is { ValueKind: JsonValueKind.Array } list)
            {
                var shots = list.EnumerateArray().Select(s => Readout.FromString(s.AsText() ?? "")).ToList();
                return shots.All(s => s is not null) ? [.. shots.Select(s => s!.Value)] : null;
            }

            var rows = (json.Field("counts") ?? json).Fields().Where(f => f.Value.ValueKind == JsonValueKind.Number).Select(f => (Word: Readout.FromString(f.Name), Count: f.Value.AsNumber())).ToList();
            return Of(rows.Select(r => (r.Word, r.Count)), random);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImmutableArray<ulong>? FromLines(string text, Xoshiro random) => Of(
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split([' ', '\t', ':', ','], StringSplitOptions.RemoveEmptyEntries)).Select(fields =>
            fields is [var bits, var count] && double.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (Readout.FromString(bits), number) : ((ulong?)null, (double?)null)),
        random);

    private static ImmutableArray<ulong>? Of(IEnumerable<(ulong? Word, double? Count)> rows, Xoshiro random)
    {
        var counts = new List<(ulong, int)>();
        foreach (var (word, count) in rows)
        {
            if (word is null || count is not { } number || number < 0 || number > 1e7 || number != Math.Floor(number)) return null;
            counts.Add((word.Value, (int)number));
        }

        return counts.Count == 0 ? null : Readout.Shuffled(counts, random);
    }

    private static async Task WriteAsync(Process process, string text, CancellationToken stop)
    {
        try
        {
            await process.StandardInput.WriteAsync(text.AsMemory(), stop).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read to the end; what it prints counts.
        }
    }

    private static async Task<string?> ReadAsync(StreamReader reader, CancellationToken stop)
    {
        var (text, buffer) = (new StringBuilder(), new char[8192]);
        for (int read; (read = await reader.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0;)
        {
            if (text.Length + read > MostOutput) return null;
            text.Append(buffer, 0, read);
        }

        return text.ToString();
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0] is { Length: > 0 } line ? line[..Math.Min(200, line.Length)] : "it said nothing.";
}
