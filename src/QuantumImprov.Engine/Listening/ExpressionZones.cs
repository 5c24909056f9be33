using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// The zones of an instrument that gives every note a channel of its own, so that each can be bent by itself (MIDI Polyphonic Expression, M1-100, 2018). An instrument says how many channels its zones have; until it does there
/// are none. Allocates nothing after construction. [engine]
/// </summary>
public sealed class ExpressionZones
{
    private const int DataEntry = 6, ParameterLow = 100, ParameterHigh = 101, NoParameter = 0x3FFF, BendRange = 0, Configuration = 6;
    private const int LowerMaster = 0, UpperMaster = 15, MostMembers = 15, Middle = 8192, UsualRange = 48, MasterRange = 2;

    private readonly int[] _parameter = [.. Enumerable.Repeat(NoParameter, 16)], _bend = new int[16];
    private int _lower, _upper, _lowerRange = UsualRange, _upperRange = UsualRange;

    /// <summary>Whether <paramref name="channel"/>, 0 to 15, belongs to one note at a time.</summary>
    public bool IsMember(int channel) => (channel > LowerMaster && channel <= _lower) || (channel < UpperMaster && channel >= UpperMaster - _upper);

    /// <summary>The pitch that key <paramref name="pitch"/> of <paramref name="channel"/> has as it stands, to the nearest semitone, 0 to 127: bent where the channel is a note's own, else the key's.</summary>
    public int PitchOf(int channel, int pitch)
    {
        if (!IsMember(channel)) return pitch;
        var upper = channel >= UpperMaster - _upper && channel < UpperMaster;
        var bent = _bend[channel] * (upper ? _upperRange : _lowerRange) + _bend[upper ? UpperMaster : LowerMaster] * MasterRange;
        return Math.Clamp(pitch + (int)Math.Round(bent / (double)Middle), 0, 127);
    }

    /// <summary>Takes in bends, and what is said of zones; everything else goes by.</summary>
    public void Hear(ShortMessage message)
    {
        if (message.Kind == 0xE0) _bend[message.Channel] = (message.Data2 << 7 | message.Data1) - Middle;
        if (message.Kind != 0xB0) return;
        ref var parameter = ref _parameter[message.Channel];
        switch (message.Data1)
        {
            case ParameterHigh:
                parameter = (parameter & 0x7F) | message.Data2 << 7;
                break;
            case ParameterLow:
                parameter = (parameter & 0x3F80) | message.Data2;
                break;
            case DataEntry when parameter == Configuration && message.Channel is LowerMaster or UpperMaster:
                Configure(message.Channel == UpperMaster, Math.Min((int)message.Data2, MostMembers));
                break;
            case DataEntry when parameter == BendRange && IsMember(message.Channel):
                if (message.Channel <= _lower) _lowerRange = message.Data2;
                else _upperRange = message.Data2;
                break;
        }
    }

    // A zone that grows takes the channels from the other one.
    private void Configure(bool upper, int members)
    {
        if (upper) (_upper, _upperRange, _lower) = (members, UsualRange, members == 0 ? _lower : Math.Min(_lower, Math.Max(0, MostMembers - 1 - members)));
        else (_lower, _lowerRange, _upper) = (members, UsualRange, members == 0 ? _upper : Math.Min(_upper, Math.Max(0, MostMembers - 1 - members)));
    }
}
