using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Fluid;

/// <summary>
/// FluidSynth with one SoundFont, all sixteen channels, percussion on channel 10 (index 9). Messages act at FluidSynth's own steps of 64 frames. The limiter of
/// the built-in synth stands behind it. [player]; opening and disposing are for a [worker], disposing only after the last <see cref="Render"/>.
/// </summary>
public sealed unsafe class FluidSynth : ISynth, IDisposable
{
    // FluidSynth is set to its unit gain, at which one note of a General MIDI piano measures about -35 dBFS; this brings it near the built-in synth's level.
    private const double UsualGain = 4;

    private readonly Limiter _limiter;
    private readonly int _font;
    private readonly int _bank;
    private readonly int _program;
    private readonly float _gain;
    private nint _settings;
    private nint _synth;

    private FluidSynth(nint settings, nint synth, int font, SoundChoice choice, string soundFont, int sampleRate)
    {
        _settings = settings;
        _synth = synth;
        _font = font;
        _bank = choice.Bank;
        _program = choice.Program;
        _gain = (float)(choice.Gain * UsualGain);
        SoundFont = soundFont;
        SampleRate = sampleRate;
        _limiter = new Limiter(sampleRate);
    }

    /// <summary>Whether libfluidsynth is there, and if not, what to do about it in one sentence (else empty). [worker]</summary>
    public static bool IsInstalled(out string problem)
    {
        problem = FluidLibrary.Problem;
        return problem.Length == 0;
    }

    /// <inheritdoc/>
    [RealTime]
    public int SampleRate { get; }

    /// <summary>The SoundFont that is loaded.</summary>
    public string SoundFont { get; }

    /// <summary>Opens FluidSynth and loads the SoundFont, which takes 30 to 300 ms. [worker]</summary>
    /// <param name="choice">SoundFont, gain, program and bank; its source is not looked at.</param>
    /// <param name="sampleRate">Frames a second, 8,000 to 96,000.</param>
    /// <param name="synth">The synth; null when false.</param>
    /// <param name="problem">What is missing and what to do about it, in one sentence; empty when true.</param>
    public static bool TryOpen(SoundChoice choice, int sampleRate, [NotNullWhen(true)] out FluidSynth? synth, out string problem)
    {
        synth = null;
        var faults = choice.Faults();
        if (faults.Count > 0)
        {
            problem = faults[0];
            return false;
        }

        if (!IsInstalled(out problem)) return false;
        if (sampleRate is < 8_000 or > 96_000)
        {
            problem = $"FluidSynth renders 8000 to 96000 frames a second, not {sampleRate}.";
            return false;
        }

        var file = choice.SoundFont ?? SoundFonts.Find().FirstOrDefault();
        problem = Unfit(file);
        if (problem.Length > 0) return false;

        var settings = FluidLibrary.NewSettings();
        Set(settings, "synth.sample-rate"u8, (double)sampleRate);
        Set(settings, "synth.gain"u8, 1.0);
        Set(settings, "synth.lock-memory"u8, 0);

        // One thread at a time is our contract, so the library need not lock in the audio callback.
        Set(settings, "synth.threadsafe-api"u8, 0);
        var handle = FluidLibrary.NewSynth(settings);
        if (handle == 0)
        {
            FluidLibrary.DeleteSettings(settings);
            problem = "FluidSynth could not be started: it gave no reason.";
            return false;
        }

        var font = Load(handle, file!);
        var opened = new FluidSynth(settings, handle, font, choice, file!, sampleRate);
        if (font == FluidLibrary.Failed) problem = $"The SoundFont {file} is damaged; install it again, or choose another .sf2 file.";
        else if (!opened.SelectPrograms()) problem = $"The SoundFont {file} has no program {choice.Program} in bank {choice.Bank}; choose another program or bank.";
        if (problem.Length > 0)
        {
            opened.Dispose();
            return false;
        }

        opened.Warm();
        synth = opened;
        return true;
    }

