using QuantumImprov.Engine.Music.Notation;
using Xunit;

namespace QuantumImprov.Engine.Tests.Notation;

public class ExampleTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Every_example_is_read_and_has_a_line_in_the_readme()
    {
        var files = Directory.GetFiles(Path.Combine(Root, "examples"), "*.tune");
        Assert.True(files.Length >= 3);
        var readme = File.ReadAllText(Path.Combine(Root, "examples", "README.md"));
        foreach (var file in files)
        {
            Assert.NotEmpty(TuneReader.Read(File.ReadAllText(file)).Notes);
            Assert.Contains($"- `{Path.GetFileName(file)}`:", readme, StringComparison.Ordinal);
        }
    }

    /// <summary>The page promises that whole examples (those with a heading) are tunes.</summary>
    [Fact]
    public void Every_whole_tune_on_the_notation_page_is_read()
    {
        var blocks = File.ReadAllText(Path.Combine(Root, "docs", "notation.md")).Split("```").Where((_, n) => n % 2 == 1).Where(b => b.Contains("title:", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, b => Assert.NotEmpty(TuneReader.Read(b[(b.IndexOf('\n', StringComparison.Ordinal) + 1)..]).Notes));
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "QuantumImprov.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("QuantumImprov.sln is not above the tests.");
        return folder;
    }
}
