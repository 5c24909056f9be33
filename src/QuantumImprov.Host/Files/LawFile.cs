using System.Globalization;
using System.Text;
using QuantumImprov.Engine.Evaluation;
using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Files;

/// <summary>
/// Laws note by note as a text file: a line <c>alphabet</c> with all pitches, then for every note a line with fold, melody, index and one probability for each pitch, tab-separated. Folds are
/// written one after the other however many run at a time.
/// </summary>
public sealed class LawFile(string path, MelodySet set, int folds) : ILawReader
{
    private readonly StringBuilder[] _folds = [.. Enumerable.Range(0, folds).Select(_ => new StringBuilder())];

    /// <inheritdoc/>
    public void Read(int fold, Melody melody, int index, ReadOnlySpan<double> law)
    {
        var text = _folds[fold].Append(CultureInfo.InvariantCulture, $"{fold}\t{melody.Name}\t{index}");
        foreach (var p in law) text.Append('\t').Append(p.ToString("R", CultureInfo.InvariantCulture));
        text.Append('\n');
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="Refusal">It cannot be written.</exception>
    public void Save()
    {
        try
        {
            using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
            writer.Write($"alphabet\t{string.Join('\t', set.Alphabet)}\n");
            foreach (var fold in _folds) writer.Write(fold);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new Refusal($"{path} cannot be written: {Sentences.Reason(e)}");
        }
    }
}
