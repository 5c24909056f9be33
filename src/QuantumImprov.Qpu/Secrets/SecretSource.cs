using System.Diagnostics;

namespace QuantumImprov.Qpu.Secrets;

/// <summary>
/// Where secrets come from: environment variables, or the output of a command that an environment variable of the same name with <c>_COMMAND</c> names, such as an OS keychain's. Never from files, arguments or presets. [worker]
/// </summary>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="redactor">Is told every secret before anybody else.</param>
public sealed class SecretSource(Func<string, string?> environment, Redactor redactor)
{
    private static readonly TimeSpan LongestCommand = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, Secret?> _read = [];

    /// <summary>What takes secrets out of text.</summary>
    public Redactor Redactor { get; } = redactor;

    /// <summary>Whether a secret of that name is set up, without reading it.</summary>
    public bool Has(string name) => !string.IsNullOrWhiteSpace(environment(name)) || !string.IsNullOrWhiteSpace(environment(name + "_COMMAND"));

    /// <summary>A variable that is no secret, such as a base URL; null when it is not set.</summary>
    public string? Plain(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>The secret; null when it is not set, or its command gave none. Read once.</summary>
    public Secret? Find(string name)
    {
        lock (_read)
        {
            if (_read.TryGetValue(name, out var known)) return known;
            var value = Plain(name) ?? (Plain(name + "_COMMAND") is { } command ? Run(command) : null);
            return _read[name] = value is null ? null : Redactor.Hide(value);
        }
    }

    // No shell: words are arguments.
    private static string? Run(string command)
    {
        try
        {
            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
            if (process is null) return null;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(LongestCommand) || !output.Wait(LongestCommand))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            return process.ExitCode == 0 && output.Result.Trim() is { Length: > 0 } value ? value : null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
