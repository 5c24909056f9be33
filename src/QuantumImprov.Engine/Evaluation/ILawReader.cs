namespace QuantumImprov.Engine.Evaluation;

/// <summary>Is told every law before the note is known.</summary>
public interface ILawReader
{
    /// <summary>The law of note <paramref name="index"/> (from 0) of a melody, one entry for each pitch of the set's alphabet; valid during the call. From the thread of its fold.</summary>
    void Read(int fold, Melody melody, int index, ReadOnlySpan<double> law);
}
