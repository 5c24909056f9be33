using QuantumImprov.Plugin.Clap;
using QuantumImprov.Plugin.Lv2;
using QuantumImprov.Plugin.Vst3;

namespace QuantumImprov.Plugin.Tests;

/// <summary>The sizes that the specifications' own structures have on 64-bit machines.</summary>
public unsafe class LayoutTests
{
    [Fact]
    public void Structures_of_clap_are_as_long_as_the_specification_says()
    {
        Assert.Equal(12, sizeof(ClapVersion));
        Assert.Equal(88, sizeof(ClapDescriptor));
        Assert.Equal(88, sizeof(ClapHost));
        Assert.Equal(96, sizeof(ClapPlugin));
        Assert.Equal(64, sizeof(ClapProcess));
        Assert.Equal(16, sizeof(ClapEventHeader));
        Assert.Equal(40, sizeof(ClapEventNote));
        Assert.Equal(56, sizeof(ClapEventValue));
        Assert.Equal(24, sizeof(ClapEventMidi));
        Assert.Equal(104, sizeof(ClapTransport));
        Assert.Equal(268, sizeof(ClapNotePortInfo));
        Assert.Equal(288, sizeof(ClapAudioPortInfo));
        Assert.Equal(1320, sizeof(ClapParameterInfo));
        Assert.Equal(32, sizeof(ClapAudioBuffer));
    }

    [Fact]
    public void Structures_of_lv2_are_as_long_as_the_specification_says()
    {
        Assert.Equal(64, sizeof(Lv2Descriptor));
        Assert.Equal(16, sizeof(Lv2Feature));
        Assert.Equal(8, sizeof(Lv2Atom));
        Assert.Equal(16, sizeof(Lv2Sequence));
        Assert.Equal(16, sizeof(Lv2Event));
    }

    [Fact]
    public void Structures_of_vst3_are_as_long_as_the_interface_description_says()
    {
        Assert.Equal(452, sizeof(Vst3FactoryInfo));
        Assert.Equal(116, sizeof(Vst3ClassInfo));
        Assert.Equal(440, sizeof(Vst3ClassInfo2));
        Assert.Equal(276, sizeof(Vst3BusInfo));
        Assert.Equal(24, sizeof(Vst3Setup));
        Assert.Equal(24, sizeof(Vst3AudioBus));
        Assert.Equal(80, sizeof(Vst3Block));
        Assert.Equal(112, sizeof(Vst3Context));
        Assert.Equal(48, sizeof(Vst3Event));
        Assert.Equal(792, sizeof(Vst3ParameterInfo));
        Assert.Equal(268, sizeof(Vst3UnitInfo));
    }
}
