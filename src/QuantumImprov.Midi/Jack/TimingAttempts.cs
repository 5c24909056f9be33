using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Runs a measurement with a client and a player of its own: one second of warm-up; a run that sees an xrun after it is broken off and repeated, but for the last
/// one, which goes to its end whatever happens.
/// </summary>
internal static class TimingAttempts
{
    /// <summary>Seconds before a run that do not count, and how far ahead notes are handed over.</summary>
    public const double WarmUpSeconds = 1, LeadSeconds = 0.2;

    /// <summary>How long the measuring thread sleeps between two looks.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan Tail = TimeSpan.FromMilliseconds(500);

    /// <summary>One run; false, with one sentence, when it could not be made.</summary>
    public delegate bool Attempt<T>(JackClient client, int number, bool last, [NotNullWhen(true)] out T? result, out string reason)
        where T : class;

    /// <summary>Makes runs until one saw no xrun, as <paramref name="xruns"/> tells, or the repeats are used up; the last one's result.</summary>
    public static bool TryRun<T>(TimingOptions options, Player player, Attempt<T> attempt, Func<T, long> xruns, [NotNullWhen(true)] out T? result, out string reason)
        where T : class
    {
        result = null;
        reason = options.Notes is < 1 or > 100_000 ? $"The number of notes is {options.Notes}; allowed is 1 to 100000." : "";
        if (reason.Length > 0) return false;
        if (!JackClient.TryOpen(new JackOptions { Player = player, ServerName = options.ServerName, Managed = options.Managed }, out var client, out reason)) return false;
        using (client)
        {
            for (var number = 1; ; number++)
            {
                var last = number > Math.Clamp(options.Repeats, 0, 10);
                if (!attempt(client, number, last, out result, out reason)) return false;
                player.RaiseEpoch();
                if (!client.IsRunning)
                {
                    reason = "The JACK server went away during the measurement.";
                    return false;
                }

                if (xruns(result) == 0 || last) return true;
            }
        }
    }

    /// <summary>Hands each of <paramref name="count"/> notes over as soon as it lies within the lead, as the engine does with its plan, until <paramref name="stop"/>; returns how many were handed.</summary>
    public static int Hand(JackClient client, Player player, int count, Func<int, PlannedNote> note, Func<bool> stop)
    {
        var sent = 0;
        while (sent < count && client.IsRunning && !stop())
        {
            var horizon = client.Clock.Now.PlusSeconds(LeadSeconds);
            while (sent < count && note(sent) is var next && next.On <= horizon && player.TryHand(next)) sent++;
            while (player.TryReadEmitted(out _))
            {
            }

            Thread.Sleep(Step);
        }

        return sent;
    }

    /// <summary>Waits for an instant; with <paramref name="done"/> for it to be true, at most half a second longer. Ends when the server goes.</summary>
    public static void WaitUntil(JackClient client, long nanoseconds, Func<bool>? done = null)
    {
        var deadline = nanoseconds + Tail.Ticks * 100;
        while (client.IsRunning && client.Clock.Now.Nanoseconds < (done is null ? nanoseconds : deadline) && !(done?.Invoke() ?? false)) Thread.Sleep(Step);
    }
}
