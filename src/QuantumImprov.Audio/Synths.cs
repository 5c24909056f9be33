using QuantumImprov.Audio.Fluid;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio;

/// <summary>The one door to a synth. [worker]: it may load a library and read a file of hundreds of megabytes.</summary>
public static class Synths
{
    /// <summary>
    /// The synth of <paramref name="choice"/> when it can be had, else the built-in one. Dispose it after use if it is <see cref="IDisposable"/>, when no
    /// callback renders from it any more.
    /// </summary>
    /// <param name="choice">What is wanted.</param>
    /// <param name="sampleRate">Frames a second, 8,000 to 384,000; FluidSynth knows no more than 96,000.</param>
    /// <param name="note">Why it is not what was asked for, in one sentence; empty when it is.</param>
    /// <exception cref="ArgumentException"><paramref name="choice"/> has faults; the message names all of them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A sample rate outside its range.</exception>
    public static ISynth Create(SoundChoice choice, int sampleRate, out string note)
    {
        var faults = choice.Faults();
        if (faults.Count > 0) throw new ArgumentException(string.Join(" ", faults));
        note = "";
        if (choice.Source == SoundSource.SoundFont)
        {
            if (FluidSynth.TryOpen(choice, sampleRate, out var fluid, out var problem)) return fluid;
            note = $"{problem} The built-in synth plays instead.";
        }

        return new BuiltInSynth(sampleRate, choice.Program, choice.Gain);
    }
}
