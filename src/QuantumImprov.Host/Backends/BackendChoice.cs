using QuantumImprov.Host.CommandLine;
using QuantumImprov.Qpu.Vendors;
using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Host.Backends;

/// <summary>What <c>--backend</c> says: <c>local</c>, <c>noisy:PROFILE</c> or <c>VENDOR[:DEVICE]</c>. Immutable.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Profile">The noise of a simulated device; null otherwise.</param>
/// <param name="Vendor">The vendor; null for what runs here.</param>
/// <param name="Device">The vendor's device; null: its usual one.</param>
public sealed record BackendChoice(string Text, NoiseProfile? Profile, VendorEntry? Vendor, string? Device)
{
    /// <summary>The simulator of this program, which answers at once.</summary>
    public static BackendChoice Local { get; } = new("local", null, null, null);

    /// <summary>Whether it is that simulator.</summary>
    public bool IsLocal => Profile is null && Vendor is null;

    /// <summary>Reads a text; null with the sentence why not.</summary>
    public static BackendChoice? Read(string text, out string fault)
    {
        fault = "";
        if (text == "local") return Local;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (head, rest) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        if (head == "noisy")
        {
            if (rest is not null && DeviceProfiles.Find(rest) is { } profile) return new BackendChoice(text, profile, null, null);
            fault = $"--backend was given \"{text}\"; allowed profiles are {string.Join(", ", DeviceProfiles.All.Select(p => "noisy:" + p.Name))}.";
            return null;
        }

        if (VendorTable.Find(head) is { } vendor && rest != "") return new BackendChoice(text, null, vendor, rest);
        fault = $"--backend was given \"{text}\"; allowed are local, noisy:PROFILE, or VENDOR[:DEVICE] with one of {string.Join(", ", VendorTable.All.Select(v => v.Name))}.";
        return null;
    }

    /// <summary>Reads a text that was given as a flag.</summary>
    /// <exception cref="Refusal">It is none.</exception>
    public static BackendChoice Of(string? text) => text is null ? Local : Read(text, out var fault) ?? throw new Refusal(fault, ExitCodes.Usage);
}
