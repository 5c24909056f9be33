using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using QuantumImprov.Engine.Music;
using QuantumImprov.Storage.Disk;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Journal;

/// <summary>Lines of a journal in a growing block of memory. Used by one thread at a time.</summary>
/// <param name="origin">What times are counted from.</param>
internal sealed class JournalLines(HostTime origin)
{
    private const int SumLength = 8, FirstSize = 1 << 16;

    private byte[] _bytes = new byte[FirstSize];
    private int _lineStart;

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Forgets all lines, and gives back the room that a long wait for the disk took.</summary>
    internal void Clear()
    {
        Length = 0;
        if (_bytes.Length > FirstSize * 16) _bytes = new byte[FirstSize];
    }

    internal void AddHeader(JournalHeader header)
    {
        Begin(JournalWords.Journal).Number(JournalWords.Version).End();
        Begin(JournalWords.Product).Texts([header.ProductVersion]).End();
        Begin(JournalWords.Seed).Number(header.Seed).End();
        Begin(JournalWords.Preset).Texts([header.PresetName, header.PresetText]).End();
        Begin(JournalWords.Started).Word(header.StartedAt.ToString("O", CultureInfo.InvariantCulture)).End();
        Begin(JournalWords.Clock).Number(header.ClockOrigin.Nanoseconds).End();
        Begin(JournalWords.Origin).Timeline(header.Timeline).End();
        foreach (var given in header.Given) Begin(JournalWords.Given).Texts([given.Name, given.Text]).End();
    }

    internal void Add(in JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalEntryKind.Performer: Begin(JournalWords.Performer).Time(entry.At).Message(entry.Message).Late(entry.Late).End(); break;
            case JournalEntryKind.Partner: Begin(JournalWords.Partner).Time(entry.At).Message(entry.Message).End(); break;
            case JournalEntryKind.Timeline: Begin(JournalWords.Timeline).Time(entry.At).Timeline(entry.Timeline).End(); break;
            case JournalEntryKind.Exchange: Begin(JournalWords.Exchange).Time(entry.At).End(); break;
            case JournalEntryKind.Song: Begin(JournalWords.Song).Time(entry.At).Number(entry.Late >> 1).Number(entry.Late & 1).End(); break;
            case JournalEntryKind.End: Begin(JournalWords.End).Time(entry.At).End(); break;
            case JournalEntryKind.Text:
            default: throw new ArgumentOutOfRangeException(nameof(entry), entry.Kind, "A text needs its words.");
        }
    }

    internal void AddText(HostTime at, QueuedText text) => Begin(text.Word).Time(at).Texts(text.Parts).End();

    internal void AddLost(long count) => Begin(JournalWords.Lost).Number(count).End();

    private JournalLines Begin(string word)
    {
        _lineStart = Length;
        Room(SumLength);
        Length += SumLength;
        return Word(word);
    }

    private void End()
    {
        Room(1);
        var sum = Crc32C.Of(Bytes[(_lineStart + SumLength + 1)..]);
        sum.TryFormat(_bytes.AsSpan(_lineStart), out _, "x8", CultureInfo.InvariantCulture);
        _bytes[Length++] = (byte)'\n';
    }

    private JournalLines Word(ReadOnlySpan<char> word)
    {
        Room(1 + Encoding.UTF8.GetMaxByteCount(word.Length));
        _bytes[Length++] = (byte)' ';
        Length += Encoding.UTF8.GetBytes(word, _bytes.AsSpan(Length));
        return this;
    }

    private JournalLines Number<T>(T number)
        where T : IUtf8SpanFormattable
    {
        Room(32);
        _bytes[Length++] = (byte)' ';
        number.TryFormat(_bytes.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    private JournalLines Time(HostTime time) => Number(time.Since(origin));

    private JournalLines Message(ShortMessage message) => Byte(message.Status).Byte(message.Data1).Byte(message.Data2);

    private JournalLines Late(long nanoseconds) => nanoseconds == 0 ? this : Number(nanoseconds);

    private JournalLines Byte(byte value)
    {
        Room(3);
        _bytes[Length++] = (byte)' ';
        value.TryFormat(_bytes.AsSpan(Length), out var written, "x2", CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    private JournalLines Timeline(in Timeline timeline) => Number(timeline.Tempo.NanosecondsPerQuarter).Word(timeline.Metre.ToString())
        .Number(timeline.BeatOrigin.Ticks).Time(timeline.TimeOrigin).Number(timeline.BarOrigin.Ticks);

    private JournalLines Texts(ReadOnlySpan<string> texts)
    {
        var mark = (byte)'[';
        Room(3);
        _bytes[Length++] = (byte)' ';
        if (texts.IsEmpty) _bytes[Length++] = mark;
        foreach (var text in texts)
        {
            // By way of UTF-8, where half a surrogate pair becomes a replacement character instead of an exception.
            var encoded = JsonEncodedText.Encode(Encoding.UTF8.GetBytes(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
            Room(encoded.Length + 4);
            _bytes[Length++] = mark;
            _bytes[Length++] = (byte)'"';
            encoded.CopyTo(_bytes.AsSpan(Length));
            Length += encoded.Length;
            _bytes[Length++] = (byte)'"';
            mark = (byte)',';
        }

        _bytes[Length++] = (byte)']';
        return this;
    }

    private void Room(int bytes)
    {
        if (_bytes.Length - Length < bytes) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
    }
}
