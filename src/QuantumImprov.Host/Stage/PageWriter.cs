using System.Buffers;
using System.Text.Json;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage;

/// <summary>Writes the stage's messages to a page as JSON into one buffer that is used again; docs/stage-protocol.md has the forms. [one thread]</summary>
internal sealed class PageWriter(StageClock clock) : IDisposable
{
    /// <summary>The version of the protocol; a page with another one reloads itself.</summary>
    public const int Protocol = 1;

    private const int LongestText = 240;

    private static readonly string Version = typeof(PageWriter).Assembly.GetName().Version?.ToString(3) ?? "0";
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private bool _inNotes;

    public ReadOnlyMemory<byte> Hello()
    {
        Begin("hello");
        _json.WriteNumber("protocol"u8, Protocol);
        _json.WriteString("version"u8, Version);
        _json.WriteNumber("now"u8, clock.ToMilliseconds(clock.Now));
        return End();
    }

    public ReadOnlyMemory<byte> Pong(double at, HostTime heard)
    {
        Begin("pong");
        _json.WriteNumber("at"u8, at);
        _json.WriteNumber("heard"u8, clock.ToMilliseconds(heard));
        _json.WriteNumber("said"u8, clock.ToMilliseconds(clock.Now));
        return End();
    }

    public ReadOnlyMemory<byte> Fault(string sentence)
    {
        Begin("fault");
        _json.WriteString("text"u8, Short(sentence));
        return End();
    }

    public ReadOnlyMemory<byte> Resync(long missed)
    {
        Begin("resync");
        _json.WriteNumber("missed"u8, missed);
        return End();
    }

    /// <summary>Adds a note to the message that <see cref="EndNotes"/> ends.</summary>
    public void AddNote(in StageNote note)
    {
        if (!_inNotes)
        {
            Begin("notes");
            _json.WriteStartArray("notes"u8);
            _inNotes = true;
        }

        _json.WriteStartArray();
        _json.WriteNumberValue((int)note.Part);
        _json.WriteNumberValue(clock.ToMilliseconds(note.At));
        _json.WriteNumberValue(note.Message.Status);
        _json.WriteNumberValue(note.Message.Data1);
        _json.WriteNumberValue(note.Message.Data2);
        _json.WriteEndArray();
    }

    public ReadOnlyMemory<byte> EndNotes()
    {
        _json.WriteEndArray();
        _inNotes = false;
        return End();
    }

    public ReadOnlyMemory<byte> State(StageState state)
    {
        Begin("state");
        _json.WriteString("turn"u8, state.Turn switch { StageTurn.Listening => "listening", StageTurn.Answering => "answering", _ => "idle" });
        _json.WriteString("plan"u8, Short(state.Plan));
        Number("tempo", state.Tempo is { } tempo ? Math.Round(tempo.BeatsPerMinute, 4) : null);
        _json.WriteString("metre"u8, state.Metre.ToString());
        Number("beat", state.Metre.Beat.Quarters);
        Number("barLine", state.BarLine is { } bar ? clock.ToMilliseconds(bar) : null);
        _json.WriteString("key"u8, Short(state.Key));
        _json.WriteNumber("phrasesHeard"u8, state.PhrasesHeard);
        _json.WriteNumber("notesLearned"u8, state.NotesLearned);
        _json.WriteString("preset"u8, Short(state.Preset));
        Number("consensus", state.Consensus is { } consensus and >= 0 and <= 1 ? Math.Round(consensus, 3) : null);
        _json.WriteString("jackClient"u8, Short(state.JackClient));
        return End();
    }

    public void Dispose() => _json.Dispose();

    private void Begin(string type)
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
    }

    private ReadOnlyMemory<byte> End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _bytes.WrittenMemory;
    }

    private void Number(string name, double? value)
    {
        if (value is { } number) _json.WriteNumber(name, number);
        else _json.WriteNull(name);
    }

    private static string? Short(string? text) => text?.Length > LongestText ? text[..(LongestText - 3)] + "..." : text;
}
