using CsCheck;
using QuantumImprov.Engine.Session.Control;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session.Control;

public class ControlTextTests
{
    private static readonly Gen<ControlBinding> Binding = Gen.Select(Gen.Bool, Gen.Int[0, ControlSource.LastController], Gen.Int[0, 16], Gen.Int[0, ControlTarget.All.Length - 1].Select(i => ControlTarget.All[i]), Gen.Int[0, 9])
        .Select((note, number, channel, target, value) => new ControlBinding(new ControlSource(note && target.Form != ControlForm.Dial, number, channel), target, target.Forms[value % target.Forms.Length], value));

    [Fact]
    public void What_is_written_is_read_as_it_was() => Gen.Select(Binding.Array[0, 12], Gen.Bool).Sample((bindings, programs) =>
    {
        var map = new ControlMap("mine \"1\"", [.. bindings.DistinctBy(b => b.Source)], programs) { Light = programs ? new StateLight(bindings.Length, 16) : null };
        var read = ControlText.Read(ControlText.Write(map), out var fault);
        Assert.Null(fault);
        Assert.Equal((map.Name, map.Programs, map.Light), (read!.Name, read.Programs, read.Light));
        Assert.Equal(map.Bindings, read.Bindings);
    });

    [Fact]
    public void The_default_map_can_be_written_and_binds_nothing_twice()
    {
        Assert.Equal(ControlMap.Default.Bindings, ControlText.Read(ControlText.Write(ControlMap.Default), out _)!.Bindings);
        Assert.Equal(ControlMap.Default.Bindings.Length, ControlMap.Default.Bindings.DistinctBy(b => b.Source).Count());
    }

    [Theory]
    [InlineData("", "not JSON at line 1")]
    [InlineData("[]", "no JSON object")]
    [InlineData("""{"version":2,"name":"a","bindings":[]}""", "version: allowed is 1")]
    [InlineData("""{"version":1,"bindings":[]}""", "name: allowed is text of 1 to 200")]
    [InlineData("""{"version":1,"name":"a","programs":3,"bindings":[]}""", "programs: allowed is true or false")]
    [InlineData("""{"version":1,"name":"a"}""", "bindings: allowed is an array")]
    [InlineData("""{"version":1,"name":"a","light":{"controller":1},"bindings":[]}""", "light: allowed is a controller from 0 to 119")]
    [InlineData("""{"version":1,"name":"a","bindings":[],"colour":1}""", "unknown field; allowed are version")]
    [InlineData("""{"version":1,"name":"a","name":"b","bindings":[]}""", "name: found it twice")]
    [InlineData("""{"version":1,"name":"a","bindings":[{"controller":120,"does":"tap"}]}""", "bindings[0]: controller: allowed is a whole number from 0 to 119")]
    [InlineData("""{"version":1,"name":"a","bindings":[{"does":"tap"}]}""", "either a controller or a note")]
    [InlineData("""{"version":1,"name":"a","bindings":[{"controller":1,"channel":0,"does":"tap"}]}""", "channel: allowed is a whole number from 1 to 16")]
    [InlineData("""{"version":1,"name":"a","bindings":[{"controller":1,"does":"dance"}]}""", "does: allowed is coherence, phase")]
    [InlineData("""{"version":1,"name":"a","bindings":[{"note":1,"does":"phase"}]}""", "a note cannot turn phase")]
    [InlineData("""{"version":1,"name":"a","bindings":[{"note":1,"does":"tap","how":"hold"}]}""", "how: allowed for tap is press")]
    [InlineData("""{"version":1,"name":"a","bindings":[{"note":1,"does":"keep","value":-1}]}""", "value: allowed is a whole number from 0")]
    [InlineData("""{"version":1,"name":"a","bindings":[{"note":1,"does":"tap"},{"note":1,"does":"mute"}]}""", "bindings[1]: found note 1 a second time")]
    [InlineData("""{"version":1,"name":"\ud800","bindings":[]}""", "half a character")]
    public void A_fault_is_told_in_one_sentence(string json, string told)
    {
        Assert.Null(ControlText.Read(json, out var fault));
        Assert.Contains(told, fault);
        Assert.EndsWith(".", fault);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.String.Sample(text => Assert.True(ControlText.Read(text, out var fault) is null == (fault is not null)));
}
