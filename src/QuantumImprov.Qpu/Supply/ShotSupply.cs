using System.Collections.Immutable;
using System.Threading.Channels;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;

namespace QuantumImprov.Qpu.Supply;

/// <summary>
/// Does in real time what a <see cref="Provisioner"/> asks for: describes the device, sends, polls and harvests jobs, each step on its own, and hands the shots on. The music never waits for it: it looks at what is published and brings what there
/// is. When it is stopped it calls open jobs off, for five seconds at most; what is left stays in the ledger and is harvested by the next run. [worker]
/// </summary>
public sealed class ShotSupply : IAsyncDisposable
{
    /// <summary>How long stopping may take.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(.25), LongestStep = TimeSpan.FromSeconds(60), FirstAgain = TimeSpan.FromSeconds(1), SlowestAgain = TimeSpan.FromSeconds(30), DescribeNow = TimeSpan.FromMinutes(5);

    private readonly ShotSupplyOptions _options;
    private readonly Provisioner _provisioner;
    private readonly Channel<(OpenJob Job, BackendReply Reply)> _replies = Channel.CreateUnbounded<(OpenJob, BackendReply)>();
    private readonly CancellationTokenSource _stop = new(), _end = new();
    private readonly Task _work;
    private readonly decimal _atFirst;
    private volatile SupplySnapshot _snapshot;
    private volatile bool _satisfied;
    private int _sent;

    /// <summary>Begins.</summary>
    public ShotSupply(ShotSupplyOptions options)
    {
        _options = options;
        _provisioner = new Provisioner(options.Backend.Device, options.Ledger, options.Supply) { KnownLaw = options.KnownLaw, IsOrdering = false, Arrived = options.Deposit };
        foreach (var job in options.Former) _provisioner.Adopt(job, Now);
        _atFirst = options.Ledger.Left(options.Backend.Device.Pricing.Currency, Now);
        _snapshot = Look(null);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>How it goes. [any]</summary>
    public SupplySnapshot Snapshot => _snapshot;

    /// <summary>Whether the stock is as high as it is wanted, and nothing is under way. [any]</summary>
    public bool IsSatisfied => _satisfied;

    private DateTimeOffset Now => _options.Time.GetUtcNow();

    /// <summary>Stops ordering, calls off what is open, and waits for that no longer than <see cref="LongestStop"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            _end.CancelAfter(LongestStop);
        }

        await _work.ConfigureAwait(false);
        _stop.Dispose();
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await DescribeAsync().ConfigureAwait(false);
            var described = Now;
            while (!_end.IsCancellationRequested)
            {
                if (_stop.IsCancellationRequested) _provisioner.CallOff(Now);
                else if (Now - described > DescribeNow)
                {
                    described = Now;
                    if (await _options.Backend.DescribeAsync(_end.Token).ConfigureAwait(false) is null) _provisioner.Device = _options.Backend.Device;
                }

                var classes = _options.View();
                foreach (var job in _provisioner.Turn(classes, Now)) Begin(job);
                _satisfied = _provisioner.IsOrdering && _provisioner.Open.Count == 0 && classes.Count > 0 && Refill.Plan(classes, ImmutableDictionary<int, int>.Empty, _provisioner.Depth, _provisioner.Device, decimal.MaxValue) is null;
                _snapshot = Look(null);
                if (_stop.IsCancellationRequested && _provisioner.Open.All(j => j.Step is not (JobStep.Cancel or JobStep.Submit or JobStep.Find)) && Settled()) break;
                await RestAsync().ConfigureAwait(false);
                while (_replies.Reader.TryRead(out var answered))
                {
                    _provisioner.Took(answered.Job, answered.Reply, Now);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped in the middle of a rest.
        }
    }

    // After calling off, one more look tells whether jobs ended; those that run on are left to the next run.
    private bool Settled() => _provisioner.Open.All(j => j.IsOverdue && j.Step == JobStep.Poll && j.Due > Now + LongestStop && j.Due != DateTimeOffset.MaxValue);

    private async Task DescribeAsync()
    {
        for (var again = FirstAgain; !_stop.IsCancellationRequested; again = 2 * again < SlowestAgain ? 2 * again : SlowestAgain)
        {
            var failure = await _options.Backend.DescribeAsync(_stop.Token).ConfigureAwait(false);
            if (failure is null)
            {
                (_provisioner.Device, _provisioner.IsOrdering) = (_options.Backend.Device, _options.Orders);
                return;
            }

            _snapshot = Look(failure is Refused refused ? refused.Reason : $"{_options.Backend.Device.Vendor} does not answer.");
            try
            {
                await Task.Delay(again, _options.Time, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Begin(OpenJob job)
    {
        var step = job.Step;
        if (step == JobStep.Submit) _sent++;
        _ = Task.Run(async () =>
        {
            BackendReply reply;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            limit.CancelAfter(LongestStep);
            try
            {
                reply = await DoAsync(step, job, limit.Token).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // A bug in an adapter must not end the supply: whether the step was done is not known.
                reply = new Late();
            }

            _replies.Writer.TryWrite((job, reply));
        });
    }

    private ValueTask<BackendReply> DoAsync(JobStep step, OpenJob job, CancellationToken stop) => step switch
    {
        JobStep.Submit => _options.Backend.SubmitAsync(job.Request, stop),
        JobStep.Find => _options.Backend.FindAsync(job.Tag, stop),
        JobStep.Poll => _options.Backend.PollAsync(job.Job!, stop),
        JobStep.Results => _options.Backend.ResultsAsync(job.Job!, job.Request, stop),
        _ => _options.Backend.CancelAsync(job.Job!, stop),
    };

    // Until something was answered, or the next tick.
    private async Task RestAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(Tick);
        try
        {
            await _replies.Reader.WaitToReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The tick.
        }
    }

    private SupplySnapshot Look(string? trouble)
    {
        var left = _options.Ledger.Left(_provisioner.Device.Pricing.Currency, Now);
        return new SupplySnapshot(_provisioner.Open.Count, _sent, Math.Max(0, _atFirst - left), _atFirst, _provisioner.Latency.Median, _provisioner.Latency.Slow, trouble ?? _provisioner.Trouble);
    }
}
