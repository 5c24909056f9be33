using System.Net.WebSockets;
using System.Text.Json;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

public sealed class StageLimitsTests
{
    private readonly RecordingSession _session = new();
    private readonly StandingClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hello", "The message is not JSON, or nests too deeply; allowed is an object with a type.")]
    [InlineData("", "The message is not JSON, or nests too deeply; allowed is an object with a type.")]
    [InlineData("[[[[[[]]]]]]", "The message is not JSON, or nests too deeply; allowed is an object with a type.")]
    [InlineData("[1]", "The message is a JSON array; allowed is an object with a type.")]
    [InlineData("{}", "The message has no type; allowed is midi, ping, panic, act, dial, tempo, preset, store, recall, cable, transport, learn, decision or qasm.")]
    [InlineData("{\"type\":7}", "The message has no type; allowed is midi, ping, panic, act, dial, tempo, preset, store, recall, cable, transport, learn, decision or qasm.")]
    [InlineData("{\"type\":\"act\",\"name\":\"keep\",\"value\":\"all\"}", "The act message has no such value; allowed is a number from 0 to 1000000, or none.")]
    [InlineData("{\"type\":\"act\",\"name\":\"keep\",\"value\":-1}", "The act message has no such value; allowed is a number from 0 to 1000000, or none.")]
    [InlineData("{\"type\":\"act\",\"name\":\"tap\",\"at\":true}", "The at is a JSON true; allowed is a number of milliseconds.")]
    [InlineData("{\"type\":\"dial\",\"name\":\"volume\",\"value\":1}", "The dial message has no dial's name; allowed is coherence, phase, novelty, motif, cadence, patience, density, register, loudness, dynamics, swing, quantise, variation, responsiveness or lookahead.")]
    [InlineData("{\"type\":\"dial\",\"name\":\"phase\",\"value\":1.01}", "The dial message has no value; allowed is a number from 0 to 1.")]
    [InlineData("{\"type\":\"act\",\"name\":\"phase\"}", "The act message has no action's name; allowed is panic, reset, takeover, endcall, mutate, mute, freeze, forget, keep, favour, clear, undo, repertoire, tap, sync, nextpreset, preset.")]
    [InlineData("{\"type\":\"learn\"}", "The learn message has no name; allowed is coherence, phase, novelty, motif, cadence, patience, density, register, loudness, dynamics, swing, quantise, variation, responsiveness, lookahead, tempo, panic, reset, takeover, endcall, mutate, mute, freeze, forget, keep, favour, clear, undo, repertoire, tap, sync, nextpreset or preset, or null.")]
    [InlineData("{\"type\":\"tempo\",\"value\":\"fast\"}", "The tempo message has no value; allowed is a number from 20 to 400.")]
    [InlineData("{\"type\":\"cable\",\"end\":\"up\",\"port\":\"a:b\",\"joined\":true}", "The cable message has no end; allowed is in, out, left, right.")]
    [InlineData("{\"type\":\"cable\",\"end\":\"in\",\"port\":\"\",\"joined\":true}", "The cable message has no port; allowed is the full name of one, up to 320 characters.")]
    [InlineData("{\"type\":\"cable\",\"end\":\"in\",\"port\":\"a:b\",\"joined\":1}", "The cable message has no joined; allowed is true or false.")]
    [InlineData("{\"type\":\"transport\"}", "The transport message has no rolls; allowed is true or false.")]
    [InlineData("{\"type\":\"preset\"}", "The preset message has no name; allowed is the name of one of the presets.")]
    [InlineData("{\"type\":\"preset\",\"name\":\"../soft\"}", "There is no preset \"../soft\"; allowed is the name of one of the presets.")]
    [InlineData("{\"type\":\"decision\",\"number\":0}", "The message has no number of a decision; allowed is a whole number from 1.")]
    [InlineData("{\"type\":\"quit\"}", "The type is \"quit\"; allowed is midi, ping, panic, act, dial, tempo, preset, store, recall, cable, transport, learn, decision or qasm.")]
    [InlineData("{\"type\":\"ping\"}", "The ping has no at; allowed is a number of milliseconds.")]
    [InlineData("{\"type\":\"ping\",\"at\":1e999}", "The at is too large; allowed is a number of milliseconds within 1e15.")]
    [InlineData("{\"type\":\"midi\",\"at\":\"now\",\"data\":[144,60,90]}", "The at is a JSON string; allowed is a number of milliseconds.")]
    [InlineData("{\"type\":\"midi\",\"at\":0}", "The midi message has no data array; " + Midi)]
    [InlineData("{\"type\":\"midi\",\"data\":[144]}", "The data has 1 bytes; " + Midi)]
    [InlineData("{\"type\":\"midi\",\"data\":[144,60]}", "The data is [144,60]; " + Midi)]
    [InlineData("{\"type\":\"midi\",\"data\":[144,60,128]}", "The data is [144,60,128]; " + Midi)]
    [InlineData("{\"type\":\"midi\",\"data\":[60,60,60]}", "The data is [60,60,60]; " + Midi)]
    [InlineData("{\"type\":\"midi\",\"data\":[240,1,2]}", "The data is [240,1,2]; " + Midi)]
    [InlineData("{\"type\":\"midi\",\"data\":[144,-1,2]}", "Byte 2 of the data is no byte; " + Midi)]
    [InlineData("{\"type\":\"midi\",\"data\":[144,60.5,2]}", "Byte 2 of the data is no byte; " + Midi)]
    public async Task A_malformed_message_is_ignored_counted_and_answered_in_one_sentence(string text, string sentence)
    {
        await using var server = await StartAsync(new StageOptions());
        using var client = await StageClient.OpenAsync(server);
        await client.SendAsync(text);
        Assert.Equal(sentence, (await client.NextAsync("fault")).GetProperty("text").GetString());
        Assert.Equal(1, server.Counts.Malformed);

        await client.SendAsync("""{"type":"midi","data":[144,60,90]}""");
        await _session.UntilAsync(() => _session.Heard.Count > 0);
        Assert.Equal(ShortMessage.NoteOn(0, 60, 90), Assert.Single(_session.Heard).Message);
    }

