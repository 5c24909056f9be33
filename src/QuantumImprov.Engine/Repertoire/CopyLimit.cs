namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Keeps a line from repeating what was learned for too long: it knows the line's last pitches, and so which next pitch would make a copy longer than allowed. Exact for limits up to
/// <see cref="ContextTrie.MaxOrder"/>. Allocates nothing after construction. [engine]
/// </summary>
/// <param name="most">The most successive pitches that may be copied, 0 to <see cref="ContextTrie.MaxOrder"/>; 0 = any number.</param>
public sealed class CopyLimit(int most)
{
    private readonly ContextLine _played = new();
    private ContextTrie? _learned;

    /// <summary>The most successive pitches that may be copied; 0 = any number.</summary>
    public int Most => most;

    /// <summary>The line begins: nothing was played yet.</summary>
    public void Restart() => _played.Restart();

    /// <summary>Looks at <paramref name="learned"/>, the pitches learned, from now on.</summary>
    public void Against(ContextTrie learned) => _learned = learned;

    /// <summary>Whether <paramref name="pitch"/> as the line's next would be the last of more than <see cref="Most"/> successive pitches that were learned in this order.</summary>
    public bool Forbids(int pitch) => most > 0 && _played.Depth >= most && _learned!.Count(_played, most, pitch) > 0;

    /// <summary>The line goes on with <paramref name="pitch"/>.</summary>
    public void Play(int pitch) => _played.Push(pitch);
}
