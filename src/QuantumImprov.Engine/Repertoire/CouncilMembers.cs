using System.Collections.Immutable;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// What has been learned, as the members of the council: each default viewpoint once long-term and once short-term. Learns note by note and can take a sequence
/// back exactly. Allocates only when its trees grow. [engine]
/// </summary>
public sealed class CouncilMembers
{
    /// <summary>In so many parts the members can be asked, and taught.</summary>
    internal const int Parts = 6, LearningParts = 3;

    private readonly LawWorkspace _workspace;
    private readonly bool _keepTime;
    private readonly int[] _seen;

    /// <summary>Members over <paramref name="viewpoints"/>, long-term ones first; with <paramref name="keepTime"/> their lines keep the time of notes by themselves.</summary>
    public CouncilMembers(ImmutableArray<Viewpoint> viewpoints, bool keepTime = false)
    {
        _keepTime = keepTime;
        Members = [.. viewpoints.Select(v => new Member(v, Term.Long)), .. viewpoints.Select(v => new Member(v, Term.Short))];
        Phased = [.. Members.Select((m, k) => (k % viewpoints.Length % 2 == 0) == (m.Term == Term.Short))];
        _seen = new int[Members.Length];
        _workspace = new LawWorkspace(viewpoints.Max(v => v.Symbols));
    }

    /// <summary>The members, in the order of all member-by-member arrays.</summary>
    public ImmutableArray<Member> Members { get; }

    /// <summary>Whom the phase dial turns: each viewpoint in one of its terms, neighbours in different ones, so that both halves know what is likely.</summary>
    public ImmutableArray<bool> Phased { get; }

    /// <summary>A new line in these members' memory.</summary>
    public MelodicLine NewLine() => new(Members.Length, _keepTime);

    /// <summary>
    /// Writes every member's law over <paramref name="candidates"/> after <paramref name="line"/>, row by row into <paramref name="laws"/> (members x
    /// candidates), and every member's confidence class into <paramref name="confidence"/>: 37 classes of context times 4 of recency.
    /// </summary>
    public void Laws(MelodicLine line, ReadOnlySpan<int> candidates, Span<double> laws, Span<int> confidence)
    {
        for (var part = 0; part < Parts; part++) Laws(line, candidates, laws, confidence, part);
    }

    /// <summary>The same for part <paramref name="part"/> of the members, from 0 to <see cref="Parts"/> - 1, alone.</summary>
    internal void Laws(MelodicLine line, ReadOnlySpan<int> candidates, Span<double> laws, Span<int> confidence, int part)
    {
        line.Expect();
        var context = line.Context;
        var viewpoints = Members.Length / 2;
        for (var view = viewpoints * part / Parts; view < viewpoints * (part + 1) / Parts; view++)
        {
            var viewpoint = Members[view].Viewpoint;
            var sees = viewpoint.SeesNote(context);
            // Long-term and short-term look at the same.
            var symbols = sees ? _workspace.Symbols(viewpoint, context, candidates) : default;
            for (var k = view; k < Members.Length; k += viewpoints)
            {
                var law = laws.Slice(k * candidates.Length, candidates.Length);
                var context37 = 0;
                if (sees) context37 = Members[k].Law(line.Paths[k], symbols, _workspace, law);
                else law.Fill(1.0 / candidates.Length);
                confidence[k] = context37 + Member.ConfidenceClasses * line.RecencyClass(k);
            }
        }
    }

    /// <summary>Confidence classes in all.</summary>
    public const int ConfidenceClasses = Member.ConfidenceClasses * 4;

    /// <summary>Learns that <paramref name="pitch"/> followed <paramref name="line"/> and moves the line on. Short-term members learn only when <paramref name="live"/>.</summary>
    public void Learn(MelodicLine line, int pitch, bool live)
    {
        for (var part = 0; part < LearningParts; part++) Learn(line, pitch, live, part);
    }

