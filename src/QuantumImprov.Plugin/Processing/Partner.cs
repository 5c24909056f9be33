using System.Diagnostics;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Shots;
using QuantumImprov.Plugin.State;

namespace QuantumImprov.Plugin.Processing;

/// <summary>
/// One instance of the plugin, whatever the format: its parameters and what it has learned live as long as it does, its <see cref="Processor"/> from activation to deactivation. Members belong to the host's main thread; the processor's to its
/// audio thread, which may run at the same time as <see cref="Save"/> and <see cref="Load"/>.
/// </summary>
internal sealed class Partner
{
    private const int MostTries = 200;
    private static ulong _instances;
    private readonly ulong _ownSeed = unchecked((ulong)Stopwatch.GetTimestamp() * 0x9E3779B97F4A7C15 + Interlocked.Increment(ref _instances));
    private Incoming? _music;
    private RepertoireContent? _content;

    /// <summary>Where the parameters stand.</summary>
    internal ParameterValues Values { get; } = new();

    /// <summary>Plays; null while not active.</summary>
    internal Processor? Processor { get; private set; }

    /// <summary>Shots that the program has handed over; null while not active, and where there are none.</summary>
    internal DeviceShots? Shots { get; private set; }

    /// <summary>What was wrong with the state loaded last, in a sentence; null: nothing.</summary>
    internal string? Complaint { get; private set; }

    /// <summary>Whether an exception has stopped it somewhere in its work, until it is deactivated.</summary>
    internal bool IsTorn { get; set; }

    /// <summary>Gets ready to play at <paramref name="rate"/> samples a second. Takes all memory that playing needs.</summary>
    internal void Activate(double rate)
    {
        if (Processor is not null) Deactivate();
        WarmUp.Once();
        // With a seed every pass of the song begins with what was known before the first.
        if (_music is { Music.NotesHeard: > 0 } && Values[ParameterTable.Seed] > 0) _music = null;
        if (_music is null) _music = Incoming.From(_content);
        else _music.Reserve();
        OpenShots();
        Processor = new Processor(Values, _music, double.IsFinite(rate) && rate > 0 ? rate : 48_000, _ownSeed, Shots);
        Shots?.Start();
        Quiet.Enter();
    }

    /// <summary>Plays no more. What was learned stays.</summary>
    internal void Deactivate()
    {
        if (Processor is not { } processor)
        {
            CloseShots();
            return;
        }

        // Nothing of what is known stays half learned or half forgotten.
        if (!IsTorn) processor.Finish();
        _music = processor.Waiting ?? (IsTorn ? null : processor.Taken);
        IsTorn = false;
        for (var i = 0; i < ParameterTable.All.Length; i++) Values[i] = ParameterTable.All[i].IsMeter ? 0 : processor.Wanted(i);
        Processor = null;
        CloseShots();
        Quiet.Leave();
    }

    private void OpenShots()
    {
        CloseShots();
        Shots = DeviceShots.Open(DeviceShots.Place);
        if (Shots is null || !Processor.WantsShots(Values)) return;
        Shots.IsWanted = true;
        Shots.FillNow();
    }

    private void CloseShots()
    {
        Shots?.Close();
        Shots = null;
    }

    /// <summary>A parameter is moved while nothing is played, or by a host that has no other way.</summary>
    internal void Turn(int index, double value)
    {
        if (ParameterTable.All[index].IsMeter) return;
        if (Processor is null) Values[index] = ParameterTable.All[index].Clean(value);
        else Processor.Turn(0, index, value);
    }

    /// <summary>Everything that belongs into the host's project.</summary>
    internal byte[] Save()
    {
        var values = new ParameterValues();
        for (var i = 0; i < ParameterTable.All.Length; i++) values[i] = Value(i);
        return PluginState.Write(values, values[ParameterTable.Seed] > 0 || Processor is { Waiting: not null } ? _content : Learned());
    }

    /// <summary>Where the parameter at <paramref name="index"/> stands, or will with the next block.</summary>
    internal double Value(int index) => Processor is { } processor ? processor.Wanted(index) : Values[index];

    /// <summary>
    /// Becomes what <paramref name="state"/> holds, as <see cref="Save"/> gave it. When it is damaged or of a newer version everything is as in a new instance, and <see cref="Complaint"/> says why; false then.
    /// </summary>
    /// <param name="state">The bytes.</param>
    /// <param name="parameters">Whether the parameters go where they stood; not where the host puts them there itself.</param>
    internal bool Load(ReadOnlySpan<byte> state, bool parameters = true)
    {
        var loaded = PluginState.Read(state, out var fault);
        Complaint = fault;
        _content = loaded.Content;
        var music = Processor is null ? null : Incoming.From(_content);
        for (var i = 0; parameters && i < ParameterTable.All.Length; i++)
        {
            // A press is no state, and neither is what is only shown.
            if (ParameterTable.All[i].IsMeter) continue;
            if (ParameterTable.All[i].Kind == ParameterKind.Press) Values[i] = 0;
            else if (Processor is null) Values[i] = loaded.Values[i];
            else Processor.Request(i, loaded.Values[i]);
        }

        if (Processor is null) _music = null;
        else Processor.Bring(music!);
        return fault is null;
    }

    // As it is between two changes; the audio thread never waits for whoever looks.
    private RepertoireContent? Learned()
    {
        if (Processor is not { } processor) return _music is { Music.NotesHeard: > 0 } kept ? kept.Music.ToContent() : _content;
        for (var i = 0; i < MostTries; i++)
        {
            var before = processor.Learnings;
            var music = processor.Taken;
            try
            {
                if ((before & 1) == 0)
                {
                    var content = music.Music.NotesHeard > 0 ? music.Music.Copy() : _content;
                    if (processor.Learnings == before) return content;
                }
            }
            catch (Exception torn) when (torn is ArgumentException or IndexOutOfRangeException or InvalidOperationException or NullReferenceException)
            {
                // It changed while it was read: once more.
            }

            Thread.Sleep(1);
        }

        return _content;
    }
}
