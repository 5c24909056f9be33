using System.Security.Cryptography;
using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Randomness;

/// <summary>
/// Random bytes from the quantum generator of the Australian National University, fetched ahead in blocks and used once. They are combined with the system's own generator by exclusive or, so that they are never weaker than that: a seed made
/// from them is as good as either. Notes drawn from such a seed are drawn by this machine all the same. [worker]
/// </summary>
public sealed class QuantumRandomNumbers : IDisposable
{
    /// <summary>The variable of the key.</summary>
    public const string KeyVariable = "QRANDOM_API_KEY";

    /// <summary>Bytes of a block: one request of the hundred a month that are free.</summary>
    public const int BlockBytes = 1024 * 8;

    private readonly WireClient _wire;
    private readonly Secret _key;
    private readonly Uri _address;

    /// <summary>Reads the key.</summary>
    /// <exception cref="QpuException">The key is not set, or the address is no address.</exception>
    public QuantumRandomNumbers(WireOptions options)
    {
        _key = options.Secrets.Find(KeyVariable) ?? throw new QpuException($"The quantum random numbers of ANU need {KeyVariable} in the environment.");
        _address = WireClient.Address(options.Secrets.Plain("QUANTUMIMPROV_ANU_URL") ?? "https://api.quantumnumbers.anu.edu.au", "QUANTUMIMPROV_ANU_URL");
        _wire = new WireClient(options);
    }

    /// <summary>One block; null with the reason when there is none to be had.</summary>
    public async ValueTask<(byte[]? Block, string? Why)> FetchAsync(CancellationToken stop = default)
    {
        var reply = await _wire.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_address.ToString().TrimEnd('/')}/?length=1024&type=hex16&size=4"));
                request.Headers.Add("x-api-key", _key.Reveal());
                return request;
            },
            safe: true, stop).ConfigureAwait(false);
        if (reply is WireReply.Silence silence) return (null, $"ANU could not be asked: {silence.Why}.");
        if (((WireReply.Answer)reply).Json() is not { } json || json.Field("success")?.ValueKind != System.Text.Json.JsonValueKind.True) return (null, $"ANU gave no numbers (status {((WireReply.Answer)reply).Status}).");
        var block = new List<byte>(BlockBytes);
        foreach (var word in json.Field("data")?.Items() ?? [])
        {
            var text = word.AsText() ?? "";
            if (text.Length == 0 || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit)) return (null, "ANU answered with something that cannot be read.");
            block.AddRange(Convert.FromHexString(text));
        }

        return block.Count == BlockBytes ? (block.ToArray(), null) : (null, $"ANU sent {block.Count} bytes; {BlockBytes} were asked for.");
    }

    /// <summary>A seed from eight bytes of a block and eight of the system's generator.</summary>
    public static ulong Seed(ReadOnlySpan<byte> eight)
    {
        Span<byte> own = stackalloc byte[8];
        RandomNumberGenerator.Fill(own);
        return BitConverter.ToUInt64(own) ^ BitConverter.ToUInt64(eight);
    }

    /// <summary>How a block is named in a journal: its first digits under SHA-256.</summary>
    public static string NameOf(ReadOnlySpan<byte> block) => Convert.ToHexStringLower(SHA256.HashData(block).AsSpan(0, 6));

    /// <inheritdoc/>
    public void Dispose() => _wire.Dispose();
}
