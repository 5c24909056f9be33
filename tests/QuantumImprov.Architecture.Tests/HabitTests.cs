using System.Text.RegularExpressions;
using Xunit;

namespace QuantumImprov.Architecture.Tests;

public partial class HabitTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_type_has_a_name_that_says_little()
    {
        var names = House.Assemblies.SelectMany(a => a.GetTypes()).Select(t => t.Name).Where(n => SaysLittle().IsMatch(n)).ToList();
        Assert.True(names.Count == 0, string.Join(", ", names));
    }

    [Fact]
    public void No_source_file_is_longer_than_can_be_read_at_once()
    {
        var files = SourceFiles().Select(f => (f, Lines: File.ReadLines(f).Count())).Where(f => f.Lines > LongestFile).ToList();
        Assert.True(files.Count == 0, string.Join("\n", files));
    }

    [Fact]
    public void Namespaces_mirror_folders()
    {
        var wrong = SourceFiles().Where(f => f.Contains($"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => (File: f, Namespace: File.ReadLines(f).Select(l => NamespaceLine().Match(l)).FirstOrDefault(m => m.Success)?.Groups[1].Value))
            .Where(f => f.Namespace is not null && f.Namespace != Expected(f.File))
            .ToList();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static string Expected(string file) =>
        Path.GetDirectoryName(Path.GetRelativePath(Path.Combine(House.Root!, "src"), file))!.Replace(Path.DirectorySeparatorChar, '.');

    private static IEnumerable<string> SourceFiles()
    {
        Assert.SkipWhen(House.Root is null, "the sources are not here");
        return new[] { "src", "tests", "bench" }.Select(d => Path.Combine(House.Root!, d)).Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d, "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(Manager|Helper|Utils?)(`\d+)?$")]
    private static partial Regex SaysLittle();

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex NamespaceLine();
}
