using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack.Native;

namespace QuantumImprov.Midi.Jack;

public sealed partial class JackClient
{
    private int _opened;

    private bool TryStart(out string reason)
    {
        var started = false;
        try
        {
            if (!JackHandle.TryOpen(_options.ClientName, _options.ServerName, out _handle, out reason)) return false;
            ClientName = _handle.Name;
            IsRealTime = _handle.IsRealTime;
            _sampleRate = _handle.SampleRate;
            _bufferSize = _handle.BufferSize;
            if (!TryAddPorts(_handle, out _ports))
            {
                reason = "The JACK server has no free port left: start jackd with a greater --port-max, or close a client.";
                return false;
            }

            started = TryRun(_handle, _ports, out reason);
            return started;
        }
        finally
        {
            if (!started) Stop();
        }
    }

    private static bool TryAddPorts(JackHandle handle, out PeriodPorts ports)
    {
        ports = new PeriodPorts(
            handle.Native,
            handle.AddPort("in", midi: true, input: true),
            handle.AddPort("out", midi: true, input: false),
            handle.AddPort("left", midi: false, input: false),
            handle.AddPort("right", midi: false, input: false));
        return ports is { In: not 0, Out: not 0, Left: not 0, Right: not 0 };
    }

    private unsafe bool TryRun(JackHandle handle, PeriodPorts ports, out string reason)
    {
        var tracker = new FrameTracker(_sampleRate, _callbackTime);
        var begun = new WakeSemaphore();
        var parts = new PeriodParts
        {
            Tracker = tracker,
            Input = _input,
            Decoder = _decoder,
            Player = _options.Player,
            Sink = _sink,
            Seat = _seat,
            Counts = _counts,
            Wake = _wake,
            Begun = begun,
            Time = _callbackTime,
        };
        TuneSynth(_sampleRate);
        IPeriod period = IsNative ? new NativePeriod(ports, parts, handle.Native) : new Period(ports, parts);
        _period = period;
        period.Synth = _synth;
        period.Install(handle.Native, GCHandle<JackClient>.ToIntPtr(_toThis));
        JackCallbacks.Install(handle.Native, GCHandle<JackClient>.ToIntPtr(_toThis));

        // Some servers know their frames only once the client has seen a period: the first ones are silent and tell the time.
        if (!handle.TryActivate() || !begun.Wait(FirstPeriodDeadline) || tracker.Lost)
        {
            reason = $"The JACK server under {JackEnvironment.Describe(_options.ServerName)} answers, but its periods do not come: restart it.";
            return false;
        }

        var scale = StartScale(tracker.Present(LibJack.FrameTime(handle.Native), _callbackTime.GetTimestamp()));
        Clock.Follow(handle.Native, tracker, scale);
        period.Scale = scale;
        (_seenPeriods, _seenAt) = (_counts.Periods, _options.Time.GetTimestamp());
        _running = true;
        if (tracker.Lost) _running = false;
        reason = "";
        return true;
    }

    // The first server's frames are the time itself; a later one's go on where the clock, or the player if it is ahead, stands now.
    private FrameScale StartScale(long frame) =>
        _opened++ == 0 ? new FrameScale(_sampleRate, 0, default) : new FrameScale(_sampleRate, frame, HostTime.Max(Clock.Now, _seat.Until));

    private void Stop()
    {
        _running = false;
        Clock.Leave();
        _handle?.Dispose();
        _handle = null;
        _ports = null;
        _lateAudio += _period?.LateAudio ?? 0;
        _period?.Dispose();
        _period = null;
    }

    // Brings the synth to the server's rate; what it still holds from before a break ends.
    private void TuneSynth(int rate)
    {
        if (_synth is null || _synth.SampleRate != rate)
        {
            (_synth as IDisposable)?.Dispose();
            _synth = null;
            _synth = _options.Synth?.Invoke(rate);
        }

        for (var channel = 0; channel < 16 && _synth is not null; channel++)
        {
            _synth.Handle(ShortMessage.Control(channel, 64, 0));
            _synth.Handle(ShortMessage.Control(channel, 120, 0));
        }
    }

    // After a change of rate under a running client: the callback gives the old synth up for a period before another one is made.
    private void Retune()
    {
        if (_period is not { } period || _synth is null || _synth.SampleRate == _sampleRate) return;
        period.Synth = null;
        var asked = _counts.Periods;
        var began = _options.Time.GetTimestamp();
        while (_running && _counts.Periods < asked + 2 && _options.Time.GetElapsedTime(began) < SilenceDeadline) Thread.Sleep(1);
        if (_counts.Periods < asked + 2) return;
        TuneSynth(_sampleRate);
        period.Synth = _synth;
    }
}
