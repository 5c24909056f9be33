using QuantumImprov.Engine.Choosing.Witnessing;

namespace QuantumImprov.Host.Stage;

/// <summary>Draws decisions for one page, one at a time and away from its notes; of several that are asked for meanwhile only the last is drawn. [any]</summary>
internal sealed class DecisionDesk(IStageSession session, PageVoice voice)
{
    private const long Nothing = 0;
    private long _wanted;
    private int _busy;

    /// <summary>Asks for the decision of that number, or for its circuit as OpenQASM; never waits.</summary>
    public void Ask(long number, bool qasm)
    {
        Volatile.Write(ref _wanted, qasm ? -number : number);
        if (Interlocked.Exchange(ref _busy, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(static desk => desk.Work(), this, preferLocal: false);
    }

    private void Work()
    {
        do
        {
            var wanted = Interlocked.Exchange(ref _wanted, Nothing);
            if (wanted != Nothing) Draw(Math.Abs(wanted), wanted < 0);
            Volatile.Write(ref _busy, 0);
        }
        while (Volatile.Read(ref _wanted) != Nothing && Interlocked.Exchange(ref _busy, 1) == 0);
    }

    private void Draw(long number, bool qasm)
    {
        if (session.Find(number) is not { } record) voice.Fault($"Decision {number} is not kept; the last {DecisionLog.Kept} are.");
        else voice.Show(qasm ? DecisionWriter.WriteQasm(record) : DecisionWriter.Write(record));
    }
}