    [Fact]
    public async Task A_binary_message_is_answered_too()
    {
        await using var server = await StartAsync(new StageOptions());
        using var client = await StageClient.OpenAsync(server);
        await client.SendAsync("""{"type":"midi","data":[144,60,90]}""", WebSocketMessageType.Binary);
        Assert.Equal("The message is binary; allowed is JSON as text.", (await client.NextAsync("fault")).GetProperty("text").GetString());
        Assert.Empty(_session.Heard);
    }

    [Fact]
    public void No_text_whatever_breaks_the_reader()
    {
        // Half of the texts are mutated messages, so that the inner checks are reached.
        var good = System.Text.Encoding.UTF8.GetBytes("""{"type":"midi","at":9800.125,"data":[144,60,90]}""");
        var mutated = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[1, 4].Select(changes =>
        {
            var bytes = (byte[])good.Clone();
            foreach (var (at, value) in changes) bytes[at] = value;
            return bytes;
        });
        Gen.OneOf(Gen.Byte.Array[0, 80], mutated).Sample(
            bytes => PageMessage.TryRead(bytes, out var message, out var fault)
                ? fault is null && (message.Type != PageMessageType.Midi || (message.Midi.Status is >= 0x80 and < 0xF0 && message.Midi.Data1 < 128 && message.Midi.Data2 < 128))
                : fault!.EndsWith('.'),
            iter: 20_000);
    }

