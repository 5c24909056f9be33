
namespace QuantumImprov.Qpu.Fake;

/// <summary>One vendor's contract.</summary>
internal interface IFakeVendor
{
    /// <summary>What its paths begin with, without slashes.</summary>
    string Prefix { get; }

    /// <summary>The variables that send an adapter here.</summary>
    IEnumerable<(string Name, string Value)> Variables(string root, string key);

    /// <summary>Answers a request; its path begins after the prefix.</summary>
    FakeResponse Answer(FakeRequest request);
}
