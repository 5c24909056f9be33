using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline.Ways;

/// <summary>
/// A second voice with every key, at an interval of the running key, by the player itself and so within its period. The key is judged anew at the end of each phrase. [engine]
/// </summary>
internal sealed class FollowWay : Way
{
    private const int AllChannelsButPercussion = 0xFFFF & ~(1 << 9);
    private readonly Preset _preset;
    private Key _key;

    internal FollowWay(IFloor floor, Preset preset)
        : base(floor)
    {
        _preset = preset;
    }

    internal override void Enter() => Follow(Floor.Learned.Performer.Key.Key);

    internal override void KeyDown(in KeyEvent key)
    {
        if (Floor.IsPhraseTaken) Floor.BeginPhrase();
    }

    internal override void PhraseEnded(HostTime now)
    {
        var key = Floor.Close(now);
        if (key != _key) Follow(key);
    }

    internal override void MuteChanged() => Follow(_key);

    internal override void Leave() => Floor.Second.Follow(FollowRule.Off(0));

    private void Follow(Key key)
    {
        _key = key;
        if (Floor.IsMuted)
        {
            Floor.Second.Follow(FollowRule.Off(0));
            return;
        }

        Span<sbyte> keys = stackalloc sbyte[128];
        for (var pitch = 0; pitch < 128; pitch++)
        {
            var second = DiatonicSteps.Move(key, pitch, _preset.Way.Interval);
            keys[pitch] = second >= _preset.Low.Number && second <= _preset.High.Number ? (sbyte)second : FollowRule.NoKey;
        }

        Floor.Second.Follow(new FollowRule(0, unchecked((ushort)AllChannelsButPercussion), _preset.Channel - 1, keys, Math.Min(2, _preset.Loudness * .9)));
    }
}