    /// <inheritdoc/>
    [RealTime]
    public void Handle(ShortMessage message)
    {
        if (_synth == 0) return;
        if (message.Status == 0xFF)
        {
            FluidLibrary.SystemReset(_synth);
            SelectPrograms();
        }

        if (message.Status is < 0x80 or >= 0xF0) return;
        var channel = message.Channel;
        var first = message.Data1 & 127;
        var second = message.Data2 & 127;
        switch (message.Status & 0xF0)
        {
            case 0x80: FluidLibrary.NoteOff(_synth, channel, first); break;
            case 0x90 when second == 0: FluidLibrary.NoteOff(_synth, channel, first); break;
            case 0x90: FluidLibrary.NoteOn(_synth, channel, first, second); break;
            case 0xA0: FluidLibrary.KeyPressure(_synth, channel, first, second); break;
            case 0xB0: FluidLibrary.Control(_synth, channel, first, second); break;
            case 0xC0: FluidLibrary.ChangeProgram(_synth, channel, first); break;
            case 0xD0: FluidLibrary.ChannelPressure(_synth, channel, first); break;
            case 0xE0: FluidLibrary.Bend(_synth, channel, first | (second << 7)); break;
        }
    }

    /// <inheritdoc/>
    [RealTime]
    public void Render(Span<float> left, Span<float> right)
    {
        var frames = Math.Min(left.Length, right.Length);
        if (_synth == 0 || frames == 0)
        {
            left.Clear();
            right.Clear();
            return;
        }

        fixed (float* l = left, r = right) FluidLibrary.WriteFloat(_synth, frames, l, 0, 1, r, 0, 1);
        for (var i = 0; i < frames; i++)
        {
            left[i] *= _gain;
            right[i] *= _gain;
            _limiter.Process(ref left[i], ref right[i]);
        }
    }

    /// <summary>Lets the library and the SoundFont go; afterwards it renders silence.</summary>
    public void Dispose()
    {
        var synth = Interlocked.Exchange(ref _synth, 0);
        if (synth != 0) FluidLibrary.DeleteSynth(synth);
        var settings = Interlocked.Exchange(ref _settings, 0);
        if (settings != 0) FluidLibrary.DeleteSettings(settings);
    }

    /// <summary>Puts the chosen program on every channel but percussion; false when the SoundFont does not have it.</summary>
    [RealTime]
    private bool SelectPrograms()
    {
        var all = true;
        for (var channel = 0; channel < 16; channel++)
        {
            if (channel != 9) all &= FluidLibrary.SelectProgram(_synth, channel, _font, _bank, _program) != FluidLibrary.Failed;
        }

        return all;
    }

    // Compiles the way of a note before the first one is played, so that no audio callback waits for the compiler.
    private void Warm()
    {
        Span<float> silence = stackalloc float[64];
        Handle(ShortMessage.NoteOff(0, 60));
        Render(silence, silence);
    }

    /// <summary>
    /// Why <paramref name="file"/> cannot be loaded; empty when nothing speaks against it. The library would find out itself, but not without its parts
    /// writing to standard error.
    /// </summary>
    private static string Unfit(string? file)
    {
        if (file is null)
            return $"No SoundFont was found (looked in {string.Join(", ", SoundFonts.Folders)}): on Debian and Ubuntu, apt install timgm6mb-soundfont; elsewhere put any .sf2 file there.";
        if (Directory.Exists(file)) return $"{file} is a folder, not a SoundFont; give the name of an .sf2 file.";
        if (!File.Exists(file)) return $"There is no SoundFont {file}; give the name of an .sf2 file, or none to take the first of the usual folders.";
        try
        {
            using var stream = File.OpenRead(file);
            var head = new byte[12];
            var got = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (got < 12 || !head.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !head.AsSpan(8, 4).SequenceEqual("sfbk"u8))
                return $"{file} is not a SoundFont; an .sf2 file is needed.";
            var promised = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)) + 8L;
            return stream.Length >= promised
                ? ""
                : $"The SoundFont {file} is cut short: {stream.Length} of {promised} bytes are there; install it again, or choose another .sf2 file.";
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return $"The SoundFont {file} cannot be read: {cause.Message.TrimEnd('.')}.";
        }
    }

    private static int Load(nint synth, string file)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(file + '\0')) return FluidLibrary.LoadSoundFont(synth, name, 1);
    }

    private static void Set(nint settings, ReadOnlySpan<byte> name, double value)
    {
        fixed (byte* n = name) FluidLibrary.SetNumber(settings, n, value);
    }

    private static void Set(nint settings, ReadOnlySpan<byte> name, int value)
    {
        fixed (byte* n = name) FluidLibrary.SetInteger(settings, n, value);
    }
}
