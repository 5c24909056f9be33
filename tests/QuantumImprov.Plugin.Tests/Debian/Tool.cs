using System.Diagnostics;
using System.Text;

namespace QuantumImprov.Plugin.Tests.Debian;

/// <summary>A program of the machine's, run to its end under a deadline, with a home and plugin folders of its own.</summary>
internal sealed class Tool : IDisposable
{
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

    internal string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    internal bool HasExited => _process.HasExited;

    /// <summary>Starts it and does not wait.</summary>
    internal static Tool Start(string program, IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        var start = new ProcessStartInfo(program);
        foreach (var word in words) start.ArgumentList.Add(word);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new Tool(start);
    }

    /// <summary>Runs it to its end; its exit code and everything it wrote.</summary>
    internal static (int Code, string Output) Run(string program, IReadOnlyDictionary<string, string> environment, string? input, params string[] words)
    {
        using var tool = Start(program, environment, words);
        if (input is not null) tool._process.StandardInput.Write(input);
        tool._process.StandardInput.Close();
        if (!tool._process.WaitForExit(TimeSpan.FromSeconds(60))) Assert.Fail($"{program} did not end: {tool.Output}");
        tool._process.WaitForExit();
        return (tool._process.ExitCode, tool.Output);
    }

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
