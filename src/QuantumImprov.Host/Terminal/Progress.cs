using Spectre.Console;

namespace QuantumImprov.Host.Terminal;

/// <summary>A progress bar on anything that may take longer than two seconds; only where somebody watches.</summary>
public static class Progress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Runs <paramref name="work"/> on a worker and shows how far it is under <paramref name="title"/>, once two seconds have passed, if standard error is a
    /// terminal. Exceptions come through unchanged.
    /// </summary>
    public static T Show<T>(string title, Func<IProgress<double>, T> work)
    {
        var share = new Share();
        if (Console.IsErrorRedirected) return work(share);
        var task = Task.Run(() => work(share));
        if (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(Patience)) Draw(title, task, share);
        return task.GetAwaiter().GetResult();
    }

    private static void Draw(string title, Task task, Share share)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().HideCompleted(true).Start(context =>
        {
            var bar = context.AddTask(title);
            while (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(100))) bar.Value = 100 * share.Value;
            bar.Value = 100;
        });
    }

    private sealed class Share : IProgress<double>
    {
        private double _value;

        public double Value => Volatile.Read(ref _value);

        public void Report(double value) => Volatile.Write(ref _value, value);
    }
}
