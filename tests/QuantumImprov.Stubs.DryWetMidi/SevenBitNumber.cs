namespace Melanchall.DryWetMidi.Common;

public readonly struct SevenBitNumber
{
    private readonly byte _value;

    public SevenBitNumber(byte value) => _value = value <= 127 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "More than 127.");

    public static implicit operator byte(SevenBitNumber number) => number._value;

    public static explicit operator SevenBitNumber(byte number) => new(number);
}
