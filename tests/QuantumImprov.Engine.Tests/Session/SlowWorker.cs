using QuantumImprov.Engine.Pipeline;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>Is ready when it is told to be.</summary>
internal sealed class SlowWorker : IWorker
{
    private readonly List<Action> _finishing = [];

    public bool MayBeWaitedFor => false;

    public bool FinishAtOnce { get; set; }

    public IWork<T> Begin<T>(Func<T> work)
    {
        var begun = new Work<T>(this, work);
        _finishing.Add(begun.Finish);
        return begun;
    }

    public void Finish()
    {
        foreach (var finish in _finishing) finish();
        _finishing.Clear();
    }

    private sealed class Work<T>(SlowWorker worker, Func<T> work) : IWork<T>
    {
        private T _result = default!;

        public bool IsDone { get; private set; }

        public void Finish() => (_result, IsDone) = (work(), true);

        public T Take()
        {
            if (!IsDone && worker.FinishAtOnce) Finish();
            Assert.True(IsDone, "The engine waited for a worker.");
            return _result;
        }
    }
}
