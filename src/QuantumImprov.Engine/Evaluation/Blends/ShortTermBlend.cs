using QuantumImprov.Engine.Choosing;

namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>The council over the short-term members alone: what can be known of a melody from nothing but itself. [engine]</summary>
public sealed class ShortTermBlend : IBlend
{
    private readonly MemoryBlend _council;
    private readonly int _first, _members;
    private MemberLaws? _own;

    /// <summary>Over the members from <paramref name="first"/> on.</summary>
    public ShortTermBlend(int first, int members, int classes, string name, ulong seed)
    {
        (_first, _members, Name) = (first, members - first, name);
        _council = new MemoryBlend(_members, classes, 4, MemoryForm.Kept, name, seed);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Restart() => _council.Restart();

    /// <inheritdoc/>
    public void WriteLaw(MemberLaws laws, Span<double> law) => _council.WriteLaw(Own(laws), law);

    /// <inheritdoc/>
    public double Hear(MemberLaws laws, int played, double rate) => _council.Hear(Own(laws), played, rate);

    private MemberLaws Own(MemberLaws laws)
    {
        _own ??= new MemberLaws(_members, laws.Most);
        _own.Begin(laws.Candidates);
        laws.Laws[(_first * laws.Candidates)..].CopyTo(_own.Laws);
        laws.Confidence.AsSpan(_first).CopyTo(_own.Confidence);
        _own.Complete();
        return _own;
    }
}
