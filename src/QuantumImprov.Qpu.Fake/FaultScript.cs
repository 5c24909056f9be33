namespace QuantumImprov.Qpu.Fake;

/// <summary>The faults that are still to come. Thread-safe.</summary>
internal sealed class FaultScript
{
    private readonly List<(FakeFault Fault, int Left)> _faults = [];

    internal void Add(FakeFault fault)
    {
        lock (_faults) _faults.Add((fault, fault.Times));
    }

    internal void Clear()
    {
        lock (_faults) _faults.Clear();
    }

    /// <summary>The fault of a request on its way; null when it has none. Faults of results and states are taken elsewhere.</summary>
    internal FakeFault? Take(string method, string path) => Take(f =>
        f.Kind is FaultKind.Status or FaultKind.ResetAfter or FaultKind.ResetBefore or FaultKind.Malformed or FaultKind.Truncated
        && (f.Method.Length == 0 || f.Method == method) && path.Contains(f.Path, StringComparison.Ordinal));

    internal bool Take(FaultKind kind) => Take(f => f.Kind == kind) is not null;

    private FakeFault? Take(Func<FakeFault, bool> wanted)
    {
        lock (_faults)
        {
            for (var i = 0; i < _faults.Count; i++)
            {
                var (fault, left) = _faults[i];
                if (left <= 0 || !wanted(fault)) continue;
                _faults[i] = (fault, left - 1);
                return fault;
            }

            return null;
        }
    }
}
