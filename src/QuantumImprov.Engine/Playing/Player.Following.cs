using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>Keys that are followed at once. A key is numbered by voice, channel and pitch: it holds at most one note a voice.</summary>
public sealed partial class Player
{
    private const int AllNotesOff = 123, AllSoundOff = 120;

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
    }

    [RealTime]
    private void Press(int voice, ShortMessage message, HostTime at, IMessageSink sink)
    {
        ref readonly var rule = ref _rules[voice];
        if (!rule.Hears(message.Channel)) return;
        var key = Key(voice, message.Channel, message.Data1);
        LetGo(key, at, sink);
        var pitch = rule.KeyFor(message.Data1);
        if (pitch >= 0) Begin(at, new SoundingNote(HostTime.Never, 0, key, (byte)rule.Channel, (byte)pitch), (byte)rule.VelocityFor(message.Data2), sink);
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
    }
}
