using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QuantumImprov.Qpu.Secrets;

namespace QuantumImprov.Qpu.Vendors.Braket;

/// <summary>
/// AWS Signature Version 4, as the official test vectors have it. The path on the wire is encoded once more for every service but S3; header values are trimmed and their inner spaces collapsed; query pairs are sorted. Pure.
/// </summary>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Keys of an account.</summary>
    internal sealed record Keys(string Id, Secret Key, Secret? Session);

    /// <summary>Signs a request: adds X-Amz-Date, for S3 and where <paramref name="signsBody"/> is set x-amz-content-sha256, for temporary keys X-Amz-Security-Token, and Authorization.</summary>
    internal static void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, Keys keys, string region, string service, DateTimeOffset now, bool signsBody = false)
    {
        var date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", date);
        if (keys.Session is { } session) request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", session.Reveal());
        if (service == "s3" || signsBody) request.Headers.TryAddWithoutValidation("x-amz-content-sha256", Hex(SHA256.HashData(body)));
        var headers = request.Headers.Where(h => h.Key != "Authorization").Select(h => (h.Key, string.Join(',', h.Value)))
            .Concat(request.Content?.Headers.Where(h => h.Key is "Content-Type").Select(h => (h.Key, string.Join(',', h.Value))) ?? [])
            .Append(("host", request.RequestUri!.Authority)).ToList();
        var (signature, names, scope) = Signature(request.Method.Method, request.RequestUri.AbsolutePath, request.RequestUri.Query.TrimStart('?'), headers, body, keys.Key.Reveal(), region, service, date);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={keys.Id}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    /// <summary>The signature of what stands on the wire.</summary>
    internal static (string Signature, string SignedHeaders, string Scope) Signature(
        string method, string path, string query, IReadOnlyList<(string Name, string Value)> headers, ReadOnlySpan<byte> body, string key, string region, string service, string date)
    {
        var names = string.Join(';', headers.Select(h => h.Name.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal));
        var canonical = Canonical(method, path, query, headers, body, service);
        var scope = $"{date[..8]}/{region}/{service}/aws4_request";
        var toSign = $"{Algorithm}\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signing = Encoding.UTF8.GetBytes("AWS4" + key);
        foreach (var part in (string[])[date[..8], region, service, "aws4_request"]) signing = HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(part));
        return (Hex(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(toSign))), names, scope);
    }

    /// <summary>The canonical request.</summary>
    internal static string Canonical(string method, string path, string query, IReadOnlyList<(string Name, string Value)> headers, ReadOnlySpan<byte> body, string service)
    {
        var text = new StringBuilder().Append(method).Append('\n');
        text.Append(service == "s3" ? (path.Length == 0 ? "/" : path) : Encoded(Normal(path), keepSlashes: true)).Append('\n');
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => (Name: Recoded(p[0]), Value: p.Length > 1 ? Recoded(p[1]) : ""));
        text.AppendJoin('&', pairs.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value}")).Append('\n');
        foreach (var group in headers.GroupBy(h => h.Name.ToLowerInvariant()).OrderBy(g => g.Key, StringComparer.Ordinal))
            text.Append(group.Key).Append(':').AppendJoin(',', group.Select(h => Collapsed(h.Value))).Append('\n');
        text.Append('\n').AppendJoin(';', headers.Select(h => h.Name.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)).Append('\n');
        return text.Append(Hex(SHA256.HashData(body))).ToString();
    }

    // Dots and doubled slashes are resolved, for all services but S3.
    private static string Normal(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part == "..")
            {
                if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts) + (parts.Count > 0 && path.EndsWith('/') ? "/" : "");
    }

    private static string Encoded(string text, bool keepSlashes) => keepSlashes ? string.Join('/', text.Split('/').Select(Uri.EscapeDataString)) : Uri.EscapeDataString(text);

    private static string Recoded(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string Collapsed(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
