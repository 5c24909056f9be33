using System.Collections.Immutable;
using QuantumImprov.Audio;
using QuantumImprov.Audio.Files;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Files;

/// <summary>How recordings sound: both parts on channels of their own, the performer a little left, the partner a little right.</summary>
public static class Sound
{
    /// <summary>Frames a second of files.</summary>
    public const int SampleRate = 48000;

    private const int PerformerChannel = 0, PartnerChannel = 1, PerformerProgram = 0, Pan = 10;

    /// <summary>The sound <paramref name="preset"/> asks for.</summary>
    public static SoundChoice Choice(Preset preset) => new()
    {
        Source = preset.Synth == "fluid" ? SoundSource.SoundFont : SoundSource.BuiltIn,
        SoundFont = preset.SoundFont.Length > 0 ? preset.SoundFont : null,
        Program = preset.Program - 1,
        Bank = preset.Bank,
        Gain = preset.Gain,
    };

    /// <summary>Renders <paramref name="recording"/> (track 0 the performer, 1 the partner) into a WAV file; what is worth knowing about the synth goes to <paramref name="remarks"/>.</summary>
    /// <exception cref="Refusal">The file cannot be written.</exception>
    public static void Render(Performance recording, Preset preset, string path, IProgress<double>? progress, TextWriter remarks)
    {
        var synth = Synths.Create(Choice(preset), SampleRate, out var note);
        if (note.Length > 0 && preset.Synth == "fluid") remarks.WriteLine($"quantumimprov: {note}");
        try
        {
            OfflineRenderer.RenderToFile(Score(recording, preset), synth, path, progress: progress);
        }
        catch (AudioFileException e)
        {
            throw new Refusal(e.Message);
        }
        finally
        {
            (synth as IDisposable)?.Dispose();
        }
    }

    private static ImmutableArray<TimedMessage> Score(Performance recording, Preset preset)
    {
        var start = new HostTime(0);
        var partnerTrack = Math.Max(1, recording.TrackNames.IndexOf("partner"));
        return
        [
            new TimedMessage(start, ShortMessage.Program(PerformerChannel, PerformerProgram)),
            new TimedMessage(start, ShortMessage.Control(PerformerChannel, Pan, 48)),
            new TimedMessage(start, ShortMessage.Program(PartnerChannel, preset.Program - 1)),
            new TimedMessage(start, ShortMessage.Control(PartnerChannel, Pan, 80)),
            .. Enumerable.Range(2, VoiceRules.Most - 1).Where(n => preset.Voice(n).IsOn).SelectMany(n => VoiceSetting(n, start, preset)),
            .. recording.Messages
                .Where(m => m.Message.Kind is >= 0x80 and < 0xF0 and not 0xC0 && m.Message.Channel != 9)
                .Select(m => new TimedMessage(recording.Map.ToHost(m.At), OnChannel(m.Message, m.Track == partnerTrack ? VoiceChannel(m.Message.Channel, preset) : PerformerChannel))),
        ];
    }

    // The voices beside the leading one, from left to right.
    private static TimedMessage[] VoiceSetting(int number, HostTime start, Preset preset)
    {
        var program = preset.Voice(number) is { Program: > 0 and var own } ? own : preset.PlayedBy(number).Program;
        return [new TimedMessage(start, ShortMessage.Program(PartnerChannel + number - 1, program - 1)), new TimedMessage(start, ShortMessage.Control(PartnerChannel + number - 1, Pan, 40 + 16 * number))];
    }

    // The channel here of the voice that played on a channel there.
    private static int VoiceChannel(int channel, Preset preset)
    {
        for (var number = 2; number <= VoiceRules.Most && channel != preset.Channel - 1; number++)
        {
            if (preset.Voice(number) is { IsOn: true } voice && voice.Channel - 1 == channel) return PartnerChannel + number - 1;
        }

        return PartnerChannel;
    }

    private static ShortMessage OnChannel(ShortMessage message, int channel) => message with { Status = (byte)(message.Kind | channel) };
}
