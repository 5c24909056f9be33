using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace QuantumImprov.Host.Stage.Access;

/// <summary>Where other machines reach the stage, beside loopback: an address, HTTPS by a certificate of its own, and a token.</summary>
/// <param name="Address">An address of this machine, or any (0.0.0.0, ::) for all of them.</param>
/// <param name="Certificate">What it serves HTTPS with.</param>
/// <param name="Token">Who has it may come in.</param>
public sealed record StageListening(IPAddress Address, X509Certificate2 Certificate, StageToken Token)
{
    /// <summary>The port; 0 to 65535, 0 = any free one. Default 0.</summary>
    public int Port { get; init; }

    /// <summary>The addresses under which it is reached: those of this machine but loopback where <see cref="Address"/> is any.</summary>
    public IReadOnlyList<IPAddress> Reached => IsAny(Address) ? Own(Address.AddressFamily) : [Address];

    /// <summary>Listens on <paramref name="text"/>, an address or ADDRESS:PORT; false with one sentence when that is none of this machine's.</summary>
    public static bool TryCreate(string text, DateTimeOffset now, out StageListening? listening, out string fault)
    {
        listening = null;
        fault = "";
        if (!IPEndPoint.TryParse(text, out var end))
        {
            fault = $"--listen was given \"{text}\"; allowed is an address of this machine, such as 192.168.1.20, 192.168.1.20:5443 or 0.0.0.0 for all of them.";
            return false;
        }

        var own = Own(end.Address.AddressFamily);
        if (!IsAny(end.Address) && !IPAddress.IsLoopback(end.Address) && !own.Contains(end.Address))
        {
            fault = $"--listen was given {end.Address}, which is no address of this machine; allowed is {(own.Count == 0 ? "127.0.0.1" : string.Join(", ", own))} or 0.0.0.0 for all of them.";
            return false;
        }

        listening = new StageListening(end.Address, StageCertificate.Create([.. own, end.Address, IPAddress.Loopback], now), StageToken.Create()) { Port = end.Port };
        return true;
    }

    /// <summary>Whether <paramref name="address"/> stands for all addresses.</summary>
    public static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IReadOnlyList<IPAddress> Own(AddressFamily family) => [.. NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => address.AddressFamily == family && !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)];
}
