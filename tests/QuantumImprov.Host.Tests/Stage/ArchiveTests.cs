using System.Net;
using System.Text.Json;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Live;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Tests.Replaying;
using QuantumImprov.Midi.Files;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

public sealed class ArchiveTests : IDisposable
{
    private readonly Scratch _scratch = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_finished_recording_is_listed_and_comes_as_notes_as_midi_and_as_sound()
    {
        var name = Record(finished: true);
        await using var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };

        var listed = Assert.Single(JsonDocument.Parse(await http.GetStringAsync("/recordings", Cancellation)).RootElement.EnumerateArray());
        Assert.Equal((name, 1.5, 2, 1, "answer", 7), (
            listed.GetProperty("name").GetString(), listed.GetProperty("seconds").GetDouble(), listed.GetProperty("performerNotes").GetInt32(),
            listed.GetProperty("partnerNotes").GetInt32(), listed.GetProperty("preset").GetString(), listed.GetProperty("seed").GetInt32()));

        Assert.Equal(
            "[[0,0,144,60,80],[0,250,128,60,64],[0,500,144,64,81],[0,750,128,64,64],[1,1000,144,67,90],[1,1500,128,67,64]]",
            await http.GetStringAsync($"/recordings/{name}.json", Cancellation));

        var midi = MidiFiles.Read(_scratch.Write("came.mid", await http.GetByteArrayAsync($"/recordings/{name}.mid", Cancellation)));
        Assert.Equal([60, 64, 67], midi.File!.ToPerformance().Messages.Where(m => m.Message.IsNoteOn).Select(m => (int)m.Message.Data1));

        using var sound = await http.GetAsync($"/recordings/{name}.wav", Cancellation);
        var wav = await sound.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal("audio/wav", sound.Content.Headers.ContentType!.ToString());
        Assert.Equal("RIFF"u8.ToArray(), wav[..4]);
        // More than a second and a half of 16-bit stereo, and not silent.
        Assert.InRange(wav.Length, 1.5 * 48000 * 4, 20.0 * 48000 * 4);
        Assert.InRange(Enumerable.Range(0, (wav.Length - 44) / 2).Max(i => Math.Abs((int)BitConverter.ToInt16(wav, 44 + (2 * i)))), 1000, 32767);
    }

    [Fact]
    public async Task A_recording_is_played_again_and_what_came_of_it_is_said()
    {
        Directory.CreateDirectory(_scratch["takes"]);
        using var concert = new RecordedConcert(_scratch);
        concert.Play("C4 E4 G4 E4 D4 C4");
        concert.Rest(4);
        concert.Close();
        File.Copy(concert.Path, _scratch["takes/2026-01-31_20-15-07.journal"]);
        Recordings.Finish(new SessionFiles(_scratch["takes/2026-01-31_20-15-07.journal"]));
        var older = Record(finished: true);
        await using var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        var replay = JsonDocument.Parse(await http.GetStringAsync("/recordings/2026-01-31_20-15-07.replay", Cancellation)).RootElement;
        Assert.True(replay.GetProperty("identical").GetBoolean());
        Assert.StartsWith("Identical: the replay plays ", replay.GetProperty("sentence").GetString());
        replay = JsonDocument.Parse(await http.GetStringAsync($"/recordings/{older}.replay", Cancellation)).RootElement;
        Assert.Equal(JsonValueKind.Null, replay.GetProperty("identical").ValueKind);
        Assert.StartsWith("It cannot be played again: ", replay.GetProperty("sentence").GetString());
        using var none = await http.GetAsync("/recordings/nothing.replay", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task What_is_still_being_played_is_not_listed()
    {
        Record(finished: false);
        await using var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        Assert.Equal("[]", await http.GetStringAsync("/recordings", Cancellation));
    }

    [Theory]
    [InlineData("/recordings/secret.mid")]
    [InlineData("/recordings/..%2Fsecret.mid")]
    [InlineData("/recordings/../secret.mid")]
    [InlineData("/recordings/%2e%2e/secret.json")]
    [InlineData("/recordings/NAME.journal")]
    [InlineData("/recordings/NAME")]
    [InlineData("/recordings/")]
    public async Task Nothing_but_recordings_can_be_named(string path)
    {
        var name = Record(finished: true);
        _scratch.Write("secret.mid", "x");
        _scratch.Write("secret.journal", "x");
        await using var server = await StartAsync();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(server.Url + path.Replace("NAME", name, StringComparison.Ordinal), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Task<StageServer> StartAsync() => StageServer.StartAsync(new StageOptions { Port = 0, Archive = new RecordingShelf([_scratch["takes"]]) }, new RecordingSession(), Cancellation);

    private string Record(bool finished)
    {
        var folder = new SessionFolder(_scratch["takes"], TimeProvider.System);
        var start = new HostTime(5_000_000_000);
        var journal = folder.Start(new JournalHeader
        {
            ProductVersion = "1", Seed = 7, PresetName = "answer", PresetText = "{}", ClockOrigin = start, Timeline = new Timeline(Tempo.FromBpm(120), Metre.Of(4, 4), Beats.Zero, start),
        });
        (double At, bool Partner, ShortMessage Message)[] played =
        [
            (0, false, ShortMessage.NoteOn(0, 60, 80)), (.25, false, ShortMessage.NoteOff(0, 60)), (.5, false, ShortMessage.NoteOn(0, 64, 81)), (.75, false, ShortMessage.NoteOff(0, 64)),
            (1, true, ShortMessage.NoteOn(0, 67, 90)), (1.5, true, ShortMessage.NoteOff(0, 67)),
        ];
        foreach (var (at, partner, message) in played)
        {
            var timed = new TimedMessage(start.PlusSeconds(at), message);
            journal.Write(partner ? JournalEntry.FromPartner(timed) : JournalEntry.FromPerformer(timed));
        }

        journal.Close();
        var files = new SessionFiles(journal.Path);
        if (finished) Assert.StartsWith("Recorded:", Recordings.Finish(files));
        return files.Name;
    }
}
