using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Judging;

/// <summary>Plays calls whose phrase ends are known to a session on virtual time, each to a fresh one, and measures how it takes its turns.</summary>
public static class EndsTrial
{
    /// <summary>
    /// Plays <paramref name="calls"/>, at least one with at least one end, <paramref name="jobs"/> at a time; the result does not depend on the jobs.
    /// </summary>
    /// <param name="calls">Each performance with its phrase ends in order of time.</param>
    /// <param name="learn">Makes what a session starts from; called once a call, from several threads.</param>
    /// <param name="preset">How the partner plays.</param>
    /// <param name="seed">Of every random choice.</param>
    /// <param name="jobs">Calls at a time, 1 or more.</param>
    /// <param name="progress">Receives the share done.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public static Judgement Run(
        IReadOnlyList<(Performance Call, ImmutableArray<Beats> Ends)> calls, Func<LearnedMusic> learn, Preset preset, ulong seed, int jobs, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var turns = new ImmutableArray<PhraseTurn>[calls.Count];
        var done = 0;
        Parallel.For(0, calls.Count, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop }, i =>
        {
            var (call, ends) = calls[i];
            var start = call.Map.At(Beats.Zero);
            using var session = new ImprovSession(new SessionSetup(preset, learn(), Xoshiro.Derive(seed, (ulong)i), start.Tempo, start.Metre, default));
            var partner = VirtualConcert.Play(session, call).Where(m => m.Message.IsNoteOn).Select(m => call.Map.ToBeats(m.At));
            turns[i] = PhraseTurn.Of([.. call.Messages.Where(m => m.Message.IsNoteOn).Select(m => m.At)], ends, [.. partner]);
            progress?.Report(Interlocked.Increment(ref done) / (double)calls.Count);
        });
        var figures = TurnFigures.Of([.. turns.SelectMany(t => t)]);
        return new Judgement
        {
            Calls = calls.Count,
            Partner = AnswerFigures.None with { ResponseDelayP90Beats = figures.DelayP90Beats, FalseInterruptions = figures.Interruptions / (double)figures.Ends },
            Turns = figures,
        };
    }
}
