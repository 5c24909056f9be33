using System.Buffers;
using System.Text.Json;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Host.Stage.Protocol;

namespace QuantumImprov.Host.Stage;

/// <summary>Writes the stage's messages to a page as JSON, notes and states into one buffer that is used again; <see cref="FromHost"/> has the forms. [one thread]</summary>
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
        return StageJson.Write(new FromHost.Hello(
            Protocol,
            Version,
            clock.ToMilliseconds(clock.Now),
            [.. Dial.All.Select(dial => new FromHost.DialText(dial.Name, dial.Title, dial.Low, dial.High))],
            [.. presets.Select(preset => preset with { About = Short(preset.About)! })]));
    }

    public ReadOnlyMemory<byte> Pong(double at, HostTime heard) => StageJson.Write(new FromHost.Pong(at, clock.ToMilliseconds(heard), clock.ToMilliseconds(clock.Now)));

    public static ReadOnlyMemory<byte> Told(string sentence) => StageJson.Write(new FromHost.Told(sentence));

    public static ReadOnlyMemory<byte> Fault(string sentence) => StageJson.Write(new FromHost.Fault(sentence));

    public static ReadOnlyMemory<byte> Resync(long missed) => StageJson.Write(new FromHost.Resync(missed));

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
