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

    /// <summary>Something that needs no more than a name and a number: an action, a dial, the tempo.</summary>
    Ask,

    /// <summary>Another preset.</summary>
    Preset,

    /// <summary>What is known is to be stored, to be recalled.</summary>
    Store,

    /// <summary>What was stored is to be known again.</summary>
    Recall,

    /// <summary>One of our ports is to be connected, or parted.</summary>
    Cable,

    /// <summary>The shared transport is to roll, or to stop.</summary>
    Transport,

    /// <summary>A control is to be learned.</summary>
    Learn,

    /// <summary>A decision is to be shown.</summary>
    Decision,

    /// <summary>A decision's circuit is wanted as OpenQASM.</summary>
    Qasm,
}
