using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace QuantumImprov.Testing;

/// <summary>
/// The built program as a child process: the very executable beside the tests, with a data folder, a working folder and JACK server names of its own, standard
/// input at its end. It never outlives the test, nor its deadline.
/// </summary>
public sealed class ProgramRun : IDisposable
{
    /// <summary>Signals by number, as Linux and macOS have them. Windows knows only the one that kills.</summary>
    public const int HangUp = 1, Interrupt = 2, KillNow = 9, Terminate = 15;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(240);
    private readonly Process _process;
    private readonly StringBuilder _output = new(), _error = new();
    private readonly Timer _deadline;
    private volatile bool _late;

    private ProgramRun(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Note(_error, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _deadline = new Timer(_ => { _late = true; Kill(); }, null, Longest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>Standard error so far.</summary>
    public string Error => Read(_error);

    /// <summary>Where the executable is.</summary>
    public static string Executable => Path.Combine(AppContext.BaseDirectory, "quantumimprov" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    /// <summary>Starts it in <paramref name="scratch"/>.</summary>
    public static ProgramRun Start(Scratch scratch, params IEnumerable<string> arguments) => new(Prepare(Executable, scratch, arguments));

    /// <summary>Starts it in <paramref name="scratch"/> with more variables in its environment.</summary>
    public static ProgramRun StartWith(IReadOnlyDictionary<string, string> variables, Scratch scratch, params IEnumerable<string> arguments)
    {
        var start = Prepare(Executable, scratch, arguments);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new ProgramRun(start);
    }

    /// <summary>Starts it under another program, such as one that limits what it may do; <paramref name="arguments"/> come after the executable.</summary>
    public static ProgramRun StartUnder(string[] wrapper, Scratch scratch, params IEnumerable<string> arguments) =>
        new(Prepare(wrapper[0], scratch, [.. wrapper[1..], Executable, .. arguments]));

    /// <summary>Runs it in <paramref name="scratch"/> to its end.</summary>
    public static ProgramOutcome Run(Scratch scratch, params IEnumerable<string> arguments)
    {
        using var run = Start(scratch, arguments);
        return run.End();
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It did not end and was killed.</exception>
    public ProgramOutcome End()
    {
        _process.WaitForExit();
        if (_late) throw new TimeoutException($"The program did not end within {Longest.TotalSeconds} s and was killed. It had written: {Output}{Error}");
        return new ProgramOutcome(_process.ExitCode, Output, Error);
    }

    /// <summary>Waits until a line of its output holds <paramref name="text"/>, and gives that line.</summary>
    /// <exception cref="TimeoutException">None came, or it ended before.</exception>
    public string WaitForLine(string text)
    {
        string? Find() => Output.Split('\n').FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal));
        Wait.Until(() => Find() is not null || !IsRunning, () => $"\"{text}\"; there was: {Output}{Error}");
        return Find() ?? throw new TimeoutException($"The program ended without \"{text}\": {Output}{Error}");
    }

    /// <summary>Sends it a signal.</summary>
    /// <exception cref="PlatformNotSupportedException">This is Windows, and the signal is another than <see cref="KillNow"/>.</exception>
    public void Signal(int signal)
    {
        if (!OperatingSystem.IsWindows()) _ = SendSignal(_process.Id, signal);
        else if (signal == KillNow) Kill();
        else throw new PlatformNotSupportedException("Signals are Unix's.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _deadline.Dispose();
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static ProcessStartInfo Prepare(string program, Scratch scratch, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = scratch.Path,
        };
        start.Environment["QUANTUMIMPROV_HOME"] = scratch.Home;
        // A server that somebody else runs is left alone.
        start.Environment["JACK_DEFAULT_SERVER"] = $"qi-nobody-{Environment.ProcessId}";
        start.Environment.Remove("DISPLAY");
        start.Environment.Remove("WAYLAND_DISPLAY");
        // The runtime these tests run on is the one the program needs.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return start;
    }

    private static string Read(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    private static void Note(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
