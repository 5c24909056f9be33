using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Storage.Journal;

/// <summary>Reads the fields of a line from left to right. Every member returns false for what no session writes, and never throws.</summary>
/// <param name="body">The line without its sum.</param>
internal ref struct JournalFields(ReadOnlySpan<byte> body)
{
    // Times within a year of the clock origin and beats within a like number keep all later arithmetic far from overflow.
    private const long MostNanoseconds = 366L * 24 * 3600 * 1_000_000_000, MostTicks = 1L << 52;
    private const long SlowestNanoseconds = 16_777_215_000, FastestNanoseconds = 1000, Microsecond = 1000;

    private ReadOnlySpan<byte> _rest = body;

    internal readonly bool AtEnd => _rest.IsEmpty;

    internal string Word() => Encoding.UTF8.GetString(Next());

    internal bool Number(out long number)
    {
        var field = Next();
        return Utf8Parser.TryParse(field, out number, out var used) && used == field.Length;
    }

    internal bool Number(out ulong number)
    {
        var field = Next();
        return Utf8Parser.TryParse(field, out number, out var used) && used == field.Length;
    }

    internal bool Time(out long sinceOrigin) => Number(out sinceOrigin) && sinceOrigin is >= -MostNanoseconds and <= MostNanoseconds;

    internal bool WallTime(out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(Word(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    internal bool Message(out ShortMessage message)
    {
        message = default;
        if (!Byte(out var status) || !Byte(out var data1) || !Byte(out var data2)) return false;
        message = new ShortMessage(status, data1, data2);
        return true;
    }

    /// <summary>A timeline whose time origin still counts from the clock origin.</summary>
    internal bool Timeline(out Timeline timeline)
    {
        timeline = default;
        if (!Number(out long tempo) || tempo is < FastestNanoseconds or > SlowestNanoseconds || !ExactTempo(tempo, out var exact)) return false;
        if (!Metre(out var metre) || !Ticks(out var beatOrigin) || !Time(out var timeOrigin) || !Ticks(out var barOrigin)) return false;
        timeline = new Timeline(exact, metre, beatOrigin, new HostTime(timeOrigin), barOrigin);
        return true;
    }

    /// <summary>All that is left, as a JSON array of strings.</summary>
    internal bool Texts(out string[] texts)
    {
        texts = [];
        try
        {
            using var array = JsonDocument.Parse(_rest.ToArray());
            _rest = [];
            if (array.RootElement.ValueKind != JsonValueKind.Array) return false;
            texts = [.. array.RootElement.EnumerateArray().Select(text => text.ValueKind == JsonValueKind.String ? text.GetString()! : "")];
            return array.RootElement.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool Ticks(out Beats beats)
    {
        var read = Number(out long ticks);
        beats = new Beats(ticks);
        return read && ticks is >= -MostTicks and <= MostTicks;
    }

    private bool Metre(out Metre metre)
    {
        var field = Next();
        metre = default;
        if (!Utf8Parser.TryParse(field, out int numerator, out var used) || used >= field.Length || field[used] != '/') return false;
        field = field[(used + 1)..];
        if (!Utf8Parser.TryParse(field, out int denominator, out used) || used != field.Length || !Engine.Music.Metre.IsAllowed(numerator, denominator)) return false;
        metre = Engine.Music.Metre.Of(numerator, denominator);
        return true;
    }

    private bool Byte(out byte value)
    {
        var field = Next();
        return Utf8Parser.TryParse(field, out value, out var used, 'x') && used == 2 && field.Length == 2;
    }

    // A tempo is made either from quarters a minute or from a file's microseconds; both ways lead back to the very number of nanoseconds.
    private static bool ExactTempo(long nanoseconds, out Tempo tempo)
    {
        var bpm = 60e9 / nanoseconds;
        tempo = bpm is >= Tempo.Slowest and <= Tempo.Fastest ? Tempo.FromBpm(bpm) : Tempo.FromMicrosecondsPerQuarter((int)(nanoseconds / Microsecond));
        return tempo.NanosecondsPerQuarter == nanoseconds;
    }

    private ReadOnlySpan<byte> Next()
    {
        var end = _rest.IndexOf((byte)' ');
        var field = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        return field;
    }
}
