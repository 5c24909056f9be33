using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Session;

/// <summary>Keeps what every answer of a concert was planned to be. Allocates a little each answer: for concerts on virtual time.</summary>
public sealed class AnswerLog
{
    private readonly List<PlannedAnswer> _plans = [];

    /// <summary>Listens to <paramref name="answering"/> from now on.</summary>
    public AnswerLog(Answering answering) => answering.Planned += Write;

    /// <summary>The plans of which something sounded in <paramref name="partner"/>, in order: a plan that was made again before its first note is not among them.</summary>
    public IEnumerable<PlannedAnswer> Sounded(IEnumerable<Beats> partner)
    {
        var onsets = partner.Order().ToArray();
        for (var i = 0; i < _plans.Count; i++)
        {
            var until = i + 1 < _plans.Count ? Beats.Min(_plans[i].End, _plans[i + 1].Start) : _plans[i].End;
            var notes = onsets.Count(at => at >= _plans[i].Start && at < until);
            if (notes > 0) yield return _plans[i] with { Notes = notes };
        }
    }

    // Made at the same place or before it, the plan before has become idle.
    private void Write(AnswerPlan plan)
    {
        while (_plans.Count > 0 && _plans[^1].Start >= plan.Start) _plans.RemoveAt(_plans.Count - 1);
        _plans.Add(new PlannedAnswer(plan.Start, plan.End, plan.InWords(), 0));
    }
}
