using System.Buffers.Binary;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Text;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.State;
using QuantumImprov.Plugin.Tests.Processing;

namespace QuantumImprov.Plugin.Tests.State;

public class PluginStateTests
{
    private static (ParameterValues Values, RepertoireContent Content) Played()
    {
        var rig = new Rig(v => (v[ParameterTable.Seed], v[ParameterTable.Coherence], v[ParameterTable.Way]) = (0, .31, 2));
        rig.Play(Song.Phrases(2, 30), 30L * Song.Rate, () => 512);
        return (rig.Values, rig.Processor.Taken.Music.Copy());
    }

    [Fact]
    public void Parameters_and_what_was_learned_survive()
    {
        var (values, content) = Played();
        var state = PluginState.Write(values, content);
        var loaded = PluginState.Read(state, out var fault);
        Assert.Null(fault);
        Assert.Equal(content, loaded.Content);
        Assert.Equal(ParameterTable.All.Select(p => values[p]), loaded.Values);
        Assert.True(state.Length < 200_000, $"{state.Length} bytes");
    }

    [Fact]
    public void Whoever_knows_no_parameters_reads_what_was_learned_and_gives_it_with_all_parameters_at_their_defaults()
    {
        var (values, content) = Played();
        Assert.Equal(content, StateEnvelope.ReadRepertoire(PluginState.Write(values, content), out var fault));
        Assert.Null(fault);
        var given = PluginState.Read(StateEnvelope.Wrap(content), out fault);
        Assert.Null(fault);
        Assert.Equal(content, given.Content);
        Assert.Equal(ParameterTable.All.Select(p => p.Default), given.Values);
        Assert.Null(StateEnvelope.ReadRepertoire(PluginState.Write(values, null), out fault));
        Assert.Null(fault);
    }

    [Fact]
    public void A_new_instance_has_a_short_state_without_a_repertoire()
    {
        var state = PluginState.Write(new ParameterValues(), null);
        Assert.InRange(state.Length, 50, 400);
        Assert.Null(PluginState.Read(state, out var fault).Content);
        Assert.Null(fault);
    }

    [Fact]
    public void Any_flipped_bit_and_any_cut_gives_defaults_and_a_sentence()
    {
        var state = PluginState.Write(new ParameterValues { [ParameterTable.Phase] = .5 }, null);
        for (var bit = 0; bit < state.Length * 8; bit++)
        {
            var damaged = (byte[])state.Clone();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            Refused(damaged, "damaged|none of");
        }

        for (var length = 0; length < state.Length; length++) Refused(state[..length], "damaged|none of");
    }

    [Fact]
    public void A_newer_version_is_told_from_damage()
    {
        var (values, _) = (new ParameterValues(), 0);
        var state = PluginState.Write(values, null);
        var sum = BinaryPrimitives.ReadUInt32LittleEndian(state.AsSpan(17)) ^ 0x9E3779B1u ^ unchecked(2 * 0x9E3779B1u);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(13), 2);
        BinaryPrimitives.WriteUInt32LittleEndian(state.AsSpan(17), sum);
        Refused(state, "version 2, made by a newer");
    }

    private static void Refused(byte[] state, string says)
    {
        var loaded = PluginState.Read(state, out var fault);
        Assert.Matches($"^The state.*({says}).*\\.$", fault);
        Assert.Null(loaded.Content);
        Assert.Equal(ParameterTable.All.Select(p => p.Default), loaded.Values);
    }
}
