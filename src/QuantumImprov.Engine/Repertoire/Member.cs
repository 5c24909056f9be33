namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// A predictor over one viewpoint: <see cref="PpmLaw"/> with contexts from the shortest up to the first that has only ever gone on in one way, and a small floor. Allocates nothing when
/// asked. [engine]
/// </summary>
public sealed class Member(Viewpoint viewpoint, Term term)
{
    /// <summary>How many values <see cref="Law"/> gives for its confidence.</summary>
    public const int ConfidenceClasses = 37;

    /// <summary>The share of the law that is spread evenly, so that nothing is impossible.</summary>
    public const double Floor = .002;

    /// <summary>What it looks at.</summary>
    public Viewpoint Viewpoint { get; } = viewpoint;

    /// <summary>How far back it remembers.</summary>
    public Term Term { get; } = term;

    /// <summary>Name in files and displays, such as <c>interval (long)</c>.</summary>
    public string Name => $"{Viewpoint.Name} ({(Term == Term.Long ? "long" : "short")})";

    /// <summary>What it has learned.</summary>
    public ContextTrie Tree { get; } = new(viewpoint.MaxOrder);

    /// <summary>
    /// Writes the law over <paramref name="candidates"/> (distinct pitches) after <paramref name="line"/> in <paramref name="context"/>; it sums to 1. Returns
    /// the confidence class, 0 to 36: how long the longest matching context is, and how often and in how many ways it went on.
    /// </summary>
    public int Law(ContextLine line, MelodicContext context, ReadOnlySpan<int> candidates, LawWorkspace workspace, Span<double> law)
    {
        if (Viewpoint.SeesNote(context)) return Law(line, workspace.Symbols(Viewpoint, context, candidates), workspace, law);
        law[..candidates.Length].Fill(1.0 / candidates.Length);
        return 0;
    }

    /// <summary>The same over candidates of which the viewpoint makes <paramref name="symbols"/>; the note is one it sees.</summary>
    internal int Law(ContextLine line, ReadOnlySpan<int> symbols, LawWorkspace workspace, Span<double> law)
    {
        var confidence = PpmLaw.Write(Tree, line, Viewpoint.MaxOrder, stopWhenCertain: true, symbols, workspace, law);
        if (Viewpoint.Shares) Share(symbols, workspace.Sharing, law[..symbols.Length]);
        for (var i = 0; i < symbols.Length; i++) law[i] = (1 - Floor) * law[i] + Floor / symbols.Length;
        return confidence;
    }

    // Each had the whole mass of its symbol.
    private static void Share(ReadOnlySpan<int> symbols, Span<int> sharing, Span<double> law)
    {
        var sum = 0.0;
        for (var i = 0; i < law.Length; i++) sharing[symbols[i]]++;
        for (var i = 0; i < law.Length; i++) sum += law[i] /= sharing[symbols[i]];
        for (var i = 0; i < law.Length; i++) (law[i], sharing[symbols[i]]) = (law[i] / sum, 0);
    }
}
