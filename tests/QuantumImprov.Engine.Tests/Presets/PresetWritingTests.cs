using CsCheck;
using QuantumImprov.Engine.Presets;
using Xunit;

namespace QuantumImprov.Engine.Tests.Presets;

public class PresetWritingTests
{
    // Any value of any field that stands on its own; bars and range are made to agree.
    private static readonly Gen<Preset> Any = PresetFields.All.Aggregate(Gen.Const(new Preset()), (presets, field) => Gen.Select(presets, ValueOf(field)).Select((preset, value) => field.Set(preset, value)))
        .Select(p => p with
        {
            LeastBars = Math.Min(p.LeastBars, p.MostBars),
            MostBars = Math.Max(p.LeastBars, p.MostBars),
            HeardLow = new(Math.Min(p.HeardLow.Number, p.HeardHigh.Number)),
            HeardHigh = new(Math.Max(p.HeardLow.Number, p.HeardHigh.Number)),
            Low = new(Math.Min(p.Low.Number, 115)),
            High = new(Math.Max(p.High.Number, Math.Min(p.Low.Number, 115) + 12)),
            Voice2 = InRange(p.Voice2),
            Voice3 = InRange(p.Voice3),
            Voice4 = InRange(p.Voice4),
        });

    [Fact]
    public void What_is_written_reads_back_as_the_same_preset() =>
        Any.Sample(preset =>
        {
            var read = PresetText.Read(PresetText.Write(preset), out var faults);
            Assert.Empty(faults);
            Assert.Equal(preset, read);
        }, iter: 5_000);

    [Fact]
    public void Every_field_is_written_once_in_the_order_of_the_table_and_changes_what_is_written()
    {
        var text = PresetText.Write(new Preset());
        var at = 0;
        foreach (var field in PresetFields.All)
        {
            var next = text.IndexOf($"\"{field.Path.Split('.')[^1]}\":", at, StringComparison.Ordinal);
            Assert.True(next >= at, field.Path);
            at = next + 1;
        }

        foreach (var field in PresetFields.All.Where(f => f.Most > f.Least || f.Choices.Count > 1 || f.Kind == PresetFieldKind.Text))
        {
            object other = field.Kind switch
            {
                PresetFieldKind.Text => "other",
                PresetFieldKind.Choice => field.Choices[^1],
                PresetFieldKind.Pitch => "C#4",
                _ => field.Least,
            };
            if (!Equals(field.Get(new Preset()), other)) Assert.NotEqual(text, PresetText.Write(field.Set(new Preset(), other)));
        }
    }

    private static VoiceRules InRange(VoiceRules voice) => voice with { Low = new(Math.Min(voice.Low.Number, 115)), High = new(Math.Max(voice.High.Number, Math.Min(voice.Low.Number, 115) + 12)) };

    private static Gen<object> ValueOf(PresetField field) => field.Kind switch
    {
        PresetFieldKind.Text => Gen.String[Gen.Char, (int)Math.Max(field.Least, 0), 200].Where(s => s.All(c => !char.IsSurrogate(c))).Select(s => (object)s),
        PresetFieldKind.Choice => Gen.Int[0, field.Choices.Count - 1].Select(i => (object)field.Choices[i]),
        PresetFieldKind.Whole => Gen.Int[(int)field.Least, (int)field.Most].Select(i => (object)(double)i),
        PresetFieldKind.Pitch => Gen.Int[0, 127].Select(i => (object)new Engine.Music.Pitch(i).ToString()),
        _ => Gen.Double[field.Least, field.Most].Select(v => (object)v),
    };
}
