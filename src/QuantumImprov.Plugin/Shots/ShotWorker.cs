using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Shots;

/// <summary>The one thread of an instance that was handed shots: keeps the rings filled while shots are wanted. Allocates nothing between <see cref="Start"/> and <see cref="Stop"/>. [main]</summary>
/// <param name="claims">What it does.</param>
internal sealed class ShotWorker(ShotClaims claims)
{
    private const int Pause = 20, LooksAgain = 100, Stack = 256 * 1024;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(2);

    private readonly AutoResetEvent _stop = new(false);
    private readonly ManualResetEvent _begun = new(false);
    private Thread? _thread;
    private bool _wanted;

    /// <summary>Whether shots are wanted now. [any]</summary>
    internal bool IsWanted
    {
        get => Volatile.Read(ref _wanted);
        set => Volatile.Write(ref _wanted, value);
    }

    /// <summary>Begins, and comes back when the thread runs.</summary>
    internal void Start()
    {
        _thread = new Thread(Work, Stack) { IsBackground = true };
        _thread.Start();
        _begun.WaitOne();
    }

    /// <summary>Ends; false when the disk keeps it for longer than two seconds, and it ends by itself some time: the file is not touched any more then by anybody else.</summary>
    internal bool Stop()
    {
        _stop.Set();
        return _thread is null || _thread.Join(LongestStop);
    }

    private void Work()
    {
        // The first wait, and the first look at memory, set things up in the runtime.
        _stop.WaitOne(0);
        GC.GetAllocatedBytesForCurrentThread();
        _begun.Set();
        var before = Instance.BeginBlock();
        try
        {
            for (var look = 1; !_stop.WaitOne(Pause); look++)
            {
                if (!IsWanted) continue;
                if (look % LooksAgain == 0) claims.LookAgain();
                if (claims.IsWanted) claims.Fill();
                Instance.EndBlock(before);
                before = Instance.BeginBlock();
            }
        }
        catch
        {
            // The rings stay as they are: what is in them is used up, then notes are chosen here.
        }

        Instance.EndBlock(before);
    }
}
