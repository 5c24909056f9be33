using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace QuantumImprov.Testing;

/// <summary>
/// A private jackd with the dummy driver, real-time scheduling, under a server name of its own. Ended by process id; what it leaves in /dev/shm under its
/// name is removed. Never touches another server.
/// </summary>
public sealed class JackServer : IDisposable
{
    private const int Terminate = 15, Kill = 9;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly Lazy<bool> Swept = new(SweepOrphans);
    private static int _count;
    private readonly StringBuilder _log = new();
    private Process? _process;

    private JackServer(string name, int period) => (Name, Period) = (name, period);

    /// <summary>The server's name, for JACK_DEFAULT_SERVER or a client's options.</summary>
    public string Name { get; }

    /// <summary>Frames a second; takes effect with the next start.</summary>
    public int SampleRate { get; set; } = 48000;

    /// <summary>Frames a period.</summary>
    public int Period { get; }

    /// <summary>What the server wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>A server name no other run uses; nothing is started.</summary>
    public static string FreshName() => $"qi-test-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    /// <summary>
    /// Starts a server of <paramref name="period"/> frames a period and waits until it answers; false with a reason when jackd is not installed or does not start.
    /// </summary>
    public static bool TryStart(int period, [NotNullWhen(true)] out JackServer? server, out string reason)
    {
        server = null;
        reason = "jackd is not installed: install the package jackd2.";
        if (Find("jackd") is null || Find("jack_wait") is null) return false;
        _ = Swept.Value;
        var candidate = new JackServer(FreshName(), period);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => candidate.Dispose();
        if (!candidate.TryStart(out reason)) return false;
        server = candidate;
        return true;
    }

    /// <summary>Starts it again under the same name, after <see cref="Stop"/>.</summary>
    public bool TryStart(out string reason)
    {
        var start = new ProcessStartInfo("jackd")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        foreach (var word in $"-R -P 60 -n {Name} --port-max 64 -d dummy -r {SampleRate} -p {Period}".Split(' ')) start.ArgumentList.Add(word);
        start.Environment["JACK_NO_AUDIO_RESERVATION"] = "1";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var answers = Run("jack_wait", "-w", "-t", "8") == 0 && !_process.HasExited;
        reason = answers ? "" : $"jackd did not start: {Log}";
        if (!answers) Stop(hard: true);
        return answers;
    }

    /// <summary>Ends the server, in order or, when <paramref name="hard"/>, without warning.</summary>
    public void Stop(bool hard = false)
    {
        if (_process is not { } process) return;
        _process = null;
        if (!process.HasExited)
        {
            _ = Signal(process.Id, hard ? Kill : Terminate);
            if (!process.WaitForExit(Deadline))
            {
                _ = Signal(process.Id, Kill);
                process.WaitForExit(Deadline);
            }
        }

        process.Dispose();
        foreach (var left in Directory.GetFiles("/dev/shm", $"jack*{Name}_*")) File.Delete(left);
    }

    /// <summary>Runs one of JACK's own tools against this server; gives its exit code, -1 when it does not end or is not there.</summary>
    public int Run(string tool, params string[] words)
    {
        var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words) start.ArgumentList.Add(word);
        start.Environment["JACK_DEFAULT_SERVER"] = Name;
        start.Environment["JACK_NO_START_SERVER"] = "1";
        if (Find(tool) is null) return -1;
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (process.WaitForExit(Deadline)) return process.ExitCode;
        _ = Signal(process.Id, Kill);
        return -1;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private static string? Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

    // A test run that was killed leaves its servers behind, and JACK knows no more than eight on a machine. Ours carry the number of the process that started them.
    private static bool SweepOrphans()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            string[] words;
            try
            {
                words = File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (Path.GetFileName(words[0]) != "jackd" || Array.IndexOf(words, "-n") is var at && at < 0) continue;
            var name = words[at + 1];
            if (name.Split('-') is not ["qi", "test", var owner, _] || Directory.Exists(Path.Combine("/proc", owner))) continue;
            _ = Signal(id, Kill);
            foreach (var left in Directory.GetFiles("/dev/shm", $"jack*{name}_*")) File.Delete(left);
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);

    private void Note(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
    }
}
