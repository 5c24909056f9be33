using System.Runtime;

namespace QuantumImprov.Plugin.Processing;

/// <summary>
/// While any instance is active nothing is collected: nothing allocates then, and should anything after all, such as the host's main thread saving a state, it has this much room before the audio thread would be stopped. [any]
/// </summary>
internal static class Quiet
{
    private const long Room = 200_000_000;
    private static readonly Lock Counting = new();
    private static int _active;

    /// <summary>An instance becomes active.</summary>
    internal static void Enter()
    {
        lock (Counting)
        {
            if (_active++ > 0) return;
            Settle();
            try
            {
                if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion) GC.TryStartNoGCRegion(Room);
            }
            catch (Exception refused) when (refused is InvalidOperationException or ArgumentException)
            {
                // Then collections happen as they come; nothing here causes any.
            }
        }
    }

    // What was allocated and never written has no memory yet: the audio thread would wait for it page by page, up to 150 us in the first plan. Moving everything writes it.
    private static void Settle()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
    }

    /// <summary>An instance is no longer active.</summary>
    internal static void Leave()
    {
        lock (Counting)
        {
            if (--_active > 0) return;
            try
            {
                if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
            }
            catch (InvalidOperationException)
            {
                // More was allocated than there was room for: it has ended by itself.
            }
        }
    }
}
