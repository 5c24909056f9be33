using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>A host of one instance in one format, written against the published library alone.</summary>
internal abstract unsafe class HostRig : IDisposable
{
    internal const int MostFrames = 8192;

    /// <summary>What came out of the last block, in the order in which it was pushed.</summary>
    internal List<(int Offset, ShortMessage Message)> Out { get; } = new(65_536);

    /// <summary>What the plugin has told the host by itself of parameters, by their numbers.</summary>
    internal Dictionary<uint, double> Told { get; } = [];

    /// <summary>How many events the host takes a block.</summary>
    internal int Room { get; set; } = int.MaxValue;

    internal float[] Left { get; } = GC.AllocateArray<float>(MostFrames, pinned: true);

    internal float[] Right { get; } = GC.AllocateArray<float>(MostFrames, pinned: true);

    internal static HostRig Make(string format) => format switch
    {
        "clap" => new ClapRig(),
        "lv2" => new Lv2Rig(),
        _ => new Vst3Rig(),
    };

    internal abstract void Activate(double rate = 48_000);

    internal abstract void Deactivate();

    /// <summary>Runs a block; the events are in order of time.</summary>
    internal abstract void Process(int frames, ReadOnlySpan<HostedEvent> events, SongPlace? transport = null);

    /// <summary>The state, taken in pieces of at most <paramref name="piece"/> bytes.</summary>
    internal abstract byte[] Save(int piece = int.MaxValue);

    /// <summary>Gives a state back in such pieces; whether the plugin took it.</summary>
    internal abstract bool Load(byte[] state, int piece = int.MaxValue);

    internal abstract long Allocated { get; }

    public abstract void Dispose();

    /// <summary>Plays a song in blocks and gives everything that came out, by its sample.</summary>
    internal List<(long Sample, ShortMessage Message)> Play(IReadOnlyList<(long Sample, ShortMessage Message)> song, long from, long until, Func<int> size, double? tempo = 120)
    {
        var all = new List<(long, ShortMessage)>(100_000);
        var events = new HostedEvent[4096];
        var next = 0;
        while (next < song.Count && song[next].Sample < from) next++;
        for (var now = from; now < until;)
        {
            var frames = (int)Math.Min(size(), until - now);
            var count = 0;
            for (; next < song.Count && song[next].Sample < now + frames; next++) events[count++] = new HostedEvent((int)(song[next].Sample - now), song[next].Message);
            Process(frames, events.AsSpan(0, count), tempo is { } t ? At(now, t) : null);
            foreach (var (offset, message) in Out) all.Add((now + offset, message));
            now += frames;
        }

        return all;
    }

    internal static SongPlace At(long sample, double tempo, bool playing = true)
    {
        var seconds = sample / 48_000.0;
        var quarters = seconds * tempo / 60;
        return new SongPlace(tempo, seconds, quarters, Math.Floor(quarters / 4) * 4, 4, 4, playing);
    }

    /// <summary>Keeps a message that the plugin pushes; false when the host takes no more.</summary>
    protected bool Take(int offset, ShortMessage message)
    {
        if (Out.Count >= Room) return false;
        Out.Add((offset, message));
        return true;
    }
}
