using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>Keys that are followed at once. A key is numbered by voice, channel and pitch: it holds at most one note a voice.</summary>
public sealed partial class Player
{
    private const int AllNotesOff = 123, AllSoundOff = 120, Sustain = 64, Down = 64, BankHigh = 0, BankLow = 32;

    [RealTime]
    private static int Key(int voice, int channel, int pitch) => voice << 11 | channel << 7 | pitch;

    [RealTime]
    private void TakeRule(in FollowRule rule, HostTime from, IMessageSink sink)
    {
        _rules[rule.Voice & FollowRule.Voices - 1] = rule;
        if (rule.IsOn) return;
        for (var i = State.SoundingCount - 1; i >= 0; i--)
        {
            if (_sounding[i].HeldBy >> 11 == rule.Voice) EndSounding(i, from, sink);
        }

        if (rule.Voice >= FollowRule.FirstThrough) LiftPedals(from, sink);
    }

    [RealTime]
    private void Follow(ShortMessage message, HostTime at, IMessageSink sink)
    {
        if (message.IsNoteOn)
        {
            for (var voice = 0; voice < FollowRule.Voices; voice++) Press(voice, message, at, sink);
        }
        else if (message.IsNoteOff)
        {
            for (var voice = 0; voice < FollowRule.Voices; voice++) LetGo(Key(voice, message.Channel, message.Data1), at, sink);
        }
        else if (message.Kind == 0xB0 && message.Data1 is AllNotesOff or AllSoundOff)
        {
            for (var i = State.SoundingCount - 1; i >= 0; i--)
            {
                if (_sounding[i].HeldBy != SoundingNote.Planned && (_sounding[i].HeldBy >> 7 & 15) == message.Channel) EndSounding(i, at, sink);
            }
        }

        // Programs and banks choose presets and repertoires, not sounds.
        if (message.Kind is >= 0xA0 and < 0xF0 and not 0xC0 && (message.Kind != 0xB0 || message.Data1 is not (BankHigh or BankLow))) Pass(message, at, sink);
    }

    // What is no key passes with the keys of its channel; what the partner plays is not told of it.
    [RealTime]
    private void Pass(ShortMessage message, HostTime at, IMessageSink sink)
    {
        for (var voice = FollowRule.FirstThrough; voice < FollowRule.Voices; voice++)
        {
            ref readonly var rule = ref _rules[voice];
            if (!rule.IsWhole || !rule.Hears(message.Channel)) continue;
            var channel = rule.ChannelFor(message.Channel);
            sink.Emit(at, new ShortMessage((byte)(message.Kind | channel), message.Data1, message.Data2));
            if (message.Kind != 0xB0 || message.Data1 != Sustain) continue;
            State.Pedals = message.Data2 >= Down ? State.Pedals | 1 << channel : State.Pedals & ~(1 << channel);
        }
    }

    // Nobody will lift them any more.
    [RealTime]
    private void LiftPedals(HostTime from, IMessageSink sink)
    {
        for (var channel = 0; channel < 16; channel++)
        {
            if ((State.Pedals >> channel & 1) != 0) sink.Emit(from, ShortMessage.Control(channel, Sustain, 0));
        }

        State.Pedals = 0;
    }

    [RealTime]
    private void Press(int voice, ShortMessage message, HostTime at, IMessageSink sink)
    {
        ref readonly var rule = ref _rules[voice];
        if (!rule.Hears(message.Channel)) return;
        var key = Key(voice, message.Channel, message.Data1);
        // What passes through and comes back by a cable while its key is down goes no second round.
        if (rule.IsWhole && IsHeld(key)) return;
        LetGo(key, at, sink);
        var pitch = rule.KeyFor(message.Data1);
        if (pitch >= 0) Begin(at, new SoundingNote(HostTime.Never, 0, key, (byte)rule.ChannelFor(message.Channel), (byte)pitch), (byte)rule.VelocityFor(message.Data2), sink);
    }

    [RealTime]
    private bool IsHeld(int key)
    {
        for (var i = 0; i < State.SoundingCount; i++)
        {
            if (_sounding[i].HeldBy == key) return true;
        }

        return false;
    }

    [RealTime]
    private void LetGo(int key, HostTime at, IMessageSink sink)
    {
        for (var i = 0; i < State.SoundingCount; i++)
        {
            if (_sounding[i].HeldBy != key) continue;
            EndSounding(i, at, sink);
            return;
        }
    }

    [RealTime]
    private void Release(HostTime from, IMessageSink sink)
    {
        State.ReleaseDone = Volatile.Read(ref State.ReleaseAsked);
        for (var i = State.SoundingCount - 1; i >= 0; i--)
        {
            if (_sounding[i].HeldBy != SoundingNote.Planned) EndSounding(i, from, sink);
        }

        LiftPedals(from, sink);
    }
}
