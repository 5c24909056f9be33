using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Wire;
using Xunit;
using static QuantumImprov.Midi.Tests.Files.RawFile;

namespace QuantumImprov.Midi.Tests.Wire;

public class WireParserTests
{
    private readonly WireParser _parser = new();

    private string Read(string hex)
    {
        ReadOnlySpan<byte> bytes = Hex(hex);
        var messages = new List<string>();
        while (_parser.TryRead(ref bytes, out var m)) messages.Add(Convert.ToHexString([m.Status, m.Data1, m.Data2])[..(m.Length * 2)]);
        Assert.True(bytes.IsEmpty);
        return string.Join(' ', messages);
    }

    [Fact]
    public void Channel_messages_of_all_kinds_come_out_whole() =>
        Assert.Equal("803C40 913D41 A23E42 B30740 C405 D533 E60040", Read("80 3C 40 91 3D 41 A2 3E 42 B3 07 40 C4 05 D5 33 E6 00 40"));

    [Fact]
    public void System_common_messages_come_out_whole() => Assert.Equal("F112 F21234 F305 F6", Read("F1 12 F2 12 34 F3 05 F6"));

    [Fact]
    public void Running_status_repeats_the_status_byte()
    {
        Assert.Equal("903C40 903C00 C005 C006", Read("90 3C 40 3C 00 C0 05 06"));
        Assert.Equal("C007", Read("07"));
    }

    [Fact]
    public void Messages_may_come_in_pieces()
    {
        Assert.Equal("", Read("90"));
        Assert.Equal("", Read("3C"));
        Assert.Equal("903C40", Read("40"));
    }

    [Fact]
    public void Real_time_bytes_come_out_in_the_middle_of_other_messages_and_break_nothing()
    {
        Assert.Equal("F8 FE FF 903C40 FA 903D41", Read("90 F8 3C FE FF 40 3D FA 41"));
        Assert.Equal("FE 903C40", Read("F0 01 FE 02 F7 90 3C 40"));
        Assert.Equal(0, _parser.Broken);
        Assert.Equal(0, _parser.Stray);
    }

    [Fact]
    public void Undefined_real_time_bytes_pass_through() => Assert.Equal("F9 FD 903C40", Read("90 F9 3C FD 40"));

    [Theory]
    [InlineData("F4")]
    [InlineData("F5")]
    [InlineData("F7")]
    public void Undefined_system_bytes_are_counted_and_end_running_status(string status)
    {
        Assert.Equal("903C40", Read($"90 3C 40 {status} 3C 40"));
        Assert.Equal(3, _parser.Stray);
        Assert.Equal("903C40", Read("90 3C 40"));
    }

    [Theory]
    [InlineData("F6", "F6")]
    [InlineData("F3 05", "F305")]
    [InlineData("F0 05 F7", "")]
    public void System_common_messages_end_running_status(string system, string comesOut)
    {
        Assert.Equal($"903C40 {comesOut}".TrimEnd(), Read($"90 3C 40 {system} 3C 40"));
        Assert.Equal(2, _parser.Stray);
    }

    [Fact]
    public void Data_without_status_is_skipped_and_counted()
    {
        Assert.Equal("903C40", Read("12 34 56 90 3C 40"));
        Assert.Equal(3, _parser.Stray);
    }

    [Fact]
    public void A_message_cut_off_by_the_next_is_counted_and_never_mixed_with_it()
    {
        Assert.Equal("803D41 C005", Read("90 3C 80 3D 41 B0 C0 05"));
        Assert.Equal(2, _parser.Broken);
        Assert.Equal("F6", Read("F2 12 F6"));
        Assert.Equal(3, _parser.Broken);
    }

    [Fact]
    public void A_running_message_cut_off_is_counted_and_idle_running_status_is_not()
    {
        Assert.Equal("903C40 803C40", Read("90 3C 40 3D 80 3C 40"));
        Assert.Equal(1, _parser.Broken);
        Assert.Equal("903C40 803C40", Read("90 3C 40 80 3C 40"));
        Assert.Equal(1, _parser.Broken);
    }

    [Fact]
    public void System_exclusive_data_is_skipped_and_counted()
    {
        Assert.Equal("903C40", Read("F0 7E 7F 06 01 F7 90 3C 40"));
        Assert.Equal((1, 6), (_parser.SystemExclusives, _parser.SystemExclusiveBytes));
    }

    [Fact]
    public void A_status_byte_ends_system_exclusive_data_that_has_no_end()
    {
        Assert.Equal("903C40", Read("F0 01 02 90 3C 40"));
        Assert.Equal((1, 3, 0), (_parser.SystemExclusives, _parser.SystemExclusiveBytes, _parser.Broken));
    }

    [Fact]
    public void System_exclusive_data_is_waited_for_only_so_long()
    {
        ReadOnlySpan<byte> endless = [0xF0, .. new byte[WireParser.LongestSystemExclusive + 100]];
        Assert.False(_parser.TryRead(ref endless, out _));
        Assert.Equal((WireParser.LongestSystemExclusive, 101), (_parser.SystemExclusiveBytes, _parser.Stray));
        Assert.Equal("903C40", Read("90 3C 40"));
    }

    [Fact]
    public void Reset_forgets_the_half_message_and_the_running_status()
    {
        Assert.Equal("903C40", Read("90 3C 40 3D"));
        _parser.Reset();
        Assert.Equal("", Read("41 42"));
        Assert.Equal((1, 2), (_parser.Broken, _parser.Stray));
    }
}
