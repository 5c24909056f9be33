using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;

namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>A job between its plan and its end. Belongs to its <see cref="Provisioner"/>. [worker]</summary>
public sealed class OpenJob
{
    private readonly Lazy<JobRequest> _request;

    /// <summary>A job that is about to be sent.</summary>
    /// <param name="tag">Our own name of it.</param>
    /// <param name="device">Where it is to run.</param>
    /// <param name="plan">What is to run.</param>
    /// <param name="price">What it may cost.</param>
    public OpenJob(string tag, DeviceProfile device, JobPlan plan, decimal price)
    {
        (Tag, Vendor, Device, Plan, Price, Currency) = (tag, device.Vendor, device.Name, plan, price, device.Pricing.Currency);
        _request = new Lazy<JobRequest>(() => plan.ToRequest(tag));
    }

    /// <summary>Our own name of it.</summary>
    public string Tag { get; }

    /// <summary>Whose device.</summary>
    public string Vendor { get; }

    /// <summary>Which device.</summary>
    public string Device { get; }

    /// <summary>What it runs.</summary>
    public JobPlan Plan { get; }

    /// <summary>What it may cost.</summary>
    public decimal Price { get; }

    /// <summary>The price's currency.</summary>
    public string Currency { get; }

    /// <summary>The request.</summary>
    public JobRequest Request => _request.Value;

    /// <summary>The vendor's name of it; null until it is known.</summary>
    public string? Job { get; set; }

    /// <summary>What is to be done next.</summary>
    public JobStep Step { get; set; } = JobStep.Submit;

    /// <summary>When that is due.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset SentAt { get; set; }

    /// <summary>Whether its results are still hoped for; a job that took too long is asked for less often.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>The state last heard of.</summary>
    public JobState State { get; set; }

    /// <summary>How often the present step was done in vain.</summary>
    public int Attempts { get; set; }
}
