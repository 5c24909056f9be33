using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Storage.Repertoires;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Tests.Support;

/// <summary>Generators of everything that may be stored.</summary>
internal static class Any
{
    internal static readonly Gen<string> Text = Gen.Char["aZ09 \"\\/\n\t\r{}[],:\u0000\u007f\u00e9\u2028\u4e2d<>&'+"].Array[0, 20].Select(letters => new string(letters));

    internal static readonly Gen<Metre> Metre = Gen.Select(Gen.Int[1, 32], Gen.Int[0, 5]).Select((numerator, power) => Engine.Music.Metre.Of(numerator, 1 << power));

    private const long MostTicks = RepertoireLimits.MostQuarters * Beats.PerQuarter;

    private static readonly Gen<LearnedNote> Note =
        Gen.Select(Gen.Long[-MostTicks, MostTicks], Gen.Long[0, MostTicks], Gen.Int[0, 127], Gen.Byte[1, 127])
            .Select((onset, duration, pitch, velocity) => new LearnedNote(new Beats(onset), new Beats(duration), new Pitch(pitch), velocity));

    private static readonly Gen<LearnedPhrase> Phrase =
        Gen.Select(Note.Array[0, 12], Metre, Text, Gen.Bool).Select((notes, metre, source, favoured) => new LearnedPhrase([.. notes], metre, source) { Favoured = favoured });

    private static readonly Gen<double> Number = Gen.Double[-RepertoireLimits.LargestAmplitude, RepertoireLimits.LargestAmplitude];

    private static readonly Gen<AmplitudeTable> Table =
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 5]).SelectMany((members, classes) =>
            Gen.Select(Text.Select(name => "m" + name).Array[members], Number.Array[members * classes], Number.Array[members * classes], Gen.OneOf(Gen.Const(0), Gen.Const(4), Gen.Const(16)).SelectMany(size => Number.Array[members * size]), Gen.Int[0, 1].SelectMany(each => Number.Array[members * each]))
                .Select((names, weights, tempers, steps, accords) => new AmplitudeTable([.. names], classes, [.. weights], [.. tempers], [.. steps]) { Accords = [.. accords] }));

    internal static readonly Gen<RepertoireContent> Content =
        Gen.Select(Phrase.Array[0, 8], Table, Gen.Bool).Select((phrases, table, has) => new RepertoireContent([.. phrases], has ? table : null));

    internal static readonly Gen<ShortMessage> Message =
        Gen.Select(Gen.Byte[0x80, 0xEF], Gen.Byte[0, 127], Gen.Byte[0, 127]).Select((status, data1, data2) => new ShortMessage(status, data1, data2));

    internal static readonly Gen<Tempo> Tempo =
        Gen.OneOf(Gen.Double[Engine.Music.Tempo.Slowest, Engine.Music.Tempo.Fastest].Select(Engine.Music.Tempo.FromBpm), Gen.Int[1, 16_777_215].Select(Engine.Music.Tempo.FromMicrosecondsPerQuarter));
}
