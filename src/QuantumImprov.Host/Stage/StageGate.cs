using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// Who may come in. The stage listens on loopback only, but any web page a browser shows can reach loopback too: by a foreign origin, or by a foreign name
/// made to point here. So the Host must be ours, and an Origin, where there is one, must be too. [any]
/// </summary>
internal static class StageGate
{
    private const int LongestQuote = 80;

    /// <summary>The headers of every answer.</summary>
    public static void Protect(HttpResponse response, int port)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + $"connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        // A newer host must never meet an older page.
        headers.CacheControl = "no-store";
    }

    /// <summary>One sentence on why <paramref name="request"/> is refused, or null when it may come in.</summary>
    public static string? Refuses(HttpRequest request, int port)
    {
        var host = request.Host.Value ?? "";
        if (!IsOurs(host, port)) return $"The Host header is \"{Quote(host)}\"; allowed is 127.0.0.1:{port} or localhost:{port}.";
        var origins = request.Headers[HeaderNames.Origin];
        foreach (var origin in origins)
        {
            if (origin is null || !origin.StartsWith("http://", StringComparison.Ordinal) || !IsOurs(origin["http://".Length..], port))
                return $"The Origin is \"{Quote(origin ?? "")}\"; allowed is http://127.0.0.1:{port} or http://localhost:{port}.";
        }

        return null;
    }

    private static bool IsOurs(string host, int port) =>
        host.Equals($"127.0.0.1:{port}", StringComparison.OrdinalIgnoreCase)
        || host.Equals($"localhost:{port}", StringComparison.OrdinalIgnoreCase)
        // Browsers leave the port out where it is the scheme's own.
        || (port == 80 && (host == "127.0.0.1" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)));

    private static string Quote(string text) => text.Length > LongestQuote ? text[..LongestQuote] + "..." : text;
}
