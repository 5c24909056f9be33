namespace QuantumImprov.Storage.Journal;

/// <summary>A command, remark, content, law or choice on its way to the writing thread; its place among the other entries is held by one of kind Text in the ring.</summary>
/// <param name="word">The kind of line it becomes.</param>
/// <param name="parts">A command's name and arguments, the remark or the content alone, the words of a law or choice; made by the writing thread.</param>
internal sealed class QueuedText(string word, Func<string[]> parts)
{
    internal string Word => word;

    internal string[] Parts => parts();

    /// <summary>Set when the ring had no room for its place.</summary>
    internal bool Refused { get; set; }
}
