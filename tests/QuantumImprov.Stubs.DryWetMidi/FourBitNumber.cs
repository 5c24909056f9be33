namespace Melanchall.DryWetMidi.Common;

public readonly struct FourBitNumber
{
    private readonly byte _value;

    public FourBitNumber(byte value) => _value = value <= 15 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "More than 15.");

    public static implicit operator byte(FourBitNumber number) => number._value;

    public static explicit operator FourBitNumber(byte number) => new(number);
}
