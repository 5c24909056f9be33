using CsCheck;
using QuantumImprov.Engine.Presets;
using Xunit;

namespace QuantumImprov.Engine.Tests.Presets;

public class PresetReadingTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ":", ",", "\"", "\"name\"", "\"answer\"", "\"low\"", "\"C4\"", "1", "-1e999", "1e-999", "null", "true", "\\u0000", "\\ud800", "\ud800", "\n", "é", "NaN"];

    private const string Head = "\"version\": 1, \"name\": \"mine\", \"about\": \"For me.\"";

    [Fact]
    public void All_faults_are_told_at_once_each_with_its_place_what_was_found_and_what_is_allowed()
    {
        Assert.Null(PresetText.Read(
            """
            {
              "version": 2, "name": "", "colour": "blue",
              "listening": { "melody": "middle", "gapBeats": "1", "gapBeats": 1 },
              "answer": { "leastBars": 1.5, "low": "H2", "octave": 9, "octave": 0 },
              "chain": [],
              "sound": { "gain": null, "reverb": 1 }
            }
            """,
            out var faults));
        Assert.Equal(
            [
                "version: found 2; allowed is a whole number from 1 to 1.",
                "name: found \"\"; allowed is text of 1 to 200 characters.",
                "colour: found an unknown field; allowed is one of version, name, about, way, listening, answer, intention, chain, sound, voice2, voice3, voice4.",
                "listening.melody: found \"middle\"; allowed is one of \"top\", \"bottom\".",
                "listening.gapBeats: found \"1\"; allowed is a number from 0.25 to 8.",
                "listening.gapBeats: found the field twice; allowed is each field once.",
                "answer.leastBars: found 1.5; allowed is a whole number from 1 to 16.",
                "answer.low: found \"H2\"; allowed is a pitch name from \"C-1\" to \"G9\".",
                "answer.octave: found 9; allowed is a whole number from -3 to 3.",
                "answer.octave: found the field twice; allowed is each field once.",
                "chain: found []; allowed is a JSON object.",
                "sound.gain: found null; allowed is a number from 0 to 2.",
                "sound.reverb: found an unknown field; allowed is one of synth, soundFont, program, bank, gain.",
                "about: found nothing; allowed is text of 1 to 200 characters.",
            ],
            faults.Select(f => f.ToString()));
    }

    [Fact]
    public void Fields_that_contradict_each_other_are_told_too_even_beside_other_faults()
    {
        Assert.Equal(
            [
                "chain.leap: found 0; allowed is a whole number from 1 to 24.",
                "answer.mostBars: found 2; allowed is at least answer.leastBars, which is 4.",
                "listening.high: found \"B3\"; allowed is at least listening.low, which is \"C4\".",
                "answer.high: found \"B4\"; allowed is at least an octave above answer.low, which is \"C4\".",
            ],
            Faults($$"""{ {{Head}}, "listening": { "low": "C4", "high": "B3" }, "answer": { "leastBars": 4, "mostBars": 2, "low": "C4", "high": "B4" }, "chain": { "leap": 0 } }"""));
        // What cannot be read cannot contradict.
        Assert.Equal(["answer.mostBars: found 99; allowed is a whole number from 1 to 16."], Faults($$"""{ {{Head}}, "answer": { "leastBars": 9, "mostBars": 99 } }"""));
    }

    [Theory]
    [InlineData("", "text that is not JSON at line 1, byte 1")]
    [InlineData("{", "text that is not JSON at line 1, byte 2")]
    [InlineData("{} {}", "text that is not JSON at line 1, byte 4")]
    [InlineData("{ \"name\": \"a\", }", "text that is not JSON at line 1, byte 16")]
    [InlineData("// no comments\n{}", "text that is not JSON at line 1, byte 1")]
    [InlineData("[]", "[]")]
    [InlineData("\"answer\"", "\"answer\"")]
    public void What_is_no_JSON_object_is_one_fault(string json, string found)
    {
        Assert.Null(PresetText.Read(json, out var faults));
        Assert.Equal(found, faults[0].Found);
    }

    [Fact]
    public void What_lies_too_deep_is_one_fault() => Assert.Single(Faults(new string('[', 1000)));

    [Theory]
    [InlineData("\"name\": \"\\ud800\"")]
    [InlineData("\"\\udc00\": 1")]
    [InlineData("\"answer\": { \"low\": \"\\ud800\" }")]
    [InlineData("\"listening\": { \"melody\": \"\\ud800x\" }")]
    public void Half_a_character_is_a_fault_and_no_crash(string field) => Assert.NotEmpty(Faults($"{{ {field} }}"));

    [Fact]
    public void A_preset_with_only_what_is_required_is_the_default_under_its_own_name()
    {
        var preset = PresetText.Read($"{{ {Head} }}", out var faults);
        Assert.Empty(faults);
        Assert.Equal(new Preset { Name = "mine", About = "For me." }, preset);
    }

    [Fact]
    public void Long_values_are_shown_by_their_beginning()
    {
        var fault = Faults($$"""{ {{Head}}, "sound": { "soundFont": "{{new string('x', 5000)}}" } }""").Single();
        Assert.InRange(fault.Length, 60, 160);
    }

    // 20,000 texts: pieces of presets in any order.
    [Fact]
    public void Any_text_gives_a_preset_or_faults_and_never_throws() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i])
            .Array[0, 30].Select(string.Concat).Sample(text => (PresetText.Read(text, out var faults) is null) == !faults.IsEmpty, iter: 20_000);

    [Fact]
    public void Every_field_refuses_what_lies_just_outside_its_range()
    {
        foreach (var field in PresetFields.All.Where(f => f.Kind is PresetFieldKind.Whole or PresetFieldKind.Number))
        {
            foreach (var (value, sound) in new[] { (field.Least, true), (field.Most, true), (field.Least - .01, false), (field.Most + .01, false), (field.Least - 1, false), (field.Most + 1, false) })
            {
                var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
                var dot = field.Path.IndexOf('.');
                var json = dot < 0
                    ? $$"""{ "version": {{text}}, "name": "mine", "about": "For me." }"""
                    : $$"""{ {{Head}}, "{{field.Path[..dot]}}": { "{{field.Path[(dot + 1)..]}}": {{text}} } }""";
                Assert.Equal(sound, !Faults(json).Any(f => f.StartsWith(field.Path + ": found " + text + "; allowed is a", StringComparison.Ordinal) && !f.Contains("at least", StringComparison.Ordinal)));
            }
        }
    }

    private static List<string> Faults(string json)
    {
        Assert.Null(PresetText.Read(json, out var faults) is null || faults.IsEmpty ? null : "a preset with faults");
        return [.. faults.Select(f => f.ToString())];
    }
}
