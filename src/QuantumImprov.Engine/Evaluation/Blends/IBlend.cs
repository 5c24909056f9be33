using QuantumImprov.Engine.Choosing;

namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>One way of making a law of the members' laws, with what it has learned and what it remembers of the melody. [engine]</summary>
public interface IBlend
{
    /// <summary>Its name among the models.</summary>
    string Name { get; }

    /// <summary>A new melody begins; what was learned stays.</summary>
    void Restart();

    /// <summary>Writes the law of the next note, one entry a candidate, sum 1.</summary>
    void WriteLaw(MemberLaws laws, Span<double> law);

    /// <summary>
    /// The note at index <paramref name="played"/> came: one gradient step at <paramref name="rate"/> (0 learns nothing), then the memory moves on. Returns the bits that the law before the step
    /// had needed for it.
    /// </summary>
    double Hear(MemberLaws laws, int played, double rate);
}
