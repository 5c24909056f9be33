
namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>What is to be done about a job next.</summary>
public enum JobStep
{
    /// <summary>Send it.</summary>
    Submit,

    /// <summary>Look whether it was taken: the answer was lost.</summary>
    Find,

    /// <summary>Ask how it stands.</summary>
    Poll,

    /// <summary>Fetch its results.</summary>
    Results,

    /// <summary>Call it off.</summary>
    Cancel,

    /// <summary>Nothing any more.</summary>
    Closed,
}