    [Fact]
    public async Task A_message_of_the_greatest_size_is_read_and_a_longer_one_ends_the_connection()
    {
        await using var server = await StartAsync(new StageOptions { MaxMessageBytes = 200 });
        using var client = await StageClient.OpenAsync(server);
        const string Message = """{"type":"midi","data":[144,60,90]}""";
        await client.SendAsync(Message.PadRight(200));
        await _session.UntilAsync(() => _session.Heard.Count == 1);
        await client.SendAsync(Message.PadRight(201));
        await client.UntilClosedAsync();

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
        Assert.Equal("The message is longer than 200 bytes, which is the most allowed.", client.CloseReason);
        await _session.UntilAsync(() => _session.Heard.Count == 2);
        Assert.Equal(ShortMessage.NoteOff(0, 60), _session.Heard[1].Message);
    }

    [Fact]
    public async Task A_flood_is_cut_to_the_limit_but_never_loses_a_note_off()
    {
        await using var server = await StartAsync(new StageOptions { Burst = 100, MessagesPerSecond = 10 });
        using var client = await StageClient.OpenAsync(server);
        for (var i = 0; i < 99; i++) await client.SendAsync("""{"type":"midi","data":[176,1,5]}""");
        await client.SendAsync("""{"type":"midi","data":[144,60,90]}""");
        for (var i = 0; i < 500; i++) await client.SendAsync("""{"type":"midi","data":[144,61,90]}""");
        await client.SendAsync("""{"type":"midi","data":[128,60,64]}""");
        await _session.UntilAsync(() => _session.Heard.Count == 101);
        Assert.Equal(ShortMessage.NoteOn(0, 60, 90), _session.Heard[^2].Message);
        Assert.Equal(ShortMessage.NoteOff(0, 60), _session.Heard[^1].Message);
        Assert.Equal(500, server.Counts.Flooded);
        Assert.Contains("10 messages", (await client.NextAsync("fault")).GetProperty("text").GetString());

        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 20; i++) await client.SendAsync("""{"type":"midi","data":[176,2,5]}""");
        await client.SendAsync("""{"type":"panic"}""");
        await _session.UntilAsync(() => _session.Panics == 1);
        Assert.Equal(111, _session.Heard.Count);
    }

    [Fact]
    public async Task A_flood_without_end_ends_the_connection()
    {
        await using var server = await StartAsync(new StageOptions { DroppedBeforeClosing = 1000 });
        using var client = await StageClient.OpenAsync(server);
        var closed = client.UntilClosedAsync();
        // Its own connection is gone before these are through.
        await Record.ExceptionAsync(async () =>
        {
            for (var i = 0; i < 100_000 && !closed.IsCompleted; i++) await client.SendAsync("nonsense");
        });
        await Record.ExceptionAsync(() => closed);
        await WaitForAsync(() => server.Counts.Pages == 0);
        Assert.InRange(server.Counts.Malformed, 1001, 1400);
    }

    [Fact]
    public async Task One_page_too_many_is_turned_away_in_one_sentence_until_another_goes()
    {
        await using var server = await StartAsync(new StageOptions { MaxPages = 2 });
        using var one = await StageClient.OpenAsync(server);
        using var two = await StageClient.OpenAsync(server);
        using (var three = await StageClient.ConnectAsync(server))
        {
            await three.UntilClosedAsync();
            Assert.Equal("2 pages are open, which is the most allowed; close one.", three.CloseReason);
            Assert.Equal(1013, (int?)three.CloseStatus);
        }

        await one.CloseAsync();
        await WaitForAsync(() => server.Counts.Pages == 1);
        using var four = await StageClient.OpenAsync(server);
        Assert.Equal(2, server.Counts.Pages);
    }

    [Fact]
    public async Task A_slow_page_is_silenced_before_it_goes_on_and_holds_nobody_up()
    {
        await using var server = await StartAsync(new StageOptions());
        using var slow = await StageClient.OpenNarrowAsync(server);
        using var brisk = await StageClient.OpenAsync(server);

        // More than the slow page's connection and the log hold; the brisk page reads along, the slow one does not read at all.
        var briskDown = new HashSet<int>();
        for (var sent = 0; sent < 300_000;)
        {
            for (var i = 0; i < 1000; i++, sent++)
            {
                var pitch = sent / 2 % 128;
                server.Broadcast(new StageNote(_session.Now, StagePart.Partner, sent % 2 == 0 ? ShortMessage.NoteOn(0, pitch, 80) : ShortMessage.NoteOff(0, pitch)));
            }

            for (var seen = 0; seen < 1000;) seen += Play(await brisk.NextAsync("notes"), briskDown);
        }

        Assert.Empty(briskDown);

        // Every note is either received or announced as missed.
        long got = 0, missed = 0;
        while (got + missed < 300_000)
        {
            var message = await slow.NextAsync() ?? throw new InvalidOperationException("The connection was closed.");
            if (message.GetProperty("type").GetString() == "resync") missed += message.GetProperty("missed").GetInt64();
            else got += Play(message, []);
        }

        Assert.NotEqual(0, missed);
        Assert.Equal((300_000, missed), (got + missed, server.Counts.Missed));
        var down = new HashSet<int>();
        server.Broadcast(new StageNote(_session.Now, StagePart.Partner, ShortMessage.NoteOn(5, 1, 1)));
        Play(await slow.NextAsync("notes"), down);
        Assert.Equal([5 << 8 | 1], down);
    }

    [Fact]
    public async Task Broadcasting_to_busy_pages_allocates_nothing()
    {
        await using var server = await StartAsync(new StageOptions());
        using var client = await StageClient.OpenAsync(server);
        var note = new StageNote(_session.Now, StagePart.Partner, ShortMessage.NoteOn(0, 60, 80));
        var state = new StageState();
        for (var i = 0; i < 2_000; i++) Both();
        // Waking a page's loop is the thread pool's work too, which may start a thread on the waking one: one round of five may show it. An allocation of ours would be in all.
        var rounds = new long[5];
        for (var round = 0; round < rounds.Length; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 2_000; i++) Both();
            rounds[round] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.True(rounds.Count(bytes => bytes != 0) <= 1, $"Bytes by round: {string.Join(", ", rounds)}.");

        void Both()
        {
            server.Broadcast(note);
            server.Publish(state);
        }
    }

    [Fact]
    public async Task Broadcasting_to_waiting_pages_allocates_nothing()
    {
        await using var server = await StartAsync(new StageOptions());
        using var client = await StageClient.OpenAsync(server);
        var note = new StageNote(_session.Now, StagePart.Partner, ShortMessage.NoteOn(0, 60, 80));
        var bytes = new long[200];
        for (var i = -100; i < bytes.Length; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            server.Broadcast(note);
            if (i >= 0) bytes[i] = GC.GetAllocatedBytesForCurrentThread() - before;
            // What the page has been sent, its loop has done with: it waits again, or is about to.
            await client.NextAsync("notes");
        }

        // Every call woke a waiting loop; the thread pool may start a thread now and then.
        Assert.True(bytes.Count(count => count != 0) <= 10, $"Bytes by call: {string.Join(", ", bytes)}.");
    }

    private static int Play(JsonElement message, HashSet<int> down)
    {
        var count = 0;
        foreach (var note in message.GetProperty("notes").EnumerateArray())
        {
            count++;
            var status = note[2].GetInt32();
            var key = (status & 15) << 8 | note[3].GetInt32();
            if ((status & 0xF0) == 0x90) down.Add(key);
            else down.Remove(key);
        }

        return count;
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(StageClient.Patience);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<StageServer> StartAsync(StageOptions options) => StageServer.StartAsync(options with { Port = 0, Clock = _clock }, _session, Cancellation);

    private const string Midi = "allowed is a channel message: a status of 128 to 239 and its one or two data bytes of 0 to 127.";
}
