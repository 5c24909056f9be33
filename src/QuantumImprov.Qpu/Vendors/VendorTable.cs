using System.Collections.Immutable;
using System.Net;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Qpu.Osc;
using QuantumImprov.Qpu.Wire;
using QuantumImprov.Qpu.Vendors.Azure;
using QuantumImprov.Qpu.Vendors.Braket;
using QuantumImprov.Qpu.Vendors.Exec;
using QuantumImprov.Qpu.Vendors.Ibm;
using QuantumImprov.Qpu.Vendors.IonQ;
using QuantumImprov.Qpu.Vendors.Iqm;
using QuantumImprov.Qpu.Vendors.QBraid;

namespace QuantumImprov.Qpu.Vendors;

/// <summary>Every vendor there is an adapter for.</summary>
public static class VendorTable
{
    /// <summary>In the order in which they are shown.</summary>
    public static ImmutableArray<VendorEntry> All { get; } =
    [
        new("ibm", "IBM Quantum Platform", [IbmBackend.KeyVariable, IbmBackend.InstanceVariable], "ibm_fez", "the least busy", static (o, d) => new IbmBackend(o, d)) { PicksDevice = true },
        new("ionq", "IonQ", [IonQBackend.KeyVariable], "simulator, simulator+aria-1, qpu.aria-1, qpu.forte-1", "simulator", static (o, d) => new IonQBackend(o, d)),
        new("braket", "Amazon Braket", [BraketBackend.IdVariable, BraketBackend.KeyVariable, BraketBackend.BucketVariable], "sv1 or a device's ARN", "sv1", static (o, d) => new BraketBackend(o, d)),
        new("azure", "Azure Quantum", [AzureConnection.Variable], "ionq.simulator, ionq.qpu.aria-1, quantinuum.qpu.h2-1", "ionq.simulator", static (o, d) => new AzureBackend(o, d)),
        new("iqm", "IQM Resonance", [IqmBackend.KeyVariable], "garnet, emerald", "garnet", static (o, d) => new IqmBackend(o, d)),
        new("qbraid", "qBraid", [QBraidBackend.KeyVariable], "a QRN", "qbraid:qbraid:sim:qir-sv", static (o, d) => new QBraidBackend(o, d)),
        new("exec", "a program of yours", [], "the program and its arguments", "none", static (o, d) => Exec(o, d)),
        new("osc", "an OSC-Qasm server", [], "host:port", "127.0.0.1:1416", static (o, d) => Osc(o, d)),
    ];

    /// <summary>The vendor of that name; null when there is none.</summary>
    public static VendorEntry? Find(string name) => All.FirstOrDefault(v => v.Name == name);

    private static ImmediateJobs Exec(WireOptions options, string? command)
    {
        var backend = new ExecBackend(command ?? throw new QpuException("exec needs a program: exec:PROGRAM ARGUMENTS."), options.Seed);
        return new ImmediateJobs(backend, new DeviceProfile("exec", command.Split(' ')[0], 30) { IsSimulator = true, ReadsInTheMiddle = true, MostCircuits = 16, MostShots = 10_000, JobsOpen = 1, Recovery = Recovery.Find });
    }

    private static ImmediateJobs Osc(WireOptions options, string? server)
    {
        var parts = (server ?? "127.0.0.1:1416").Split(':');
        if (!IPAddress.TryParse(parts[0] == "localhost" ? "127.0.0.1" : parts[0], out var address) || (parts.Length > 1 && (!int.TryParse(parts[1], out var port) || port is < 1 or > 65535)) || parts.Length > 2)
            throw new QpuException($"The OSC-Qasm server is \"{server}\"; an address such as 127.0.0.1:1416 is needed.");
        var client = new OscQasmClient(new IPEndPoint(address, parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : OscQasmServer.UsualPort), seed: options.Seed);
        return new ImmediateJobs(client, new DeviceProfile("osc", server ?? "127.0.0.1:1416", 24) { IsSimulator = true, MostCircuits = 16, MostShots = 10_000, JobsOpen = 1, Recovery = Recovery.Find });
    }
}