    /// <summary>The same for part <paramref name="part"/> of the members, from 0 to <see cref="LearningParts"/> - 1, alone; the line moves on with the last.</summary>
    internal void Learn(MelodicLine line, int pitch, bool live, int part)
    {
        Step(line, pitch, live, learn: true, Members.Length * part / LearningParts, Members.Length * (part + 1) / LearningParts);
        if (part == LearningParts - 1) line.Arrive(pitch);
    }

    /// <summary>Takes back what <see cref="Learn"/> learned from this note at this place.</summary>
    public void Unlearn(MelodicLine line, int pitch, bool live)
    {
        Step(line, pitch, live, learn: false, 0, Members.Length);
        line.Arrive(pitch);
    }

    /// <summary>
    /// The last <paramref name="notes"/>, which were learned live, are going to be taken back by all parts of <see cref="Retract"/>, as if they had never come; <paramref name="line"/> otherwise stands where it stood before them. Nothing else was
    /// learned since, and no sequence ended.
    /// </summary>
    /// <param name="line">Whose paths go back.</param>
    /// <param name="notes">What was learned, the oldest first.</param>
    /// <param name="walking">Another line; it is walked past the notes, so that each member is asked which of them it saw.</param>
    internal void BeginRetracting(MelodicLine line, ReadOnlySpan<TimedPitch> notes, MelodicLine walking)
    {
        Array.Clear(_seen);
        walking.CopyFrom(line);
        foreach (var note in notes)
        {
            walking.Await(note.Time);
            var context = walking.Context;
            for (var k = 0; k < _seen.Length; k++) _seen[k] += Members[k].Viewpoint.SeesNote(context) ? 1 : 0;
            walking.Arrive(note.Pitch);
        }
    }

    /// <summary>Takes back what was begun, with the paths of <paramref name="line"/>, in part <paramref name="part"/> of the members, from 0 to <see cref="Parts"/> - 1, alone.</summary>
    internal void Retract(MelodicLine line, int part)
    {
        for (var k = Members.Length * part / Parts; k < Members.Length * (part + 1) / Parts; k++) Members[k].Tree.Retract(line.Paths[k], _seen[k]);
    }

    /// <summary>Moves <paramref name="line"/> past <paramref name="pitch"/> without learning it: the partner's own notes.</summary>
    public void Follow(MelodicLine line, int pitch)
    {
        line.Expect();
        var context = line.Context;
        for (var k = 0; k < Members.Length; k++)
        {
            if (Members[k].Viewpoint.SeesNote(context)) line.Paths[k].Push(Members[k].Viewpoint.Of(context, pitch));
        }

        line.Arrive(pitch);
    }

    /// <summary>Ends the sequence being learned: what comes next does not continue it.</summary>
    public void EndSequence()
    {
        foreach (var member in Members) member.Tree.EndSequence();
    }

    /// <summary>Lets the short-term members forget: a new piece begins.</summary>
    public void ForgetPiece()
    {
        foreach (var member in Members)
        {
            if (member.Term == Term.Short) member.Tree.Clear();
        }
    }

    /// <summary>Tells the line how well each member foretold the note at <paramref name="index"/> of the laws last written.</summary>
    public void Judge(MelodicLine line, ReadOnlySpan<double> laws, int candidates, int index)
    {
        for (var k = 0; k < Members.Length; k++)
            line.Recency[k] = MelodicLine.RecencyKept * line.Recency[k] + (1 - MelodicLine.RecencyKept) * laws[k * candidates + index];
    }

    private void Step(MelodicLine line, int pitch, bool live, bool learn, int from, int until)
    {
        line.Expect();
        var context = line.Context;
        for (var k = from; k < until; k++)
        {
            if (!Members[k].Viewpoint.SeesNote(context)) continue;
            var (tree, symbol) = (Members[k].Tree, Members[k].Viewpoint.Of(context, pitch));
            if (Members[k].Term == Term.Short && !live) line.Paths[k].Push(symbol);
            else if (learn) tree.Learn(line.Paths[k], symbol);
            else tree.Unlearn(line.Paths[k], symbol);
        }
    }
}
