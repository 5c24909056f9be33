using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Qpu.Supply;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Backends;

/// <summary>
/// A bank of shots for one session, with everything behind it: primed classes, what was stored, the supply. Of simulated devices nothing is stored, and nothing costs. The session only sees <see cref="Banked"/>. [owner]
/// </summary>
public sealed class BankRig : IDisposable
{
    /// <summary>Notes a second that are expected of a session.</summary>
    public const double UsualNotesASecond = 4;

    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(1);

    private readonly QpuDesk _desk;
    private readonly TimeProvider _time;
    private readonly IJobLedger _ledger;
    private readonly ShotShelf? _shelf;
    private readonly SupplyOptions _supplyOptions;
    private readonly List<OpenJob> _former = [];
    private ShotSupply? _supply;
    private ClassView[] _view = [];
    private long _synced;

    /// <summary>Makes the bank and fills it with what is stored.</summary>
    /// <exception cref="Refusal">The backend cannot be had.</exception>
    public BankRig(BackendChoice choice, decimal budget, LearnedMusic learned, Preset preset, ulong seed, TimeProvider time, double notesASecond = UsualNotesASecond, TimeSpan? target = null)
    {
        _time = time;
        _desk = new QpuDesk(time, seed);
        try
        {
            Backend = _desk.Create(choice);
            KnownLaw = QpuDesk.KnownLaw(Backend);
            Banked = new BankedChoosing(new ShotBank(preset.Pure), new ContextClasses(preset.Pure ? ContextClasses.PureCoins : 0));
            BankPriming.Prime(Banked, learned, preset, notesASecond);
            if (choice.Vendor is not null)
            {
                var ledger = new JobLedger(_desk.Store, budget);
                (_ledger, _shelf) = (ledger, ShotShelf.Open(_desk.Store));
                // A device that the vendor has yet to pick has no name now: whatever is there of the vendor's serves.
                var any = choice.Device is null && choice.Vendor.PicksDevice;
                _former.AddRange(ledger.Unfinished(Backend.Device, any));
                var recalled = new HashSet<ShotStock>();
                foreach (var batch in _shelf.Take())
                {
                    if (batch.Device != Backend.Device.Name && !(any && batch.Vendor == Backend.Device.Vendor)) continue;
                    // The law first: a stock whose law is known already uses no shots up for measuring it.
                    if (Banked.Bank.StockOf(batch) is var stock && recalled.Add(stock)) _shelf.Recall(stock);
                    Banked.Bank.Deposit(batch);
                }
            }
            else
            {
                _ledger = new PlayMoney(0);
            }

            _supplyOptions = new SupplyOptions { TagPrefix = choice.Vendor is null ? $"{choice.Text.Replace(':', '-')}-{seed}" : $"qimprov-{time.GetUtcNow().ToUnixTimeMilliseconds():x}", JobsOpen = 2, Target = target };
            Look();
        }
        catch
        {
            _desk.Dispose();
            throw;
        }
    }

    /// <summary>Where shots come from.</summary>
    public IJobBackend Backend { get; }

    /// <summary>What chooses.</summary>
    public BankedChoosing Banked { get; }

    /// <summary>The laws of a simulated device; null where they are measured.</summary>
    public Func<ClassSpec, ImmutableArray<double>>? KnownLaw { get; }

    /// <summary>How the supply fares; null before it began.</summary>
    public SupplySnapshot? Supply => _supply?.Snapshot;

    /// <summary>Whether the supply has nothing more to do.</summary>
    public bool IsSatisfied => _supply?.IsSatisfied ?? false;

    /// <summary>Jobs of former runs that are still to be harvested.</summary>
    public int Former => _former.Count;

    /// <summary>What the bank offers the supply, as last looked at.</summary>
    public IReadOnlyList<ClassView> Classes => Volatile.Read(ref _view);

    /// <summary>Publishes how the classes stand. On the thread that chooses, now and then.</summary>
    public void Look() => Volatile.Write(ref _view, [.. Banked.View(Backend.Device.Name, KnownLaw is not null)]);

    /// <summary>The wall clock at the beginning of what is played on virtual time: for a simulated device the one its shots are dated by, so that the same seed gives the same words.</summary>
    public DateTimeOffset StartedAt => KnownLaw is null ? _time.GetUtcNow() : DateTimeOffset.UnixEpoch;

    /// <summary>Takes over a view that somebody else made.</summary>
    public void Look(ImmutableArray<ClassView> view) => Volatile.Write(ref _view, [.. view]);

    /// <summary>Starts the supply; its shots go through <paramref name="deposit"/>, on the supply's thread.</summary>
    public void Start(Action<ShotBatch> deposit, bool orders = true) => _supply = new ShotSupply(new ShotSupplyOptions
    {
        Backend = Backend, Ledger = _ledger, Supply = _supplyOptions, View = () => Classes, KnownLaw = KnownLaw, Former = _former, Orders = orders, Time = _time,
        Deposit = batch =>
        {
            // On disk before it is played from.
            deposit(_shelf?.Add(batch) ?? batch);
        },
    });

    /// <summary>Supplies at once and in step with the music, so that the same seed gives the same notes: for devices that are simulated here.</summary>
    public void SupplyInline()
    {
        var provisioner = new Provisioner(Backend.Device, _ledger, _supplyOptions with { LeastDepth = TimeSpan.FromMinutes(2) }) { KnownLaw = KnownLaw };
        var now = DateTimeOffset.UnixEpoch;
        Banked.Before = () =>
        {
            // A second of virtual time between two looks, so that rates mean something.
            now += TimeSpan.FromSeconds(1);
            Banked.Tend(now);
            for (var round = 0; round < 4; round++)
            {
                foreach (var job in provisioner.Turn(Banked.View(Backend.Device.Name, KnownLaw is not null), now))
                {
                    var reply = job.Step switch
                    {
                        JobStep.Submit => Backend.SubmitAsync(job.Request),
                        JobStep.Poll => Backend.PollAsync(job.Job!),
                        JobStep.Results => Backend.ResultsAsync(job.Job!, job.Request),
                        _ => Backend.FindAsync(job.Tag),
                    };
                    foreach (var batch in provisioner.Took(job, reply.AsTask().GetAwaiter().GetResult(), now)) Banked.Bank.Deposit(batch);
                    job.Due = now;
                }
            }
        };
    }

    /// <summary>Writes down what is used. Now and then. [worker]</summary>
    public void Tend()
    {
        if (_shelf is null || (_synced != 0 && _time.GetElapsedTime(_synced) < SyncEvery)) return;
        _synced = _time.GetTimestamp();
        _shelf.Sync();
    }

    /// <summary>Stops the supply, calling open jobs off, and closes the bank. The session must not choose any more.</summary>
    public void Dispose()
    {
        _supply?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _shelf?.Keep(Stocks());
        _shelf?.Dispose();
        (Backend as IDisposable)?.Dispose();
        _desk.Dispose();
    }

    private IEnumerable<ShotStock> Stocks() => Enumerable.Range(0, ShotBank.MostClasses).SelectMany(Banked.Bank.Stocks).Where(s => !s.Law.IsKnown);
}
