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
    private HostTime _told;
    private UInt128 _keys;
    private HostTime? _up;
    private bool _open;

    /// <summary>Which note leads; a chord that is open when it changes is judged by both.</summary>
    public MelodyVoice Voice { get; set; } = voice;

    /// <summary>When the open chord will be settled; <see cref="HostTime.Never"/> when none is open.</summary>
    public HostTime Due => _open ? _told.Plus(Window) : HostTime.Never;

    /// <summary>When the last of what the settled chord's leading note did was told.</summary>
    public HostTime Told { get; private set; }

    /// <summary>
    /// Adds a key that went down. The caller has settled everything due before it (see <see cref="Settle"/>), so an open chord takes it in.
    /// </summary>
    public void Add(KeyEvent key)
    {
        if (!_open) (_keys, _up) = (0, null);
        _keys |= UInt128.One << key.Pitch;
        if (!_open)
        {
            _leading = new HeardNote(key.Played, HostTime.Never, key.Pitch, key.Velocity, 1);
            (_told, Told) = (key.At, key.At);
            _open = true;
            return;
        }

        var leads = Voice == MelodyVoice.Top ? key.Pitch > _leading.Pitch : key.Pitch < _leading.Pitch;
        var up = _leading.Off;
        var size = (byte)Math.Min(byte.MaxValue, _leading.ChordSize + 1);
        _leading = leads
            ? _leading with { Pitch = key.Pitch, Velocity = key.Velocity, Off = HostTime.Never, ChordSize = size }
            : _leading with { ChordSize = size };
        if (!leads) return;
        Told = _told;
        // The key that led had come up already.
        if (up != HostTime.Never) _up ??= up;
    }

    /// <summary>Notes that a key came up while its chord is still open, so that a very short note keeps its length.</summary>
    public void Release(KeyEvent key)
    {
        if (!_open) return;
        if (key.Change == KeyChange.AllUp || (key.Pitch != _leading.Pitch && (_keys >> key.Pitch & 1) != 0)) _up ??= key.Played;
        if (_leading.Off != HostTime.Never || (key.Change != KeyChange.AllUp && key.Pitch != _leading.Pitch)) return;
        _leading = _leading with { Off = key.Played };
        Told = key.At;
    }

    /// <summary>Whether a key that moved at <paramref name="played"/> is too late for the open chord, however soon after it was told.</summary>
    public bool IsOver(HostTime played) => _open && played >= _leading.On.Plus(Window);

    /// <summary>Closes the open chord when it is due at <paramref name="now"/>; false when nothing is.</summary>
    public bool Settle(HostTime now, out HeardNote note)
    {
        note = _leading;
        if (now < Due) return false;
        note = Close();
        return true;
    }

    /// <summary>Closes the open chord; there is one.</summary>
    public HeardNote Close()
    {
        _open = false;
        var beside = _keys & ~(UInt128.One << _leading.Pitch);
        return _leading with { Shape = ShapeOf(beside, _leading.Pitch, above: Voice == MelodyVoice.Bottom), Beside = beside, BesideOff = beside == 0 ? null : _up };
    }

    /// <summary>The <see cref="HeardNote.Shape"/> of <paramref name="keys"/> that sound under or, when <paramref name="above"/>, over <paramref name="lead"/>.</summary>
    public static uint ShapeOf(UInt128 keys, int lead, bool above = false)
    {
        var shape = 0u;
        for (var i = 1; i <= Widest; i++)
        {
            var pitch = above ? lead + i : lead - i;
            if (pitch is >= 0 and <= 127 && (keys >> pitch & 1) != 0) shape |= 1u << i;
        }

        return System.Numerics.BitOperations.PopCount(shape) == (int)UInt128.PopCount(keys) ? shape : 0;
    }
}
