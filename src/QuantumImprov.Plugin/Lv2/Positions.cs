using QuantumImprov.Engine.Listening;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Lv2;

/// <summary>Reads the host's song from a time:Position. Hosts tell only what changed: the rest stands. Allocates nothing. [audio]</summary>
/// <param name="urids">The host's numbers.</param>
/// <param name="rate">Samples a second.</param>
internal sealed unsafe class Positions(Urids urids, double rate)
{
    private double _tempo = double.NaN, _perBar = double.NaN, _unit = double.NaN, _bar = double.NaN, _barBeat = double.NaN, _frame = double.NaN, _speed;

    /// <summary>What the object whose body is <paramref name="body"/>, of <paramref name="size"/> bytes, says; false when it is no position.</summary>
    internal bool TryRead(byte* body, uint size, out SongPlace transport)
    {
        transport = SongPlace.None;
        if (size < 8 || *(uint*)(body + 4) != urids.Position) return false;
        (_bar, _barBeat, _frame) = (double.NaN, double.NaN, double.NaN);
        for (long at = 8; at + 16 <= size;)
        {
            var key = *(uint*)(body + at);
            var value = (Lv2Atom*)(body + at + 8);
            if (at + 16 + value->Size > size) break;
            Take(key, Number(value));
            at += 16 + ((value->Size + 7L) & ~7L);
        }

        var quartersPerUnit = 4 / _unit;
        var barStart = _bar * _perBar * quartersPerUnit;
        transport = new SongPlace(_tempo, _frame / rate, barStart + _barBeat * quartersPerUnit, barStart, Whole(_perBar), Whole(_unit), _speed != 0);
        return true;
    }

    private static int Whole(double number) => number is >= 1 and <= 64 && number == Math.Floor(number) ? (int)number : 0;

    private void Take(uint key, double value)
    {
        if (!double.IsFinite(value)) return;
        if (key == urids.BeatsPerMinute) _tempo = value;
        else if (key == urids.BeatsPerBar) _perBar = value;
        else if (key == urids.BeatUnit) _unit = value;
        else if (key == urids.Bar) _bar = value;
        else if (key == urids.BarBeat) _barBeat = value;
        else if (key == urids.Frame) _frame = value;
        else if (key == urids.Speed) _speed = value;
    }

    private double Number(Lv2Atom* atom)
    {
        var body = (byte*)(atom + 1);
        if (atom->Type == urids.Float && atom->Size == 4) return *(float*)body;
        if (atom->Type == urids.Double && atom->Size == 8) return *(double*)body;
        if (atom->Type == urids.Int && atom->Size == 4) return *(int*)body;
        return atom->Type == urids.Long && atom->Size == 8 ? *(long*)body : double.NaN;
    }
}
