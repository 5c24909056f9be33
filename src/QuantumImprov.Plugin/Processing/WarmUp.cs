using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Shots;

namespace QuantumImprov.Plugin.Processing;

/// <summary>
/// Everything is played through once in a process, unheard, before the first instance plays: what the runtime sets up when code is first reached is set up then, and not on an audio thread. Takes a second or so, and far more under load.
/// </summary>
internal static class WarmUp
{
    private const int Rate = 48_000, Frames = 2048, Notes = 8, MemoryForNotes = 512;
    private static readonly Lock Warming = new();
    private static bool _isWarm;
    private static long _sample;

    /// <summary>Plays it through if nobody has yet.</summary>
    internal static void Once()
    {
        lock (Warming)
        {
            if (_isWarm) return;
            _isWarm = true;
            PlayAll();
        }
    }

    private static void PlayAll()
    {
        var processor = new Processor(new ParameterValues(), Incoming.From(RepertoireContent.Empty, MemoryForNotes), Rate, 1, DeviceShots.Unfiled());
        Turn(processor, ParameterTable.Shots, 1);
        Turn(processor, ParameterTable.Sound, 1);
        Turn(processor, ParameterTable.Thru, 1);
        for (var preset = 0; preset < ShippedPresets.All.Length; preset++)
        {
            Turn(processor, ParameterTable.Preset, preset);
            PlayPhrase(processor);
            foreach (var parameter in ParameterTable.All)
            {
                if (parameter == ParameterTable.Preset) continue;
                Turn(processor, parameter, parameter.Most);
                Turn(processor, parameter, parameter.IsStepped ? parameter.Least : parameter.Most / 2);
                if (parameter.Kind == ParameterKind.Press) PlayPhrase(processor);
            }

            Turn(processor, ParameterTable.Sound, 1);
            Turn(processor, ParameterTable.Channel, 1);
        }

        for (var way = 1; way <= ParameterTable.Way.Most; way++)
        {
            Turn(processor, ParameterTable.Way, way);
            Turn(processor, ParameterTable.TakeOver, way & 1);
            PlayPhrase(processor);
        }

        processor.Reset();
        Block(processor, default);
    }

    // A phrase with a chord and a pedal, and time to answer it, in a song that runs, jumps and stops.
    private static void PlayPhrase(Processor processor)
    {
        for (var note = 0; note < Notes; note++)
        {
            var key = 60 + note * 5 % 12;
            Block(processor, ShortMessage.NoteOn(0, key, 90), note == 3 ? ShortMessage.NoteOn(0, key - 4, 80) : ShortMessage.Control(0, 67, note == 5 ? 127 : 0));
            Block(processor, default);
            Block(processor, ShortMessage.NoteOff(0, key), note == 3 ? ShortMessage.NoteOff(0, key - 4) : ShortMessage.Control(0, 64, 0));
        }

        for (var i = 0; i < 2 * Rate / Frames; i++) Block(processor, default);
    }

    private static void Block(Processor processor, ShortMessage first, ShortMessage second = default)
    {
        Span<float> left = stackalloc float[Frames], right = stackalloc float[Frames];
        processor.Begin(Frames);
        var quarters = _sample / (double)Rate * 2 % 64;
        processor.Follow(0, new SongPlace(120, _sample / (double)Rate % 32, quarters, Math.Floor(quarters / 4) * 4, 4, 4, _sample / Frames % 400 > 10));
        if (first.Status != 0) processor.Hear(1, first);
        if (second.Status != 0) processor.Hear(2, second);
        processor.End(left, right);
        processor.Took(processor.Played.All.Length);
        _sample += Frames;
    }

    private static void Turn(Processor processor, Parameter parameter, double value)
    {
        processor.Begin(Frames);
        processor.Turn(0, ParameterTable.IndexOf(parameter), value);
        Span<float> none = [];
        processor.End(none, none);
        processor.Took(processor.Played.All.Length);
    }
}
