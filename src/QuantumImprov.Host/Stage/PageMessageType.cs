namespace QuantumImprov.Host.Stage;

/// <summary>What a page can say.</summary>
internal enum PageMessageType : byte
{
    /// <summary>Something was played.</summary>
    Midi,

    /// <summary>What time is it?</summary>
    Ping,

    /// <summary>Silence, now.</summary>
    Panic,

    /// <summary>The phrase being played, or else the last one, is to be forgotten.</summary>
    Forget,

    /// <summary>Only the last phrases are to be kept.</summary>
    Keep,

    /// <summary>Everything but what a fresh install knows is to be forgotten.</summary>
    Clear,
}
