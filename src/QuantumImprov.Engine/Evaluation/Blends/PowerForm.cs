namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>What a <see cref="PowerBlend"/> may learn.</summary>
public enum PowerForm
{
    /// <summary>Exponent 2: the council without memory.</summary>
    Council,

    /// <summary>The exponent as well: the classical power pool.</summary>
    Pool,

    /// <summary>The exponent as well, and the accord of the councils: the strongest classical form of them.</summary>
    AccordPool,

    /// <summary>Exponent 2, and weights down to minus their start: members may cancel each other.</summary>
    Signed,

    /// <summary>Exponent 2, and an amplitude for each member that goes on from note to note with what the member gave to what came.</summary>
    BackAction,
}
