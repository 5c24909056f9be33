using System.Text.Json;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Protocol;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

/// <summary>The schema of the protocol, and the page's types, which with QUANTUMIMPROV_WRITE_SCHEMA=1 are written anew. What the server sends is held to it wherever a test takes a message: see <see cref="StageClient"/>.</summary>
public sealed class StageSchemaTests
{
    [Fact]
    public void The_schema_file_is_the_one_the_records_give() => AssertMade(StageSchema.Write(), Path.Combine(Repository.Folder("docs"), "stage.schema.json"));

    [Fact]
    public void The_types_of_the_page_are_the_ones_the_records_give() => AssertMade(StageTypes.Write(), Path.Combine(Repository.Folder("src"), "QuantumImprov.Host", "Stage", "protocol.d.ts"));

    [Theory]
    [InlineData("""{"type":"notes","notes":[[2,0,144,60,90]]}""", "fromHost.notes.notes[0][0] is 2, against maximum 1")]
    [InlineData("""{"type":"notes","notes":[[0,0,144,60]]}""", "fromHost.notes.notes[0] is [0,0,144,60], against minItems 5")]
    [InlineData("""{"type":"state","muted":null}""", "fromHost.state.muted is null, against type \"boolean\"")]
    [InlineData("""{"type":"state","mood":"good"}""", "fromHost.state.mood may not be there")]
    [InlineData("""{"type":"pong","at":1,"heard":2}""", "fromHost.pong has no said")]
    [InlineData("""{"type":"welcome"}""", "there is no fromHost.welcome")]
    public void What_no_host_says_does_not_fit_it(string text, string fault) =>
        Assert.Equal(fault, Assert.Single(new JsonSchema(StageSchema.Write()).Faults("fromHost." + JsonDocument.Parse(text).RootElement.GetProperty("type").GetString(), JsonDocument.Parse(text).RootElement)));

    [Fact]
    public async Task The_stage_serves_it()
    {
        await using var server = await StageServer.StartAsync(new StageOptions { Port = 0 }, new RecordingSession(), TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        Assert.Equal(StageSchema.Write(), await http.GetStringAsync(new Uri(server.Url + "/live.schema.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Every_message_stands_in_the_manual()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Folder("docs"), "stage-protocol.md"));
        foreach (var message in FromHost.Messages.Concat(FromPage.Messages)) Assert.Contains($"`{message.Name.ToLowerInvariant()}`", manual, StringComparison.Ordinal);
    }

    /// <summary>As the page and other readers may write them.</summary>
    [Theory]
    [InlineData("""{"type":"midi","at":-5.5,"data":[144,60,90]}""")]
    [InlineData("""{"type":"midi","data":[192,5]}""")]
    [InlineData("""{"type":"ping","at":12}""")]
    [InlineData("""{"type":"panic"}""")]
    [InlineData("""{"type":"act","name":"keep","value":3,"at":0}""")]
    [InlineData("""{"type":"act","name":"sync"}""")]
    [InlineData("""{"type":"learn","name":"tempo"}""")]
    [InlineData("""{"type":"learn","name":null}""")]
    [InlineData("""{"type":"dial","name":"swing","value":1}""")]
    [InlineData("""{"type":"tempo","value":400}""")]
    [InlineData("""{"type":"preset","name":"soft"}""")]
    [InlineData("""{"type":"store"}""")]
    [InlineData("""{"type":"recall"}""")]
    [InlineData("""{"type":"cable","end":"out","port":"a:b","joined":false}""")]
    [InlineData("""{"type":"transport","rolls":true}""")]
    [InlineData("""{"type":"decision","number":1}""")]
    [InlineData("""{"type":"qasm","number":100}""")]
    public void What_is_read_fits_it(string text)
    {
        Assert.True(PageMessage.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _, out var fault), fault);
        Assert.Empty(StageContract.FaultsFromPage(JsonDocument.Parse(text).RootElement));
    }

    /// <summary>Every field left out, made null, text and out of range in turn: what does not fit is not read, what is not read does not fit.</summary>
    [Fact]
    public void What_does_not_fit_is_not_read_and_what_is_not_read_does_not_fit()
    {
        string[] messages =
        [
            """{"type":"midi","at":1,"data":[144,60,90]}""", """{"type":"ping","at":12}""", """{"type":"act","name":"keep","value":3,"at":0}""", """{"type":"learn","name":"tempo"}""", """{"type":"dial","name":"swing","value":1}""",
            """{"type":"tempo","value":400}""", """{"type":"preset","name":"soft"}""", """{"type":"cable","end":"out","port":"a:b","joined":false}""", """{"type":"transport","rolls":true}""", """{"type":"decision","number":1}""", """{"type":"qasm","number":9}""",
        ];
        string[] others = ["null", "\"\"", "\"x\"", "-1", "0", "0.5", "1", "2e6", "1e16", "true", "[]", "{}", "[144]", "[144,60]", "[192,5]", "[192,5,1]", "[240,1,2]", "[144,60,128]", "[144,1.5,2]", "[144,60,90,1]", "\"undo\"", "\"left\""];
        var tried = 0;
        foreach (var message in messages)
        {
            var fields = JsonDocument.Parse(message).RootElement.EnumerateObject().Select(p => (p.Name, Text: p.Value.GetRawText())).ToList();
            for (var i = 0; i < fields.Count; i++)
            {
                foreach (var other in others.Append(null))
                {
                    var changed = fields.Select((f, j) => j == i ? f with { Text = other! } : f).Where(f => f.Text is not null);
                    var text = "{" + string.Join(',', changed.Select(f => $"\"{f.Name}\":{f.Text}")) + "}";
                    var read = PageMessage.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _, out var fault);
                    var faults = StageContract.FaultsFromPage(JsonDocument.Parse(text).RootElement);
                    Assert.True(read == (faults.Count == 0), $"{text}: {fault ?? "is read"}; {string.Join("; ", faults)}");
                    tried++;
                }
            }
        }

        Assert.True(tried > 500);
    }

    private static void AssertMade(string text, string path)
    {
        if (Environment.GetEnvironmentVariable("QUANTUMIMPROV_WRITE_SCHEMA") == "1") File.WriteAllText(path, text);
        Assert.Equal(text, File.ReadAllText(path));
    }
}
