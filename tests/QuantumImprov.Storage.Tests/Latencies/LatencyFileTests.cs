using System.Text;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Storage.Latencies;
using QuantumImprov.Storage.Tests.Support;
using Xunit;

namespace QuantumImprov.Storage.Tests.Latencies;

public sealed class LatencyFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public LatencyFileTests() => _path = _folder["latencies.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_there_is_no_file_nothing_is_known() => Assert.Empty(Known());

    [Fact]
    public void What_is_kept_of_an_output_is_read_again_and_takes_the_place_of_what_was_known_of_it()
    {
        Assert.Null(LatencyFile.Keep(_path, new OutputLatency("synth:in", Table(12.5))));
        Assert.Null(LatencyFile.Keep(_path, new OutputLatency("piano \"A\" \u00e9:in", Table(3.021, new(10, 50.125), new(127, 0)))));
        Assert.Null(LatencyFile.Keep(_path, new OutputLatency("synth:in", Table(7, new LatencyPoint(64, 1)))));
        var known = Known();
        Assert.Equal(["synth:in", "piano \"A\" \u00e9:in"], known.Select(o => o.Output));
        Assert.Equal((7, 8_000_000, 8_000_000), (known[0].Table.Ms, known[0].Table.Of(1), known[0].Table.Of(127)));
        Assert.Equal((3.021, 53_146_000, 3_021_000), (known[1].Table.Ms, known[1].Table.Of(10), known[1].Table.Of(127)));
        Assert.Equal([new(10, 50.125), new(127, 0)], known[1].Table.Points);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_table_may_be_left_out()
    {
        Write("""{"version":1,"outputs":[{"output":"a:in","ms":20}]}""");
        Assert.Equal(20_000_000, Assert.Single(Known()).Table.Of(64));
    }

    [Theory]
    [InlineData("", "Found text that is not JSON at line 1, byte 1; allowed is one JSON object.")]
    [InlineData("[]", "Found no JSON object; allowed is one.")]
    [InlineData("""{"version":1,"outputs":[]""", "Found text that is not JSON at line 1, byte 26; allowed is one JSON object.")]
    [InlineData("""{"outputs":[]}""", "version: allowed is 1.")]
    [InlineData("""{"version":2,"outputs":[]}""", "version: allowed is 1.")]
    [InlineData("""{"version":1}""", "outputs: allowed is an array of up to 256.")]
    [InlineData("""{"version":1,"outputs":[],"more":1}""", "found an unknown field; allowed are version, outputs.")]
    [InlineData("""{"version":1,"version":1,"outputs":[]}""", "version: found it twice; allowed is once.")]
    [InlineData("""{"version":1,"outputs":[1]}""", "outputs[0]: allowed is a JSON object.")]
    [InlineData("""{"version":1,"outputs":[{"ms":1}]}""", "outputs[0]: output: allowed is text of 1 to 500 characters.")]
    [InlineData("""{"version":1,"outputs":[{"output":"","ms":1}]}""", "outputs[0]: output: allowed is text of 1 to 500 characters.")]
    [InlineData("""{"version":1,"outputs":[{"output":"a"}]}""", "outputs[0]: ms: allowed is a number from 0 to 250.")]
    [InlineData("""{"version":1,"outputs":[{"output":"a","ms":"1"}]}""", "outputs[0]: ms: allowed is a number from 0 to 250.")]
    [InlineData("""{"version":1,"outputs":[{"output":"a","ms":251}]}""", "outputs[0]: ms: found 251; allowed is a number from 0 to 250.")]
    [InlineData("""{"version":1,"outputs":[{"output":"a","ms":1e999}]}""", "outputs[0]: ms: found Infinity; allowed is a number from 0 to 250.")]
    [InlineData("""{"version":1,"outputs":[{"output":"a","ms":1},{"output":"a","ms":2}]}""", "outputs[1]: found a a second time; allowed is once.")]
    [InlineData("""{"version":1,"outputs":[{"output":"a","ms":1,"velocities":{}}]}""", "outputs[0]: velocities: allowed is an array of up to 32.")]
    [InlineData("""{"version":1,"outputs":[{"output":"a","ms":1,"velocities":[{"velocity":1.5,"ms":1}]}]}""", "outputs[0]: velocities[0]: velocity: allowed is a whole number from 1 to 127.")]
    [InlineData("""{"version":1,"outputs":[{"output":"a","ms":1,"velocities":[{"velocity":1}]}]}""", "outputs[0]: velocities[0]: ms: allowed is a number from 0 to 250.")]
    [InlineData("""{"version":1,"outputs":[{"output":"a","ms":1,"velocities":[{"velocity":9,"ms":1},{"velocity":3,"ms":1}]}]}""", "outputs[0]: velocities: found velocity 3 after 9; allowed are velocities from 1 to 127, each above the one before.")]
    public void A_file_with_a_fault_is_told_in_one_sentence_and_left_alone(string text, string told)
    {
        Write(text);
        var sentence = $"{_path} does not tell the latencies of outputs. {told}";
        Assert.Equal(sentence, Assert.IsType<LatencyReading.Unusable>(LatencyFile.Read(_path)).Sentence);
        Assert.Equal($"{sentence} It was left as it is; move it away first.", LatencyFile.Keep(_path, new OutputLatency("synth:in", Table(1))));
        Assert.Equal(text, File.ReadAllText(_path));
    }

    [Fact]
    public void Every_shorter_file_is_found()
    {
        Assert.Null(LatencyFile.Keep(_path, new OutputLatency("synth:in", Table(7, new LatencyPoint(64, 1)))));
        var whole = File.ReadAllBytes(_path);
        // The last byte is the end of the line.
        for (var length = 0; length < whole.Length - 1; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            Assert.IsType<LatencyReading.Unusable>(LatencyFile.Read(_path));
        }

        File.WriteAllBytes(_path, whole);
        Assert.Single(Known());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told()
    {
        File.WriteAllBytes(_path, [.. "{\"version\":1,\"outputs\":[{\"output\":\""u8, 0xFF, 0xFE, .. "\",\"ms\":1}]}"u8]);
        Assert.IsType<LatencyReading.Unusable>(LatencyFile.Read(_path));
        Write("""{"version":1,"outputs":[{"output":"\ud800","ms":1}]}""");
        Assert.EndsWith("half a character in it; allowed is Unicode.", Assert.IsType<LatencyReading.Unusable>(LatencyFile.Read(_path)).Sentence);
    }

    [Fact]
    public void A_folder_and_a_file_that_is_far_too_long_are_told()
    {
        Write(new string(' ', (1 << 20) + 1));
        Assert.Equal($"{_path} is 1048577 bytes long; the latencies of outputs are at most 1048576.", Assert.IsType<LatencyReading.Unusable>(LatencyFile.Read(_path)).Sentence);
        Assert.Equal($"{_folder.Path} is a folder; the latencies of outputs are a file.", Assert.IsType<LatencyReading.Unusable>(LatencyFile.Read(_folder.Path)).Sentence);
    }

    [Fact]
    public void What_could_not_be_written_is_written_at_the_next_try()
    {
        // A folder stands where the file is written beside its place: that fails for root as well.
        Assert.Null(LatencyFile.Keep(_path, new OutputLatency("synth:in", Table(1))));
        var before = File.ReadAllText(_path);
        var beside = Directory.CreateDirectory($"{_path}.{Environment.ProcessId}.tmp");
        var refused = LatencyFile.Keep(_path, new OutputLatency("synth:in", Table(2)));
        Assert.StartsWith($"{_path} was not written: ", refused, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_path));
        beside.Delete();
        Assert.Null(LatencyFile.Keep(_path, new OutputLatency("synth:in", Table(2))));
        Assert.Equal(2, Assert.Single(Known()).Table.Ms);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_when_it_is_written_to() =>
        Assert.Equal($"{_folder["gone/latencies.json"]} was not written: its folder does not exist or is not a folder.", LatencyFile.Keep(_folder["gone/latencies.json"], new OutputLatency("synth:in", Table(2))));

    private IReadOnlyList<OutputLatency> Known() => Assert.IsType<LatencyReading.Known>(LatencyFile.Read(_path)).Outputs;

    private void Write(string text) => File.WriteAllText(_path, text, new UTF8Encoding(false));

    private static LatencyTable Table(double ms, params LatencyPoint[] points) => LatencyTable.TryMake(ms, [.. points], out _)!;
}
