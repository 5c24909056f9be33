using System.Runtime.InteropServices;
using System.Text;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Clap;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;
using QuantumImprov.Plugin.Tests.Processing;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>What only CLAP hosts call.</summary>
public unsafe class ClapTests
{
    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text)!;

    [Fact]
    public void The_factory_makes_one_plugin_and_no_other()
    {
        using var rig = new ClapRig();
        var descriptor = rig.Factory->Describe(rig.Factory, 0);
        Assert.Equal("org.quantumimprov.partner", Text(descriptor->Id));
        Assert.Equal("QuantumImprov", Text(descriptor->Name));
        Assert.Equal("note-effect", Text(descriptor->Features[0]));
        Assert.True(rig.Factory->Describe(rig.Factory, 1) == null);
        Assert.True(rig.Factory->Create(rig.Factory, null, NativeText.Keep("another")) == null);
        Assert.True(rig.Plugin->Descriptor == descriptor);
        Assert.True(rig.Extension<byte>("clap.gui") == null);
        rig.Plugin->OnMainThread(rig.Plugin);
    }

    [Fact]
    public void It_has_notes_in_notes_out_and_sound_out()
    {
        using var rig = new ClapRig();
        var notes = rig.Extension<ClapPorts>("clap.note-ports");
        Assert.Equal((1u, 1u), (notes->Count(rig.Plugin, 1), notes->Count(rig.Plugin, 0)));
        ClapNotePortInfo port;
        Assert.Equal(1, notes->Get(rig.Plugin, 0, 0, &port));
        Assert.Equal((3u, 1u, "Improvised Notes"), (port.Supported, port.Preferred, Text(port.Name)));
        Assert.Equal(0, notes->Get(rig.Plugin, 1, 0, &port));
        var sound = rig.Extension<ClapPorts>("clap.audio-ports");
        Assert.Equal((0u, 1u), (sound->Count(rig.Plugin, 1), sound->Count(rig.Plugin, 0)));
        ClapAudioPortInfo audio;
        Assert.Equal(1, sound->Get(rig.Plugin, 0, 0, &audio));
        Assert.Equal((2u, "stereo", "Sound"), (audio.Channels, Text(audio.Type), Text(audio.Name)));
        Assert.Equal(0, sound->Get(rig.Plugin, 0, 1, &audio));
    }

    [Fact]
    public void Every_parameter_is_told_of_shown_and_read()
    {
        using var rig = new ClapRig();
        var parameters = rig.Extension<ClapParameters>("clap.params");
        Assert.Equal((uint)ParameterTable.All.Length, parameters->Count(rig.Plugin));
        var text = stackalloc byte[64];
        for (var i = 0u; i < ParameterTable.All.Length; i++)
        {
            var expected = ParameterTable.All[(int)i];
            ClapParameterInfo info;
            Assert.Equal(1, parameters->GetInfo(rig.Plugin, i, &info));
            Assert.Equal((expected.Id, expected.Name, expected.Group, expected.Least, expected.Most, expected.Default), (info.Id, Text(info.Name), Text(info.Module), info.Least, info.Most, info.Default));
            Assert.Equal(expected.IsStepped, (info.Flags & 1) != 0);
            Assert.Equal(expected.IsBypass, (info.Flags & 16) != 0);
            Assert.Equal((expected.IsMeter, expected.IsAutomatable), ((info.Flags & 8) != 0, (info.Flags & 32) != 0));
            double value, read;
            Assert.Equal(1, parameters->GetValue(rig.Plugin, info.Id, &value));
            Assert.Equal(expected.Default, value);
            Assert.Equal(1, parameters->ValueToText(rig.Plugin, info.Id, expected.Most, text, 64));
            Assert.Equal(1, parameters->TextToValue(rig.Plugin, info.Id, text, &read));
            Assert.Equal(expected.Most, read, .001);
        }

        ClapParameterInfo none;
        double nothing;
        Assert.Equal(0, parameters->GetInfo(rig.Plugin, 99, &none));
        Assert.Equal(0, parameters->GetValue(rig.Plugin, 99, &nothing));
        Assert.Equal(0, parameters->ValueToText(rig.Plugin, 99, 0, text, 64));
        Assert.Equal(0, parameters->ValueToText(rig.Plugin, 1, 0, text, 0));
        Assert.Equal(0, parameters->TextToValue(rig.Plugin, 1, NativeText.Keep("much"), &nothing));
    }

    [Fact]
    public void Parameters_move_without_blocks_and_the_state_keeps_them()
    {
        using var rig = new ClapRig();
        rig.Flush([new HostedEvent(0, default, ParameterTable.IndexOf(ParameterTable.Novelty), .4)]);
        Assert.Equal(.4, Value(rig, ParameterTable.Novelty));
        rig.Activate(48_000);
        rig.Flush([new HostedEvent(0, default, ParameterTable.IndexOf(ParameterTable.Phase), .6)]);
        Assert.Equal(.6, Value(rig, ParameterTable.Phase));
        var state = rig.Save(3);
        rig.Flush([new HostedEvent(0, default, ParameterTable.IndexOf(ParameterTable.Phase), 0)]);
        Assert.True(rig.Load(state, 3));
        Assert.Equal((.4, .6), (Value(rig, ParameterTable.Novelty), Value(rig, ParameterTable.Phase)));
        Assert.Equal(state, rig.Save(100));
        rig.Process(64, [], null);
        Assert.Equal((.4, .6), (Value(rig, ParameterTable.Novelty), Value(rig, ParameterTable.Phase)));
    }

    [Fact]
    public void A_reset_ends_what_sounds()
    {
        using var rig = new ClapRig();
        rig.Activate(48_000);
        rig.Process(1, [new HostedEvent(0, default, ParameterTable.IndexOf(ParameterTable.Seed), 7), new HostedEvent(0, default, ParameterTable.IndexOf(ParameterTable.Thru), 1)], null);
        var song = Song.Phrases(3, 10);
        var (sounding, now) = (0, 1L);
        while (now < 20 * 48_000 && sounding < 1)
        {
            foreach (var (_, message) in rig.Play(song, now, now + 480, () => 480)) sounding += message.IsNoteOn ? 1 : message.IsNoteOff ? -1 : 0;
            now += 480;
        }

        Assert.True(sounding > 0);
        rig.Plugin->Reset(rig.Plugin);
        rig.Process(64, [], HostRig.At(now, 120));
        Assert.Equal(sounding, rig.Out.Count(m => m.Message.IsNoteOff));
        Assert.All(rig.Out, m => Assert.Equal(0, m.Offset));
    }

    [Fact]
    public void A_foreign_state_is_refused_with_a_sentence_in_the_hosts_log()
    {
        using var rig = new ClapRig();
        Assert.False(rig.Load(Encoding.UTF8.GetBytes("something else entirely, long enough to be read"), 5));
        Assert.Equal("The state of 47 bytes is none of QuantumImprov's.", Assert.Single(rig.Log));
    }

    private static double Value(ClapRig rig, Parameter parameter)
    {
        double value;
        Assert.Equal(1, rig.Extension<ClapParameters>("clap.params")->GetValue(rig.Plugin, parameter.Id, &value));
        return value;
    }
}
