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
}
