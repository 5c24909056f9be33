using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline.Ways;

/// <summary>
/// A second voice with every key, or up to four, each at an interval of the running key, by the player itself and so within its period. The key is judged anew at the end of each phrase. [engine]
/// </summary>
internal sealed class FollowWay : Way
{
    private const int AllChannels = 0xFFFF, Percussion = 1 << 9;
    private readonly Preset _preset;
    private Key _key;
    private int _channels;

    internal FollowWay(IFloor floor, Preset preset)
        : base(floor)
    {
        _preset = preset;
    }

    internal override void Enter() => Follow(Floor.Answering.FixedKey ?? Floor.Learned.Performer.Key.Key);

    internal override void KeyDown(in KeyEvent key)
    {
        if (Floor.IsPhraseTaken) Floor.BeginPhrase();
        if (_channels != Followed) Follow(_key);
    }

    // The instrument may have said meanwhile that channel 10 is one of its notes' own.
    private int Followed => Floor.HearsPercussionAsPitch ? AllChannels : AllChannels & ~Percussion;

    internal override void PhraseEnded(HostTime now)
    {
        var key = Floor.Close(now);
        if (key != _key) Follow(key);
    }

    internal override void MuteChanged() => Follow(_key);

    internal override void Leave() => Floor.Following.Stop();

    private void Follow(Key key)
    {
        (_key, _channels) = (key, Followed);
        if (Floor.IsMuted)
        {
            Floor.Following.Stop();
            return;
        }

        Follow(0, _preset.Way.Interval, _preset.Low.Number, _preset.High.Number, _preset.Channel, _preset.Loudness);
        for (var number = 2; number <= VoiceRules.Most; number++)
        {
            if (_preset.Voice(number) is { IsOn: true } rules) Follow(number - 1, rules.Interval, rules.Low.Number, rules.High.Number, rules.Channel, rules.Loudness);
            else Floor.Following.Follow(FollowRule.Off(number - 1));
        }
    }

    private void Follow(int voice, int interval, int low, int high, int channel, double loudness)
    {
        Span<sbyte> keys = stackalloc sbyte[128];
        var scale = _preset.Scale;
        for (var pitch = 0; pitch < 128; pitch++)
        {
            var second = scale is { } stated ? DiatonicSteps.Move(stated, pitch, interval) : DiatonicSteps.Move(_key, pitch, interval);
            keys[pitch] = second >= low && second <= high ? (sbyte)second : FollowRule.NoKey;
        }

        Floor.Following.Follow(new FollowRule(voice, (ushort)_channels, channel - 1, keys, Math.Min(2, loudness * .9)));
    }
}
