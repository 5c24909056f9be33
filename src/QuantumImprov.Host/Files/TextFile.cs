using System.Text;
using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Files;

/// <summary>Writing a result into a file somebody named.</summary>
public static class TextFile
{
    /// <summary>Refuses at once what could not be written after minutes of work: a folder, or a file in a folder that is not there.</summary>
    /// <exception cref="Refusal">It could not be written.</exception>
    public static void Promise(string? path)
    {
        if (path is null) return;
        if (Directory.Exists(path)) throw new Refusal($"{path} cannot be written: it is a folder.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)) throw new Refusal($"{path} cannot be written: there is no such folder.");
    }

    /// <summary>Writes <paramref name="text"/> in UTF-8.</summary>
    /// <exception cref="Refusal">It cannot be written.</exception>
    public static void Write(string path, string text)
    {
        if (Directory.Exists(path)) throw new Refusal($"{path} cannot be written: it is a folder.");
        try
        {
            File.WriteAllText(path, text, new UTF8Encoding(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new Refusal($"{path} cannot be written: {Sentences.Reason(e)}");
        }
    }

    /// <summary>Replaces a small file as a whole or not at all, so that what is hard to make again on a stage is never half there; false, with the reason, when it cannot be done.</summary>
    public static bool TryReplace(string path, string text, out string reason)
    {
        var beside = path + ".new";
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, path, overwrite: true);
            reason = "";
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = Sentences.Reason(e);
            return false;
        }
    }
}
