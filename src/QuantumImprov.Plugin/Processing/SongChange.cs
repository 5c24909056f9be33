namespace QuantumImprov.Plugin.Processing;

/// <summary>What became of the host's song.</summary>
[Flags]
internal enum SongChange
{
    /// <summary>It goes on.</summary>
    None = 0,

    /// <summary>It began to run.</summary>
    Started = 1,

    /// <summary>It stopped.</summary>
    Stopped = 2,

    /// <summary>It runs on at another place.</summary>
    Jumped = 4,

    /// <summary>Tempo, metre or the place in the bar are others.</summary>
    Beat = 8,
}
