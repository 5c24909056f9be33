using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;
using QuantumImprov.Plugin.Shots;

namespace QuantumImprov.Plugin.Tests.Processing;

/// <summary>A host of one processor: gives it a song in blocks, and keeps what comes out with its sample.</summary>
internal sealed class Rig
{
    private readonly float[] _left = new float[8192], _right = new float[8192];

    internal Rig(Action<ParameterValues>? set = null, Incoming? music = null, DeviceShots? shots = null)
    {
        Values[ParameterTable.Seed] = 7;
        set?.Invoke(Values);
        Processor = new Processor(Values, music ?? Incoming.From(null), Song.Rate, 99, shots);
    }

    internal ParameterValues Values { get; } = new();

    internal Processor Processor { get; }

    internal long Now { get; private set; }

    internal List<(long Sample, ShortMessage Message)> Out { get; } = [];

    /// <summary>Whether the host has a transport that runs at this tempo from sample 0.</summary>
    internal double? Tempo { get; init; }

    internal void Play(IReadOnlyList<(long Sample, ShortMessage Message)> song, long until, Func<int> size, Action<long>? before = null)
    {
        var next = 0;
        while (next < song.Count && song[next].Sample < Now) next++;
        while (Now < until)
        {
            var frames = (int)Math.Min(size(), until - Now);
            Processor.Begin(frames);
            before?.Invoke(Now);
            if (Tempo is { } tempo)
            {
                var quarters = Now / (double)Song.Rate * tempo / 60;
                Processor.Follow(0, new SongPlace(tempo, Now / (double)Song.Rate, quarters, Math.Floor(quarters / 4) * 4, 4, 4, true));
            }

            for (; next < song.Count && song[next].Sample < Now + frames; next++) Processor.Hear((int)(song[next].Sample - Now), song[next].Message);
            Processor.End(_left.AsSpan(0, frames), _right.AsSpan(0, frames));
            foreach (var (offset, message) in Processor.Played.All)
            {
                if ((uint)offset >= (uint)frames) Assert.Fail($"A message at {offset} of {frames} samples.");
                Out.Add((Now + offset, message));
            }

            Processor.Took(Processor.Played.All.Length);
            Now += frames;
        }
    }
}
