using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>
/// Renders what the native callback fed, each message at its very frame, into a ring from which the callback plays it a latency later. When this thread comes
/// late, as in a collection, audio is silent for so long; MIDI is not touched by it. [audio]
/// </summary>
internal sealed class SynthThread : IDisposable
{
    /// <summary>Frames the ring holds: more than the longest period and latency together.</summary>
    public const int Frames = 32768;

    private const int Piece = 1024, Messages = 16384;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly float[] _left = GC.AllocateArray<float>(Frames, pinned: true), _right = GC.AllocateArray<float>(Frames, pinned: true);
    private readonly SpscRing<FedMessage> _feed = new(Messages);
    private readonly Pinned<AudioState> _state = new();
    private readonly Lock _gate = new();
    private readonly PeriodCounts _counts;
    private readonly Thread _thread;
    private ISynth? _synth;
    private FedMessage _next;
    private bool _hasNext;
    private long _lost;
    private volatile bool _stop;

    /// <summary>Starts the thread, of real-time priority just below <paramref name="client"/>'s own where that may be had.</summary>
    public SynthThread(PeriodCounts counts, nint client)
    {
        _counts = counts;
        var priority = LibJack.RealTimePriority(client) - 1;
        _thread = new Thread(() => Run(priority)) { Name = "audio", IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <summary>Posted by the callback after each period that sounds.</summary>
    public WakeSemaphore Wake { get; } = new();

    /// <summary>Where the positions lie.</summary>
    public nint Address => _state.Address;

    /// <summary>Where the left channel lies.</summary>
    public nint Left => Marshal.UnsafeAddrOfPinnedArrayElement(_left, 0);

    /// <summary>Where the right channel lies.</summary>
    public nint Right => Marshal.UnsafeAddrOfPinnedArrayElement(_right, 0);

    /// <summary>Where messages come from.</summary>
    public RingMemory Feed => _feed.Memory;

    /// <summary>Frames between a message and its sound. [any]</summary>
    public int Latency => Volatile.Read(ref State.Latency);

    /// <summary>Frames that were silent because they came late. [any]</summary>
    public long Late => Volatile.Read(ref State.Late);

    /// <summary>What renders; the former one is not used any more on return. [owner]</summary>
    public ISynth? Synth
    {
        get => _synth;
        set
        {
            lock (_gate)
            {
                Volatile.Write(ref State.Rate, 0);
                _synth = value;
                Volatile.Write(ref State.Rate, value?.SampleRate ?? 0);
            }
        }
    }

    private ref AudioState State => ref _state.Value;

    /// <summary>Ends the thread; the client is closed by then. [owner]</summary>
    public void Dispose()
    {
        _stop = true;
        Wake.Post();
        _thread.Join();
    }

    private void Run(int priority)
    {
        LibJack.TryBecomeRealTime(priority);
        while (!_stop)
        {
            Wake.Wait(Longest);
            lock (_gate)
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                Render(Volatile.Read(ref State.Fed));
                allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
                if (allocated != 0) _counts.AddAllocated(allocated);
            }
        }
    }

    private void Render(long until)
    {
        if (_lost != _feed.Refused) Recover();

        // What could only be heard before now is not worth rendering.
        var heard = until - Latency;
        while (State.Rendered < until && !_stop)
        {
            if (!_hasNext) _hasNext = _feed.TryRead(out _next);
            if (_hasNext && _next.Position <= State.Rendered)
            {
                Obey(_next.Message);
                _hasNext = false;
                continue;
            }

            // A piece ends at the next message, and at the ring's end.
            var place = (int)(State.Rendered & Frames - 1);
            var end = _hasNext ? Math.Min(until, _next.Position) : until;
            var frames = (int)Math.Min(Math.Min(end - State.Rendered, Frames - place), Piece);
            if (State.Rendered < heard) frames = (int)Math.Min(frames, heard - State.Rendered);
            Sound(State.Rendered < heard ? null : _synth, _left.AsSpan(place, frames), _right.AsSpan(place, frames));
            Volatile.Write(ref State.Rendered, State.Rendered + frames);
        }
    }

    private void Sound(ISynth? synth, Span<float> left, Span<float> right)
    {
        try
        {
            if (synth is not null)
            {
                synth.Render(left, right);
                return;
            }
        }
        catch (Exception)
        {
            _counts.AddFault();
        }

        left.Clear();
        right.Clear();
    }

    private void Obey(ShortMessage message)
    {
        try
        {
            _synth?.Handle(message);
        }
        catch (Exception)
        {
            _counts.AddFault();
        }
    }

    // The feed was full: among what was lost may be the end of a note.
    private void Recover()
    {
        _lost = _feed.Refused;
        _hasNext = false;
        while (_feed.TryRead(out _))
        {
        }

        for (var channel = 0; channel < 16; channel++)
        {
            Obey(ShortMessage.Control(channel, 64, 0));
            Obey(ShortMessage.Control(channel, 120, 0));
        }
    }
}
