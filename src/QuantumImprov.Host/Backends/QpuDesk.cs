using QuantumImprov.Host.CommandLine;
using QuantumImprov.Qpu;
using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Wire;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Backends;

/// <summary>
/// Everything the program needs to deal with quantum processors, opened when it is first asked for: secrets, the wire, the ledger, the bank on disk. QUANTUMIMPROV_QPU_TRACE names a file that takes down every request and answer, without secrets.
/// </summary>
public sealed class QpuDesk : IDisposable
{
    /// <summary>Names the file of the trace.</summary>
    public const string TraceVariable = "QUANTUMIMPROV_QPU_TRACE";

    private readonly TimeProvider _time;
    private readonly ulong _seed;
    private QpuStore? _store;
    private StreamWriter? _trace;

    /// <summary>A desk.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="seed">Decides what has to be sampled here.</param>
    public QpuDesk(TimeProvider time, ulong seed)
    {
        (_time, _seed) = (time, seed);
        Secrets = new SecretSource(Environment.GetEnvironmentVariable, new Redactor());
    }

    /// <summary>Where keys come from.</summary>
    public SecretSource Secrets { get; }

    /// <summary>The database.</summary>
    /// <exception cref="Refusal">There is no data folder, or the database cannot be used.</exception>
    public QpuStore Store => _store ??= Open();

    /// <summary>What the adapters work with.</summary>
    public WireOptions Wire => new() { Secrets = Secrets, Time = _time, Seed = _seed, Trace = Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 } path ? line => Trace(path, line) : null };

    /// <summary>The backend that was chosen.</summary>
    /// <exception cref="Refusal">A key is not set, or the device does not exist.</exception>
    public IJobBackend Create(BackendChoice choice)
    {
        try
        {
            if (choice.Vendor is { } vendor) return vendor.Create(Wire, choice.Device);
        }
        catch (QpuException e)
        {
            throw new Refusal(e.Message);
        }

        IQuantumBackend here = choice.Profile is { } profile ? new NoisyDevice(profile, new Xoshiro(Xoshiro.Derive(_seed, 7))) : new LocalBackend(new Xoshiro(Xoshiro.Derive(_seed, 7)));
        return new ImmediateJobs(here, new DeviceProfile("local", choice.Text, 20)
        {
            IsSimulator = true, ReadsInTheMiddle = true, MostCircuits = 64, MostShots = 8192, JobsAMinute = 6000, JobsOpen = 1, Recovery = Recovery.Find, KnownNoise = choice.Profile ?? NoiseProfile.Ideal,
        });
    }

    /// <summary>The laws of a device that is simulated here; null for all others.</summary>
    public static Func<Quantum.Bank.ClassSpec, System.Collections.Immutable.ImmutableArray<double>>? KnownLaw(IJobBackend backend)
    {
        if (backend.Device.KnownNoise is not { } noise) return null;
        var device = new NoisyDevice(noise, new Xoshiro(1));
        return device.LawOf;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store?.Dispose();
        _trace?.Dispose();
    }

    private static QpuStore Open()
    {
        var opening = DataFolder.Open(Environment.GetEnvironmentVariable, DataFolder.ThisPlatform);
        if (opening is not DataFolderOpening.Opened opened) throw new Refusal(opening is DataFolderOpening.Unusable unusable ? unusable.Sentence : "There is no data folder.");
        return QpuStore.Open(opened.Folder.Qpu, out var fault) ?? throw new Refusal(fault);
    }

    private void Trace(string path, string line)
    {
        lock (_time)
        {
            try
            {
                _trace ??= new StreamWriter(path, append: true) { AutoFlush = true };
                _trace.WriteLine($"{_time.GetUtcNow():O} {line}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A trace that cannot be written must not stop the music.
            }
        }
    }
}
