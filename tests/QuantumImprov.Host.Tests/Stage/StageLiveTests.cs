using System.Net.WebSockets;
using System.Text.Json;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Ports;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

public sealed class StageLiveTests : IAsyncLifetime
{
    private readonly RecordingSession _session = new();
    private StageServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StageServer.StartAsync(new StageOptions { Port = 0 }, _session, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_greeting_says_protocol_version_and_time()
    {
        _session.Now = _session.Now.PlusSeconds(2.5);
        using var client = await StageClient.ConnectAsync(_server);
        var hello = await client.NextAsync("hello");
        Assert.Equal(4, hello.GetProperty("protocol").GetInt32());
        Assert.Matches(@"^\d+\.\d+\.\d+$", hello.GetProperty("version").GetString());
        Assert.Equal(2500, hello.GetProperty("now").GetDouble());
        Assert.Equal(Dial.All.Select(d => d.Name), hello.GetProperty("dials").EnumerateArray().Select(d => d.GetProperty("name").GetString()));
        Assert.Equal(["answer", "soft"], hello.GetProperty("presets").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_a_page_asks_for_reaches_the_session()
    {
        using var client = await StageClient.OpenAsync(_server);
        foreach (var message in new[] { """{"type":"act","name":"forget"}""", """{"type":"act","name":"keep"}""", """{"type":"act","name":"clear"}""", """{"type":"dial","name":"novelty","value":0.25}""", """{"type":"tempo","value":96.5}""", """{"type":"preset","name":"soft"}""", """{"type":"act","name":"mute"}""", """{"type":"act","name":"keep","value":7}""", """{"type":"act","name":"endcall"}""", """{"type":"learn","name":"tap"}""", """{"type":"learn","name":null}""", """{"type":"store"}""", """{"type":"recall"}""", """{"type":"act","name":"sync"}""", """{"type":"act","name":"sync","value":2}""", """{"type":"cable","end":"in","port":"giver:to","joined":true}""", """{"type":"cable","end":"right","port":"a:b","joined":false}""", """{"type":"transport","rolls":true}""", """{"type":"transport","rolls":false}""" }) await client.SendAsync(message);
        await _session.UntilAsync(() => _session.Changes.Count == 19);
        Assert.Equal(["forget 0", "keep 4", "clear 0", "novelty 0.25", "tempo 96.5", "preset soft", "mute -1", "keep 7", "endcall 0", "learn tap", "learn nothing", "store", "recall", "sync -1", "sync 2", "connect in giver:to", "part right a:b", "roll", "stop"], _session.Changes);
    }

    [Fact]
    public async Task What_came_of_something_is_told_to_every_page()
    {
        using var one = await StageClient.OpenAsync(_server);
        using var two = await StageClient.OpenAsync(_server);
        _server.Tell("Stored.");
        foreach (var client in new[] { one, two }) Assert.Equal("Stored.", (await client.NextAsync("told")).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(",\"at\":9800.125", 9.800125)]
    [InlineData("", 10)]
    [InlineData(",\"at\":90000", 10)]
    [InlineData(",\"at\":1", 8)]
    public async Task A_beat_is_tapped_when_the_page_says_but_not_in_the_future_nor_long_ago(string at, double seconds)
    {
        var start = _session.Now;
        _session.Now = start.PlusSeconds(10);
        using var client = await StageClient.OpenAsync(_server);
        await client.SendAsync($$"""{"type":"act","name":"tap"{{at}}}""");
        await _session.UntilAsync(() => _session.Changes.Count == 1);
        Assert.Equal("tap 0", Assert.Single(_session.Changes));
        Assert.Equal(start.PlusSeconds(seconds), _session.AskedAt);
    }

    [Fact]
    public async Task A_note_keeps_the_time_it_was_played_at()
    {
        var start = _session.Now;
        _session.Now = start.PlusSeconds(10);
        using var client = await StageClient.OpenAsync(_server);
        await client.SendAsync("""{"type":"midi","at":9800.125,"data":[144,60,90]}""");
        await client.SendAsync("""{"type":"midi","at":9900.25,"data":[128,60,64]}""");
        await client.SendAsync("""{"type":"midi","data":[192,5]}""");
        await _session.UntilAsync(() => _session.Heard.Count == 3);

        Assert.Equal(
            [
                new TimedMessage(start.Plus(9_800_125_000), ShortMessage.NoteOn(0, 60, 90)),
                new TimedMessage(start.Plus(9_900_250_000), ShortMessage.NoteOff(0, 60)),
                new TimedMessage(start.Plus(10_000_000_000), ShortMessage.Program(0, 5)),
            ],
            _session.Heard);
    }

    [Fact]
    public async Task Stamps_stay_within_the_last_two_seconds_and_never_go_back()
    {
        var start = _session.Now;
        _session.Now = start.PlusSeconds(10);
        using var client = await StageClient.OpenAsync(_server);
        foreach (var at in new[] { "-9e14", "8000.5", "9700", "9600", "9999.5", "10000.1", "9e14" })
            await client.SendAsync($$"""{"type":"midi","at":{{at}},"data":[176,1,5]}""");
        await _session.UntilAsync(() => _session.Heard.Count == 7);

        Assert.Equal([8000, 8000.5, 9700, 9700, 9999.5, 10000, 10000], _session.Heard.Select(m => m.At.Since(start) * 1e-6));
    }

    [Fact]
    public async Task A_ping_comes_back_with_the_hosts_times()
    {
        _session.Now = _session.Now.PlusSeconds(1);
        using var client = await StageClient.OpenAsync(_server);
        await client.SendAsync("""{"type":"ping","at":123456.75}""");
        var pong = await client.NextAsync("pong");
        Assert.Equal(123456.75, pong.GetProperty("at").GetDouble());
        Assert.Equal(1000, pong.GetProperty("heard").GetDouble());
        Assert.Equal(1000, pong.GetProperty("said").GetDouble());
    }

    [Fact]
    public async Task Notes_reach_every_page_with_their_time_and_part()
    {
        using var one = await StageClient.OpenAsync(_server);
        using var two = await StageClient.OpenAsync(_server);
        _server.Broadcast(new StageNote(_session.Now.Plus(30_000_000), StagePart.Partner, ShortMessage.NoteOn(2, 67, 80)));
        _server.Broadcast(new StageNote(_session.Now.Plus(-1_234_000), StagePart.Performer, ShortMessage.NoteOff(0, 60)));
        foreach (var client in new[] { one, two })
        {
            var notes = await NotesAsync(client, 2);
            Assert.Equal([1, 30, 0x92, 67, 80], notes[0]);
            Assert.Equal([0, -1.234, 0x80, 60, 64], notes[1]);
        }
    }

    [Fact]
    public async Task What_a_page_played_is_not_sent_back_to_it_but_to_the_others()
    {
        // The session broadcasts whatever it hears, which it may.
        _session.OnHear = heard => _server.Broadcast(new StageNote(heard.At, StagePart.Performer, heard.Message));
        using var one = await StageClient.OpenAsync(_server);
        using var two = await StageClient.OpenAsync(_server);
        await one.SendAsync("""{"type":"midi","at":0,"data":[144,60,90]}""");
        var atTwo = await NotesAsync(two, 1);
        Assert.Equal([0, 0, 144, 60, 90], Assert.Single(atTwo));
        await two.SendAsync("""{"type":"midi","at":0,"data":[144,64,90]}""");
        var atOne = await NotesAsync(one, 1);
        Assert.Equal([0, 0, 144, 64, 90], Assert.Single(atOne));
    }

    [Fact]
    public async Task The_state_is_shown_to_pages_that_are_there_and_that_come()
    {
        using var early = await StageClient.OpenAsync(_server);
        _server.Publish(new StageState
        {
            Turn = StageTurn.Answering,
            Plan = "four bars, ending on D",
            Tempo = Tempo.FromBpm(96),
            Metre = Metre.Of(6, 8),
            BarLine = _session.Now.PlusSeconds(-1),
            Chart = ChordChartText.Read("Dm7 | G7 C", out _),
            Repertoire = 2,
            Key = "D minor",
            PhrasesHeard = 3,
            NotesLearned = 41,
            Preset = "plain",
            Consensus = 0.4567,
            JackClient = "quantumimprov",
            TempoKnown = true,
            Time = new TimeView(TimeKeeper.Clock, true, .5, TimeSources.All),
            Rolls = false,
            Phrase = new PhraseSpan(3, _session.Now.PlusSeconds(-4), _session.Now.PlusSeconds(-.5), null),
            Decisions = 12,
        });
        using var late = await StageClient.OpenAsync(_server);
        foreach (var client in new[] { early, late })
        {
            Assert.Equal(
                """{"type":"state","turn":"answering","plan":"four bars, ending on D","tempo":96,"tempoKnown":true,"time":{"keeper":"clock","steady":true,"uneven":0.5,"follows":3,"rolls":false},"metre":"6/8","beat":1.5,"barLine":-1000,"chart":[["Dm7"],["G7","C"]],"key":"D minor","phrasesHeard":3,"notesLearned":41,"repertoire":2,"preset":"plain","consensus":0.457,"jackClient":"quantumimprov","way":"answer","dials":{"coherence":1,"phase":0,"novelty":0,"motif":0.5,"cadence":1,"patience":0.5,"density":0.5,"register":0.5,"loudness":0.6667,"dynamics":1,"swing":0,"quantise":0,"variation":0.25,"responsiveness":0.5,"lookahead":1},"muted":false,"frozen":false,"takenOver":false,"phrase":{"number":3,"from":-4000,"to":-500,"openingTo":null},"answer":null,"favoured":[],"decisions":12}""",
                (await client.NextAsync("state")).GetRawText());
        }
    }

    [Fact]
    public async Task Ports_cables_and_routes_reach_pages_that_are_there_and_that_come_once_for_each_change()
    {
        using var early = await StageClient.OpenAsync(_server);
        var ports = new StagePorts { Says = "JACK client quantumimprov.", Ends = [new StageEnd("in", "quantumimprov:in", [new StagePort("keys:out", CableState.In), new StagePort("pads:out", CableState.Apart), new StagePort("gone:out", CableState.Awaited)])], Routes = [new StageRoute("You are heard on", "every channel")] };
        _server.Publish(ports);
        using var late = await StageClient.OpenAsync(_server);
        foreach (var client in new[] { early, late })
        {
            Assert.Equal(
                """{"type":"ports","says":"JACK client quantumimprov.","ends":[{"name":"in","port":"quantumimprov:in","others":[{"name":"keys:out","cable":"in"},{"name":"pads:out","cable":"apart"},{"name":"gone:out","cable":"awaited"}]}],"routes":[{"what":"You are heard on","where":"every channel"}]}""",
                (await client.NextAsync("ports")).GetRawText());
        }

        // The same again is no news; what comes next shows that it was passed over.
        _server.Publish(ports with { Says = "JACK client quantumimprov." });
        _server.Publish(new StagePorts { Says = "The JACK server is gone; waiting for it to return." });
        Assert.Equal(0, (await early.NextAsync("ports")).GetProperty("ends").GetArrayLength());
    }

    [Fact]
    public async Task What_is_not_known_is_null_and_what_is_too_long_is_cut()
    {
        using var client = await StageClient.OpenAsync(_server);
        _server.Publish(new StageState { Plan = new string('x', 10_000), Consensus = double.NaN });
        var state = await client.NextAsync("state");
        Assert.Equal("idle", state.GetProperty("turn").GetString());
        Assert.Equal(240, state.GetProperty("plan").GetString()!.Length);
        foreach (var name in new[] { "tempo", "barLine", "chart", "key", "preset", "consensus", "jackClient" }) Assert.Equal(JsonValueKind.Null, state.GetProperty(name).ValueKind);
    }

    [Fact]
    public async Task Of_a_state_that_follows_only_what_has_changed_is_sent()
    {
        using var client = await StageClient.OpenAsync(_server);
        var state = new StageState { Plan = "a plan", Key = "C major", Consensus = .5 };
        _server.Publish(state);
        await client.NextAsync("state");
        // The same again is no news; what comes next shows that it was passed over.
        _server.Publish(state with { });
        _server.Publish(state with { Key = null, NotesLearned = 3 });
        Assert.Equal("""{"type":"state","key":null,"notesLearned":3}""", (await client.NextAsync("state")).GetRawText());
    }

    [Fact]
    public async Task Decisions_are_written_down_only_while_somebody_looks_on()
    {
        Assert.Null(_session.Watched);
        var one = await StageClient.OpenAsync(_server);
        Assert.True(_session.Watched);
        var two = await StageClient.OpenAsync(_server);
        await one.CloseAsync();
        await two.SendAsync("""{"type":"act","name":"forget"}""");
        await _session.UntilAsync(() => _session.Changes.Count == 1);
        Assert.True(_session.Watched);
        await two.CloseAsync();
        await _session.UntilAsync(() => _session.Watched == false);
        one.Dispose();
        two.Dispose();
    }

    [Fact]
    public async Task A_decision_that_is_not_kept_is_one_sentence()
    {
        using var client = await StageClient.OpenAsync(_server);
        await client.SendAsync("""{"type":"decision","number":7}""");
        Assert.Equal("Decision 7 is not kept; the last 400 are.", (await client.NextAsync("fault")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Of_many_states_a_page_gets_few_and_the_last()
    {
        using var client = await StageClient.OpenAsync(_server);
        for (var i = 1; i <= 50_000; i++) _server.Publish(new StageState { NotesLearned = i });
        var received = 0;
        for (var last = 0; last < 50_000; received++) last = (await client.NextAsync("state")).GetProperty("notesLearned").GetInt32();
        Assert.InRange(received, 1, 5_000);
    }

    [Fact]
    public async Task Panic_lets_go_silences_every_page_and_reaches_the_session()
    {
        using var one = await StageClient.OpenAsync(_server);
        using var two = await StageClient.OpenAsync(_server);
        await one.SendAsync("""{"type":"midi","data":[144,60,90]}""");
        await one.SendAsync("""{"type":"panic"}""");
        await _session.UntilAsync(() => _session.Panics == 1);

        Assert.Equal([ShortMessage.NoteOn(0, 60, 90), ShortMessage.NoteOff(0, 60)], _session.Heard.Select(m => m.Message));
        foreach (var client in new[] { one, two })
        {
            var notes = await NotesAsync(client, 2);
            Assert.Equal([1, 0, 176, 120, 0], notes[0]);
            Assert.Equal([0, 0, 176, 120, 0], notes[1]);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_goes_leaves_no_key_or_pedal_down(bool politely)
    {
        var client = await StageClient.OpenAsync(_server);
        foreach (var data in new[] { "[144,60,90]", "[144,64,90]", "[128,60,64]", "[147,64,1]", "[176,64,127]", "[144,64,0]" })
            await client.SendAsync($$"""{"type":"midi","data":{{data}}}""");
        await _session.UntilAsync(() => _session.Heard.Count == 6);
        if (politely) await client.CloseAsync();
        client.Dispose();
        await _session.UntilAsync(() => _session.Heard.Count == 8);

        Assert.Equal([ShortMessage.Control(0, 64, 0), ShortMessage.NoteOff(3, 64)], _session.Heard.Skip(6).Select(m => m.Message));
    }

    [Fact]
    public async Task Stopping_says_good_bye_and_lets_go_of_keys_even_when_a_page_does_not_listen()
    {
        using var listening = await StageClient.OpenAsync(_server);
        using var deaf = await StageClient.OpenAsync(_server);
        await deaf.SendAsync("""{"type":"midi","data":[144,60,90]}""");
        await _session.UntilAsync(() => _session.Heard.Count == 1);
        var stopped = _server.DisposeAsync().AsTask();
        await listening.UntilClosedAsync();
        await stopped.WaitAsync(StageClient.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, listening.CloseStatus);
        Assert.Equal(ShortMessage.NoteOff(0, 60), _session.Heard[^1].Message);
        await Assert.ThrowsAsync<WebSocketException>(() => StageClient.ConnectAsync(_server));
    }

    [Fact]
    public void Whatever_is_broadcast_and_read_is_the_same()
    {
        Gen.Select(Gen.Long, Gen.Bool, Gen.Byte, Gen.Byte, Gen.Byte).Array[0, 200].Sample(
            items =>
            {
                var log = new NoteLog(256);
                var notes = items.Select(i => new StageNote(new HostTime(i.Item1), i.Item2 ? StagePart.Partner : StagePart.Performer, new ShortMessage(i.Item3, i.Item4, i.Item5))).ToArray();
                foreach (var note in notes) log.Append(note);
                var read = new List<StageNote>();
                for (long cursor = 0; log.TryRead(ref cursor, out var note, out var missed);)
                {
                    Assert.Equal(0, missed);
                    read.Add(note);
                }

                return notes.SequenceEqual(read);
            },
            iter: 300);
    }

    private static async Task<List<double[]>> NotesAsync(StageClient client, int count)
    {
        var notes = new List<double[]>();
        while (notes.Count < count)
            notes.AddRange((await client.NextAsync("notes")).GetProperty("notes").EnumerateArray().Select(note => note.EnumerateArray().Select(n => n.GetDouble()).ToArray()));
        return notes;
    }
}
