using System.Diagnostics;
using System.Text;

namespace QuantumImprov.Testing;

/// <summary>A program of the machine's, under variables of its own; it never outlives the test.</summary>
public sealed class Tool : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private Tool(ProcessStartInfo start)
    {
        start.RedirectStandardError = start.RedirectStandardOutput = start.RedirectStandardInput = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it wrote so far, standard error among it.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The path of a program in PATH or in one of <paramref name="folders"/>; null when it is not there.</summary>
    public static string? Find(string name, params IEnumerable<string> folders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(folders).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Starts it and does not wait.</summary>
    public static Tool Start(string program, IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        var start = new ProcessStartInfo(program);
        foreach (var word in words) start.ArgumentList.Add(word);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new Tool(start);
    }

    /// <summary>Runs it to its end; its exit code and everything it wrote.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public static (int Code, string Output) Run(string program, IReadOnlyDictionary<string, string> environment, string? input, params string[] words)
    {
        using var tool = Start(program, environment, words);
        if (input is not null) tool._process.StandardInput.Write(input);
        return (tool.End(), tool.Output);
    }

    /// <summary>Gives it a line to read.</summary>
    public void Say(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Closes its input and waits for its end; gives its exit code.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public int End()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Longest)) throw new TimeoutException($"{_process.StartInfo.FileName} did not end: {Output}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }
}
