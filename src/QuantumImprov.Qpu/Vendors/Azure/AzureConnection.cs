using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.Azure;

/// <summary>What an Azure Quantum connection string says. Immutable.</summary>
/// <param name="Workspace">The address of the workspace's resources.</param>
/// <param name="Key">The API key.</param>
internal sealed record AzureConnection(Uri Workspace, Secret Key)
{
    /// <summary>The variable it is read from.</summary>
    internal const string Variable = "AZURE_QUANTUM_CONNECTION_STRING";

    /// <exception cref="QpuException">It is not set, or a part is missing.</exception>
    internal static AzureConnection Read(SecretSource secrets)
    {
        var text = (secrets.Find(Variable) ?? throw new QpuException($"Azure Quantum needs {Variable} in the environment.")).Reveal();
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var endpoint = WireClient.Address(secrets.Plain("QUANTUMIMPROV_AZURE_URL") ?? Part("QuantumEndpoint"), "QuantumEndpoint");
        var path = $"/subscriptions/{Uri.EscapeDataString(Part("SubscriptionId"))}/resourceGroups/{Uri.EscapeDataString(Part("ResourceGroupName"))}/providers/Microsoft.Quantum/workspaces/{Uri.EscapeDataString(Part("WorkspaceName"))}";
        return new AzureConnection(new Uri(endpoint.ToString().TrimEnd('/') + path), secrets.Redactor.Hide(Part("ApiKey")));

        string Part(string name) => parts.TryGetValue(name, out var value) && value.Length > 0 ? value : throw new QpuException($"{Variable} has no {name}.");
    }
}
