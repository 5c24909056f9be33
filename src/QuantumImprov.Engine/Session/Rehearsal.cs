using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Engine.Session;

/// <summary>
/// A short concert nobody hears, played before a live session begins, so that the first real note does not wait for code to be compiled. Virtual time; some tens
/// of milliseconds.
/// </summary>
public static class Rehearsal
{
    private static readonly int[] Tune = [60, 62, 64, 65, 67, 69, 67, 64, 60, 62, 59, 60];

    /// <summary>Plays <paramref name="phrases"/> phrases to a session of its own and returns how many notes it was answered with.</summary>
    public static int Play(int phrases)
    {
        var messages = new List<PartMessage>();
        var at = Beats.Zero;
        for (var phrase = 0; phrase < phrases; phrase++, at += Beats.Of(12))
        {
            for (var i = 0; i < Tune.Length; i++)
            {
                var on = at + Beats.Of(i, 2);
                messages.Add(new PartMessage(on, 0, ShortMessage.NoteOn(0, Tune[i] + phrase % 3, 80)));
                messages.Add(new PartMessage(on + Beats.Of(2, 5), 0, ShortMessage.NoteOff(0, Tune[i] + phrase % 3)));
            }
        }

        using var session = new ImprovSession(new SessionSetup(new Preset(), new LearnedMusic(), 1, default(Tempo), default, default));
        var partner = VirtualConcert.Play(session, new Performance { Map = TempoMap.Default, Messages = [.. messages.OrderBy(m => m.At)], End = at });
        return partner.Count(m => m.Message.IsNoteOn);
    }
}
