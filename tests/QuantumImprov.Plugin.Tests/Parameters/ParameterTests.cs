using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Pipeline;
using System.Text;
using QuantumImprov.Plugin.Lv2;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Parameters;

public class ParameterTests
{
    [Fact]
    public void Numbers_and_names_are_each_used_once_and_never_change()
    {
        Assert.Distinct(ParameterTable.All.Select(p => p.Id));
        Assert.Distinct(ParameterTable.All.Select(p => p.Symbol));
        Assert.Distinct(ParameterTable.All.Select(p => p.Name));
        // What is in somebody's project: an entry may be added, none changed.
        Assert.Equal(
            "1 coherence, 2 phase, 3 novelty, 4 motif, 5 cadence, 6 patience, 7 density, 8 register, 9 loudness, 13 dynamics, 14 swing, 15 quantise, 16 variation, 17 responsiveness, 18 lookahead, 10 preset, 11 way, 12 channel, 20 mute, 21 take_over, 22 end_call, 23 mutate, 24 panic, 30 freeze, 31 forget, 40 seed, 50 sound, 51 volume, 60 thru, 61 bypass, 70 shots, 71 notes_by_shots, 72 shots_left",
            string.Join(", ", ParameterTable.All.Select(p => $"{p.Id} {p.Symbol}")));
        Assert.Equal("answer bass beside combo daring echo fours modal pulse quartet qubit soft thirds understudy wander", string.Join(' ', ParameterTable.Preset.Choices));
    }

    [Fact]
    public void Every_value_survives_its_text()
    {
        var text = new byte[ParameterText.Longest];
        foreach (var parameter in ParameterTable.All)
        {
            for (var place = 0.0; place <= 1; place += 1 / 64.0)
            {
                var value = parameter.FromNormal(place);
                var length = ParameterText.Write(parameter, value, text);
                Assert.True(length > 0);
                Assert.True(ParameterText.TryRead(parameter, text.AsSpan(0, length), out var read), Encoding.UTF8.GetString(text, 0, length));
                Assert.Equal(value, read, parameter.IsStepped ? 0 : .0006);
                Assert.Equal(value, parameter.FromNormal(parameter.ToNormal(value)), 9);
            }
        }
    }

    [Theory]
    [InlineData("coherence", "72 %", .72)]
    [InlineData("coherence", "72", .72)]
    [InlineData("coherence", "  250 %", 1.0)]
    [InlineData("preset", "DARING", 4.0)]
    [InlineData("channel", "99", 16.0)]
    [InlineData("freeze", "on", 1.0)]
    [InlineData("panic", "now", 1.0)]
    public void People_may_write_values_as_they_like(string symbol, string text, double value)
    {
        Assert.True(ParameterText.TryRead(ParameterTable.All.Single(p => p.Symbol == symbol), Encoding.UTF8.GetBytes(text), out var read));
        Assert.Equal(value, read, 9);
    }

    [Theory]
    [InlineData("coherence", "")]
    [InlineData("coherence", "much")]
    [InlineData("coherence", "NaN")]
    [InlineData("preset", "no such preset")]
    [InlineData("channel", "1x")]
    [InlineData("freeze", "maybe")]
    public void What_says_no_value_is_refused(string symbol, string text) => Assert.False(ParameterText.TryRead(ParameterTable.All.Single(p => p.Symbol == symbol), Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Texts_cost_no_memory()
    {
        var text = new byte[ParameterText.Longest];
        Assert.Equal(0, Allocated.By(() =>
        {
            foreach (var parameter in ParameterTable.All)
            {
                var length = ParameterText.Write(parameter, parameter.Default, text);
                ParameterText.TryRead(parameter, text.AsSpan(0, length), out _);
            }
        }));
    }

    [Fact]
    public void The_turtle_describes_each_parameter_where_the_library_looks_for_it()
    {
        var turtle = Turtle.Plugin("1.2.3");
        for (var i = 0; i < ParameterTable.All.Length; i++) Assert.Contains($"lv2:index {Lv2Instance.FirstParameter + i} ; lv2:symbol \"{ParameterTable.All[i].Symbol}\"", turtle);
        Assert.Contains("lv2:minorVersion 1 ; lv2:microVersion 2", turtle);
    }

    [Fact]
    public void In_the_middle_a_dial_stands_where_the_preset_puts_it_and_at_its_ends_all_the_way()
    {
        var preset = new Preset { Motif = .8, Density = .3, Swing = 0, Octave = -1, Patience = .9 };
        var values = new ParameterValues { [ParameterTable.Coherence] = .4 };
        var own = LiveSettings.Of(preset);
        Assert.Equal(own with { Law = own.Law with { Coherence = .4 } }, ParameterTable.Settings(preset, values));
        foreach (var end in new[] { 0.0, 1 })
        {
            for (var i = ParameterTable.Absolute; i < ParameterTable.Dials.Length; i++) values[ParameterTable.Dials[i]] = end;
            var settings = ParameterTable.Settings(preset, values);
            for (var i = ParameterTable.Absolute; i < ParameterTable.Dials.Length; i++) Assert.Equal(end, Dial.All[i].Read(settings), 1e-9);
        }
    }
}
