using System.Text;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>Writes bars in order and remembers the dynamics in force, as the reader will.</summary>
internal sealed class BarWriter(Tune tune)
{
    private const int LargestGroup = 8;
    private static readonly string[] Sharps = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
    private static readonly string[] Flats = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];

    private readonly long _unit = Beats.PerQuarter * 4 / tune.Metre.Denominator;
    private readonly string[] _names = tune.Key.ToString() is ['F', ' ', ..] or [_, 'b', ..] or "D minor" or "G minor" or "C minor" ? Flats : Sharps;
    private readonly List<byte> _levels = [];

    public string Write(List<Piece>[] voices)
    {
        var text = new StringBuilder();
        for (var v = 0; v < voices.Length; v++)
        {
            while (_levels.Count <= v) _levels.Add(Dynamics.Default);
            if (v > 0) text.Append(" & ");
            WriteVoice(voices[v], v, text);
        }

        return text.ToString();
    }

    private void WriteVoice(List<Piece> pieces, int voice, StringBuilder text)
    {
        for (var p = 0; p < pieces.Count;)
        {
            if (p > 0) text.Append(' ');
            var group = GroupAt(pieces, p);
            if (group > 0) text.Append('(');
            for (var n = 0; n < Math.Max(1, group); n++)
            {
                if (n > 0) text.Append(' ');
                WritePiece(pieces[p + n], voice, group == 0, text);
            }

            if (group > 0) text.Append(')');
            p += Math.Max(1, group);
        }
    }

    /// <summary>How many equal pieces from here on fill one unit of the metre exactly; 0 when they do not.</summary>
    private int GroupAt(List<Piece> pieces, int first)
    {
        var (at, ticks) = (pieces[first].At, pieces[first].Ticks);
        if (at % _unit != 0 || ticks >= _unit || _unit % ticks != 0 || _unit / ticks > LargestGroup) return 0;
        var count = (int)(_unit / ticks);
        return first + count <= pieces.Count && pieces.GetRange(first, count).TrueForAll(p => p.Ticks == ticks) ? count : 0;
    }

    private void WritePiece(Piece piece, int voice, bool withLength, StringBuilder text)
    {
        var notes = piece.Notes;
        var (mark, common) = notes.IsEmpty || piece.Continues ? ("", "") : Velocity(notes[0].Velocity, voice);
        text.Append(mark);
        if (notes.IsEmpty) text.Append('.');
        if (notes.Length > 1) text.Append('[');
        for (var n = 0; n < notes.Length; n++)
        {
            if (n > 0) text.Append(' ');
            var pitch = notes[n].Pitch;
            text.Append(_names[pitch.Class]).Append(pitch.Number / 12 - 1);
            if (!piece.Continues && notes[n].Velocity != notes[0].Velocity) text.Append(Mark(notes[n].Velocity, _levels[voice]));
        }

        if (notes.Length > 1) text.Append(']');
        if (withLength && piece.Ticks != _unit) text.Append(':').Append(BarRules.Fraction(piece.Ticks, _unit));
        text.Append(common);
        if (piece.Tie) text.Append('~');
    }

    /// <summary>What to write before and onto a note so that it is read with this velocity.</summary>
    private (string Before, string Onto) Velocity(byte velocity, int voice)
    {
        var level = _levels[voice];
        if (velocity == level) return ("", "");
        if (velocity == Dynamics.Accented(level)) return ("", "!");
        if (Dynamics.MarkOf(velocity) is not { } mark) return ("", $"@{velocity}");
        _levels[voice] = velocity;
        return ($"{mark} ", "");
    }

    /// <summary>The mark of a chord's member that differs from the chord's first.</summary>
    private static string Mark(byte velocity, byte level) => velocity == Dynamics.Accented(level) && velocity != level ? "!" : $"@{velocity}";
}
