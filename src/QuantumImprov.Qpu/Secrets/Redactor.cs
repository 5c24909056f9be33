using System.Text.RegularExpressions;

namespace QuantumImprov.Qpu.Secrets;

/// <summary>
/// Takes secrets out of text before anybody sees it: every secret that was ever handed out, as it is, percent-encoded and as JSON writes it, and what stands in the places where vendors put them. Thread-safe.
/// </summary>
public sealed partial class Redactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mark = "[redacted]";

    private const int Shortest = 6;

    private readonly System.Threading.Lock _gate = new();
    private string[] _known = [];

    /// <summary>Headers whose values are never shown.</summary>
    public static IReadOnlySet<string> Headers { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Service-CRN", "X-API-KEY", "x-ms-quantum-api-key", "X-Amz-Security-Token", "X-Amz-Date", "x-amz-content-sha256", "Cookie", "Set-Cookie",
    };

    /// <summary>From now on <paramref name="secret"/> is taken out wherever it stands.</summary>
    public Secret Hide(string secret)
    {
        lock (_gate)
        {
            string[] forms = [secret, Uri.EscapeDataString(secret), System.Text.Json.JsonEncodedText.Encode(secret).ToString()];
            _known = [.. _known.Concat(forms).Where(f => f.Length >= Shortest).Distinct().OrderByDescending(f => f.Length)];
        }

        return new Secret(secret);
    }

    /// <summary>The text without secrets.</summary>
    public string Clean(string text)
    {
        foreach (var secret in Volatile.Read(ref _known)) text = text.Replace(secret, Mark, StringComparison.Ordinal);
        text = InQueries().Replace(text, "$1" + Mark);
        return InJson().Replace(text, "$1" + Mark + "\"");
    }

    [GeneratedRegex(@"((?:[?&;\s""]|^)(?:sig|apikey|api_key|X-Amz-(?:Signature|Credential|Security-Token)|SharedAccessSignature|ApiKey)=)[^&\s"";]+", RegexOptions.IgnoreCase)]
    private static partial Regex InQueries();

    [GeneratedRegex(@"(""(?:access_token|refresh_token|apikey|api_key|token)""\s*:\s*"")[^""]*""", RegexOptions.IgnoreCase)]
    private static partial Regex InJson();
}
