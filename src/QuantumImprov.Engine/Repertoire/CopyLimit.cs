namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Keeps a line from repeating what was learned for too long: it knows which suffixes of the line's last pitches stand in the learned pitches, and so which next pitch would make a copy longer than
/// allowed. Exact for limits up to <see cref="ContextTree.MaxOrder"/>. Allocates nothing after construction. [engine]
/// </summary>
/// <param name="most">The most successive pitches that may be copied, 0 to <see cref="ContextTree.MaxOrder"/>; 0 = any number.</param>
public sealed class CopyLimit(int most)
{
    private readonly int[] _nodes = new int[most + 1], _recent = new int[most];
    private ContextTree? _learned;
    private int _depth, _played;

    /// <summary>The most successive pitches that may be copied; 0 = any number.</summary>
    public int Most => most;

    /// <summary>The line begins: nothing was played yet.</summary>
    public void Restart() => _played = _depth = 0;

    /// <summary>Looks at <paramref name="learned"/>, the pitches learned by now, from the line's last pitches on. To be called whenever something was learned since.</summary>
    public void Against(ContextTree learned)
    {
        _learned = learned;
        _depth = 0;
        for (var ago = Math.Min(_played, most); ago > 0; ago--) Step(_recent[(_played - ago) % most]);
    }

    /// <summary>Whether <paramref name="pitch"/> as the line's next would be the last of more than <see cref="Most"/> successive pitches that were learned in this order.</summary>
    public bool Forbids(int pitch) => most > 0 && _depth == most && _learned!.Child(_nodes[most], pitch) != 0;

    /// <summary>The line goes on with <paramref name="pitch"/>.</summary>
    public void Play(int pitch)
    {
        if (most == 0) return;
        Step(pitch);
        _recent[_played++ % most] = pitch;
    }

    // From the longest suffix down, since each one's successor takes the place above it.
    private void Step(int pitch)
    {
        _nodes[0] = ContextTree.Root;
        var reached = 0;
        for (var order = Math.Min(_depth, most - 1); order >= 0; order--)
        {
            var child = _learned!.Child(_nodes[order], pitch);
            if (child == 0) continue;
            _nodes[order + 1] = child;
            reached = Math.Max(reached, order + 1);
        }

        _depth = reached;
    }
}
