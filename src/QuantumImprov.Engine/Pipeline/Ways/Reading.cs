namespace QuantumImprov.Engine.Pipeline.Ways;

/// <summary>How much of the phrase being played a way of playing is going to read.</summary>
internal enum Reading
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The notes that are over.</summary>
    WhatIsOver,

    /// <summary>All of it: it is closed.</summary>
    Whole,
}
