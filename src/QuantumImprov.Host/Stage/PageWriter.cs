using System.Buffers;
using System.Text.Json;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session.Control;

namespace QuantumImprov.Host.Stage;

/// <summary>Writes the stage's messages to a page as JSON into one buffer that is used again; docs/stage-protocol.md has the forms. [one thread]</summary>
internal sealed class PageWriter(StageClock clock) : IDisposable
{
    /// <summary>The version of the protocol; a page with another one reloads itself.</summary>
    public const int Protocol = 4;

    private const int LongestText = 240;

    private static readonly string Version = typeof(PageWriter).Assembly.GetName().Version?.ToString(3) ?? "0";
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private StateWriter _state = null!;
    private bool _inNotes;

    public ReadOnlyMemory<byte> Hello(IReadOnlyList<StagePreset> presets)
    {
        _state = new StateWriter(clock, _json);
        Begin("hello");
        _json.WriteNumber("protocol"u8, Protocol);
        _json.WriteString("version"u8, Version);
        _json.WriteNumber("now"u8, clock.ToMilliseconds(clock.Now));
        _json.WriteStartArray("dials"u8);
        foreach (var dial in Dial.All)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, dial.Name);
            _json.WriteString("title"u8, dial.Title);
            _json.WriteString("low"u8, dial.Low);
            _json.WriteString("high"u8, dial.High);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("presets"u8);
        foreach (var preset in presets)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, preset.Name);
            _json.WriteString("about"u8, Short(preset.About));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
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

    public ReadOnlyMemory<byte> Told(string sentence)
    {
        Begin("told");
        _json.WriteString("text"u8, sentence);
        return End();
    }

    public ReadOnlyMemory<byte> Fault(string sentence)
    {
        Begin("fault");
        _json.WriteString("text"u8, sentence);
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

    /// <summary>What has changed since the state written last; empty when nothing has.</summary>
    public ReadOnlyMemory<byte> State(StageState state)
    {
        Begin("state");
        return _state.Write(state) ? End() : ReadOnlyMemory<byte>.Empty;
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

    internal static string? Short(string? text) => text?.Length > LongestText ? text[..(LongestText - 3)] + "..." : text;
}
