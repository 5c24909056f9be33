using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Replaying;

/// <summary>A note that the partner sent.</summary>
/// <param name="On">When it began.</param>
/// <param name="Off">When it ended; never: nobody saw it end.</param>
/// <param name="Channel">0 to 15.</param>
/// <param name="Pitch">0 to 127.</param>
/// <param name="Velocity">1 to 127.</param>
/// <param name="Line">The line of the journal that has its beginning; 0: none has.</param>
/// <param name="EndLine">The line that has its end; 0: none has.</param>
internal readonly record struct JournalledNote(HostTime On, HostTime Off, int Channel, int Pitch, int Velocity, int Line = 0, int EndLine = 0)
{
    /// <summary>The notes in <paramref name="sent"/>, each with its line, in the order in which they began.</summary>
    internal static List<JournalledNote> Of(IEnumerable<(TimedMessage Message, int Line)> sent)
    {
        var (notes, open) = (new List<JournalledNote>(), new Dictionary<(int, int), int>());
        foreach (var ((at, message), line) in sent)
        {
            var key = (message.Channel, message.Data1);
            if (message.IsNoteOn)
            {
                open[key] = notes.Count;
                notes.Add(new JournalledNote(at, HostTime.Never, message.Channel, message.Data1, message.Data2, line));
            }
            else if (message.IsNoteOff && open.Remove(key, out var begun))
            {
                notes[begun] = notes[begun] with { Off = at, EndLine = line };
            }
        }

        return notes;
    }
}
