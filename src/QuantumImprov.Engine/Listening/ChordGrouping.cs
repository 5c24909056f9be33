using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// Groups onsets that a listener hears as one: all within 35 ms of a chord's first onset belong to it. The chord is settled when that time has passed or a
/// later key goes down, whichever comes first. Allocates nothing. [engine]
/// </summary>
public sealed class ChordGrouping(MelodyVoice voice)
{
    /// <summary>How long after its first onset a chord accepts notes, in nanoseconds.</summary>
    public const long Window = 35_000_000;

    private const int Widest = 24;
    private HeardNote _leading;
    private UInt128 _keys;
    private bool _open;

    /// <summary>Which note leads; a chord that is open when it changes is judged by both.</summary>
    public MelodyVoice Voice { get; set; } = voice;

    /// <summary>When the open chord will be settled; <see cref="HostTime.Never"/> when none is open.</summary>
    public HostTime Due => _open ? _leading.On.Plus(Window) : HostTime.Never;

    /// <summary>
    /// Adds a key that went down. The caller has settled everything due before it (see <see cref="Settle"/>), so an open chord takes it in.
    /// </summary>
    public void Add(KeyEvent key)
    {
        if (!_open) _keys = 0;
        _keys |= UInt128.One << key.Pitch;
        if (!_open)
        {
            _leading = new HeardNote(key.At, HostTime.Never, key.Pitch, key.Velocity, 1);
            _open = true;
            return;
        }

        var leads = Voice == MelodyVoice.Top ? key.Pitch > _leading.Pitch : key.Pitch < _leading.Pitch;
        var size = (byte)Math.Min(byte.MaxValue, _leading.ChordSize + 1);
        _leading = leads
            ? _leading with { Pitch = key.Pitch, Velocity = key.Velocity, Off = HostTime.Never, ChordSize = size }
            : _leading with { ChordSize = size };
    }

    /// <summary>Notes that a key came up while its chord is still open, so that a very short note keeps its length.</summary>
    public void Release(KeyEvent key)
    {
        if (_open && _leading.Off == HostTime.Never && (key.Change == KeyChange.AllUp || key.Pitch == _leading.Pitch)) _leading = _leading with { Off = key.At };
    }

    /// <summary>Closes the open chord when it is due at <paramref name="now"/>; false when nothing is.</summary>
    public bool Settle(HostTime now, out HeardNote note)
    {
        note = _leading;
        if (now < Due) return false;
        _open = false;
        note = _leading with { Shape = ShapeAround(_leading.Pitch) };
        return true;
    }

    private uint ShapeAround(int lead)
    {
        var shape = 0u;
        for (var i = 1; i <= Widest; i++)
        {
            var pitch = Voice == MelodyVoice.Top ? lead - i : lead + i;
            if (pitch is >= 0 and <= 127 && (_keys >> pitch & 1) != 0) shape |= 1u << i;
        }

        return shape;
    }
}
