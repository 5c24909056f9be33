using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.Ibm;

/// <summary>The bearer token that an IBM Cloud key is exchanged for: kept until five minutes before its end, fetched once however many ask at the same time. Thread-safe.</summary>
internal sealed class IamToken(WireClient wire, WireOptions options, Uri address, Secret key) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _single = new(1, 1);
    private Secret? _token;
    private DateTimeOffset _until;

    /// <summary>The token; null with the failed reply when there is none to be had.</summary>
    internal async ValueTask<(Secret? Token, WireReply? Failure)> GetAsync(CancellationToken stop)
    {
        await _single.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_token is not null && options.Time.GetUtcNow() < _until - Early) return (_token, null);
            var form = new Dictionary<string, string> { ["grant_type"] = "urn:ibm:params:oauth:grant-type:apikey", ["apikey"] = key.Reveal() };
            var reply = await wire.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) }, safe: true, stop).ConfigureAwait(false);
            if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } json || json.Text("access_token") is not { Length: > 0 } token) return (null, reply);
            _token = options.Secrets.Redactor.Hide(token);
            _until = options.Time.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(json.Number("expires_in") ?? 3600, 60, 86_400));
            return (_token, null);
        }
        finally
        {
            _single.Release();
        }
    }

    /// <summary>The vendor did not accept <paramref name="used"/>: the next asker fetches another.</summary>
    internal void Reject(Secret used)
    {
        if (ReferenceEquals(_token, used)) _token = null;
    }

    public void Dispose() => _single.Dispose();
}
