using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>
/// Emits due notes at their instant and always knows which are sounding. Two threads meet here: the engine hands notes in and raises the epoch, the player's
/// thread (a JACK callback, or a thread of its own) runs a turn once a period. Every note-on that went out gets its note-off, whatever happens. All memory is taken
/// at construction and never moves: a turn may be run by native code as well as by this class, now one and now the other.
/// </summary>
public sealed partial class Player
{
    /// <summary>How many notes may wait in the player, and how many may sound at once.</summary>
    public const int PendingCapacity = 4096, SoundingCapacity = 256;

    /// <summary>How many of the last ended notes <see cref="RepeatEndings"/> knows, and how old they may be, in nanoseconds.</summary>
    public const int EndingsKept = 64, EndingsAge = 2_000_000_000;

    private const int RulesOnTheirWay = 16, SignalsOnTheirWay = 1024;

    private readonly SpscRing<PlannedNote> _handed = new(PendingCapacity);
    private readonly SpscRing<TimedMessage> _emitted = new(PendingCapacity * 4);
    private readonly SpscRing<TimedMessage> _signals = new(SignalsOnTheirWay);
    private readonly SpscRing<FollowRule> _newRules = new(RulesOnTheirWay);
    private readonly Pinned<PlayerState> _state = new();
    private readonly PlannedNote[] _pending = GC.AllocateArray<PlannedNote>(PendingCapacity, pinned: true);
    private readonly SoundingNote[] _sounding = GC.AllocateArray<SoundingNote>(SoundingCapacity, pinned: true);
    private readonly TimedMessage[] _endings = GC.AllocateArray<TimedMessage>(EndingsKept, pinned: true);
    private readonly FollowRule[] _rules = GC.AllocateArray<FollowRule>(FollowRule.Voices, pinned: true);

    /// <summary>Bytes of one of the notes that sound, in <see cref="Memory"/>.</summary>
    public static int SoundingNoteSize => Unsafe.SizeOf<SoundingNote>();

    /// <summary>Bytes of the counters, in <see cref="Memory"/>.</summary>
    public static int StateSize => Unsafe.SizeOf<PlayerState>();

    /// <summary>Notes that sound now. [any]</summary>
    public int Sounding => Volatile.Read(ref State.SoundingCount);

    /// <summary>Notes that wait in the player for their instant. [any]</summary>
    public int Pending => Volatile.Read(ref State.PendingCount) + _handed.Count;

    /// <summary>Notes whose instant had passed when they reached the player; they were played at once. [any]</summary>
    public long Late => Volatile.Read(ref State.Late);

    /// <summary>Notes that found no room and were left out whole. [any]</summary>
    public long Refused => Volatile.Read(ref State.Refused) + _handed.Refused;

    /// <summary>The epoch in force: notes of older epochs do not start any more. [any]</summary>
    public int Epoch => Volatile.Read(ref State.Epoch);

    /// <summary>Where all this lies. [any]</summary>
    public PlayerMemory Memory => new(
        _state.Address,
        Marshal.UnsafeAddrOfPinnedArrayElement(_pending, 0),
        Marshal.UnsafeAddrOfPinnedArrayElement(_sounding, 0),
        Marshal.UnsafeAddrOfPinnedArrayElement(_endings, 0),
        Marshal.UnsafeAddrOfPinnedArrayElement(_rules, 0),
        _handed.Memory,
        _emitted.Memory,
        _newRules.Memory,
        _signals.Memory);

    [RealTime]
    private ref PlayerState State => ref _state.Value;

    /// <summary>Hands <paramref name="note"/> over; false when there is no room. [engine]</summary>
    public bool TryHand(in PlannedNote note)
    {
        Handed?.Invoke(note);
        return _handed.TryWrite(note);
    }

    /// <summary>Tells of each note that is handed over. [engine]</summary>
    public event Action<PlannedNote>? Handed;

    /// <summary>
    /// Hands over what is no music: a clock's tick, a light. It goes out at its instant, or at once when that has passed, in the order in which it was handed; before what sounds then. No epoch or panic touches it, and
    /// <see cref="TryReadEmitted"/> does not give it. False, and counted, when there is no room. [engine]
    /// </summary>
    public bool TrySignal(in TimedMessage signal) => _signals.TryWrite(signal);

    /// <summary>Signals that found no room. [any]</summary>
    public long SignalsRefused => _signals.Refused;

    /// <summary>
    /// From the next turn on, voice <see cref="FollowRule.Voice"/> follows the performer's keys by <paramref name="rule"/>; what it holds by an earlier rule ends with
    /// its key, or now where the new rule is off. False, with nothing changed, when a dozen rules wait already. [engine]
    /// </summary>
    public bool TryFollow(in FollowRule rule) => _newRules.TryWrite(rule);

    /// <summary>Makes all earlier epochs stale: from the next turn on their waiting notes are dropped and their sounding notes end. Keys that are followed sound on. [engine]</summary>
    public int RaiseEpoch()
    {
        var epoch = State.Epoch + 1;
        Volatile.Write(ref State.Epoch, epoch);
        return epoch;
    }

    /// <summary>Ends everything at the next turn, and tells receivers to end what they may still hold (controllers 64, 123 and 120 on all channels). [engine]</summary>
    public void Panic()
    {
        RaiseEpoch();
        Volatile.Write(ref State.PanicAsked, State.PanicAsked + 1);
    }

    /// <summary>
    /// Sends, at the next turn, the note-offs of the last two seconds once more, but for pitches that sound again: a receiver that lost a period to an xrun
    /// may have lost one of them. They are no new events: <see cref="TryReadEmitted"/> does not give them again. Real-time safe. [any]
    /// </summary>
    [RealTime]
    public void RepeatEndings() => Interlocked.Increment(ref State.RepeatAsked);

    /// <summary>
    /// Ends, at the next turn, what sounds because a key holds it: the key's own end will not be heard, as when the instrument is unplugged. Real-time safe. [any]
    /// </summary>
    [RealTime]
    public void ReleaseKeys() => Interlocked.Increment(ref State.ReleaseAsked);

    /// <summary>Takes the next message that went out, in order; false when there is none. [engine]</summary>
    public bool TryReadEmitted(out TimedMessage message) => _emitted.TryRead(out message);
}
