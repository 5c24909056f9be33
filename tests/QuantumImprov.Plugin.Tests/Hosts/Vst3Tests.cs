using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Vst3;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>What only VST3 hosts call.</summary>
public unsafe class Vst3Tests
{
    private static string Text(char* text) => new(text);

    [Fact]
    public void The_factory_describes_one_class_and_makes_no_other()
    {
        using var rig = new Vst3Rig();
        var table = rig.Factory->Table;
        Assert.Equal(1, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)table[4])(rig.Factory));
        Vst3ClassInfo2 info;
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3ClassInfo2*, int>)table[7])(rig.Factory, 0, &info));
        Assert.True(Vst3Id.Plugin.Is(info.First.Id));
        Assert.Equal("Audio Module Class", new string((sbyte*)info.First.Category));
        Assert.Equal("Instrument|Synth", new string((sbyte*)info.SubCategories));
        Assert.Equal(2, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3ClassInfo2*, int>)table[7])(rig.Factory, 1, &info));
        Vst3FactoryInfo maker;
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, Vst3FactoryInfo*, int>)table[3])(rig.Factory, &maker));
        Assert.Equal("QuantumImprov", new string((sbyte*)maker.Vendor));
        Assert.True(Vst3Rig.Query(rig.Factory, Vst3Id.Factory2) == rig.Factory);
        Assert.True(Vst3Rig.Query(rig.Factory, Vst3Id.Component) == null);
        var id = stackalloc byte[16];
        Vst3Id.Factory.Write(new Span<byte>(id, 16));
        void* made;
        Assert.Equal(-1, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, byte*, byte*, void**, int>)table[6])(rig.Factory, id, id, &made));
        Assert.True(made == null);
    }

    [Fact]
    public void Every_face_leads_to_every_other_and_all_are_counted_together()
    {
        using var rig = new Vst3Rig();
        Vst3Id[] faces = [Vst3Id.Component, Vst3Id.AudioProcessor, Vst3Id.Controller, Vst3Id.Requirements, Vst3Id.MidiMapping, Vst3Id.UnitInfo, Vst3Id.Unknown, Vst3Id.PluginBase];
        foreach (var from in faces)
        {
            var face = Vst3Rig.Query(rig.Component, from);
            foreach (var to in faces)
            {
                var other = Vst3Rig.Query(face, to);
                Assert.True(other != null);
                Assert.Equal(4u, Vst3Rig.Release(other));
            }

            Assert.True(Vst3Rig.Query(face, Vst3Id.Factory) == null);
            Assert.Equal(3u, Vst3Rig.Release(face));
        }
    }

    [Fact]
    public void It_has_notes_in_notes_out_and_stereo_out()
    {
        using var rig = new Vst3Rig();
        var count = (delegate* unmanaged[Cdecl]<Vst3Unknown*, int, int, int>)rig.Component->Table[7];
        Assert.Equal((0, 1, 1, 1), (count(rig.Component, 0, 0), count(rig.Component, 0, 1), count(rig.Component, 1, 0), count(rig.Component, 1, 1)));
        Vst3BusInfo bus;
        var describe = (delegate* unmanaged[Cdecl]<Vst3Unknown*, int, int, int, Vst3BusInfo*, int>)rig.Component->Table[8];
        Assert.Equal(0, describe(rig.Component, 1, 1, 0, &bus));
        Assert.Equal(("Improvised Notes", 16), (Text(bus.Name), bus.Channels));
        Assert.Equal(0, describe(rig.Component, 0, 1, 0, &bus));
        Assert.Equal(2, bus.Channels);
        Assert.Equal(2, describe(rig.Component, 0, 0, 0, &bus));
        var (stereo, mono) = (3ul, 1ul);
        var arrange = (delegate* unmanaged[Cdecl]<Vst3Unknown*, ulong*, int, ulong*, int, int>)rig.Processor->Table[3];
        Assert.Equal(0, arrange(rig.Processor, null, 0, &stereo, 1));
        Assert.Equal(1, arrange(rig.Processor, null, 0, &mono, 1));
        var precision = (delegate* unmanaged[Cdecl]<Vst3Unknown*, int, int>)rig.Processor->Table[5];
        Assert.Equal((0, 1), (precision(rig.Processor, 0), precision(rig.Processor, 1)));
        Assert.Equal(0u, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint>)rig.Processor->Table[6])(rig.Processor));
        Assert.True(((delegate* unmanaged[Cdecl]<Vst3Unknown*, byte*, void*>)rig.Controller->Table[17])(rig.Controller, null) == null);
    }

    [Fact]
    public void Every_parameter_is_told_of_shown_read_and_set()
    {
        using var rig = new Vst3Rig();
        var table = rig.Controller->Table;
        Assert.Equal(Vst3Parameters.Count, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)table[8])(rig.Controller));
        var text = stackalloc char[128];
        for (var i = 0; i < Vst3Parameters.Count; i++)
        {
            Vst3ParameterInfo info;
            Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3ParameterInfo*, int>)table[9])(rig.Controller, i, &info));
            if (i < ParameterTable.All.Length)
            {
                Assert.Equal((ParameterTable.All[i].Id, ParameterTable.All[i].Name), (info.Id, Text(info.Title)));
                Assert.Equal(ParameterTable.All[i].Group, Vst3Parameters.Groups[info.Unit - 1]);
            }
            else
            {
                Assert.Equal(16, info.Flags);
            }

            for (var step = 0; step <= 4; step++)
            {
                var place = info.Steps > 0 ? Math.Round(step / 4.0 * info.Steps) / info.Steps : step / 4.0;
                Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint, double, char*, int>)table[10])(rig.Controller, info.Id, place, text));
                double read;
                Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint, char*, double*, int>)table[11])(rig.Controller, info.Id, text, &read));
                Assert.Equal(place, read, .001);
                var plain = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint, double, double>)table[12])(rig.Controller, info.Id, place);
                Assert.Equal(place, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint, double, double>)table[13])(rig.Controller, info.Id, plain), 9);
                Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint, double, int>)table[15])(rig.Controller, info.Id, place));
                var meter = i < ParameterTable.All.Length && ParameterTable.All[i].IsMeter;
                Assert.Equal(meter, (info.Flags & 2) != 0);
                Assert.Equal(meter ? 0 : place, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint, double>)table[14])(rig.Controller, info.Id));
            }
        }

        Vst3ParameterInfo none;
        Assert.Equal(2, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3ParameterInfo*, int>)table[9])(rig.Controller, Vst3Parameters.Count, &none));
        Assert.Equal(2, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint, double, int>)table[15])(rig.Controller, 777, .5));
        Assert.Equal(2, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint, double, char*, int>)table[10])(rig.Controller, 777, .5, text));
    }

    [Fact]
    public void Pedals_are_mapped_to_parameters_and_groups_are_units()
    {
        using var rig = new Vst3Rig();
        var mapping = Vst3Rig.Query(rig.Component, Vst3Id.MidiMapping);
        var map = (delegate* unmanaged[Cdecl]<Vst3Unknown*, int, short, short, uint*, int>)mapping->Table[3];
        uint id;
        Assert.Equal(0, map(mapping, 0, 0, 67, &id));
        Assert.Equal(Vst3Parameters.IdOf(67), id);
        Assert.Equal(1, map(mapping, 0, 0, 1, &id));
        Assert.Equal(1, map(mapping, 1, 0, 67, &id));
        var units = Vst3Rig.Query(rig.Component, Vst3Id.UnitInfo);
        Assert.Equal(1 + Vst3Parameters.Groups.Length, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)units->Table[3])(units));
        Vst3UnitInfo info;
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3UnitInfo*, int>)units->Table[4])(units, 1, &info));
        Assert.Equal("Dials", Text(info.Name));
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)units->Table[5])(units));
        Vst3Rig.Release(mapping);
        Vst3Rig.Release(units);
    }

    [Fact]
    public void A_block_without_samples_only_moves_parameters()
    {
        using var rig = new Vst3Rig();
        rig.Activate(48_000);
        rig.Process(0, [new HostedEvent(0, default, ParameterTable.IndexOf(ParameterTable.Novelty), .5)], null);
        Assert.Empty(rig.Out);
        using var other = new Vst3Rig();
        Assert.True(other.Load(rig.Save(int.MaxValue), 3));
        Assert.Equal(.5, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint, double>)other.Controller->Table[14])(other.Controller, ParameterTable.Novelty.Id));
    }
}
