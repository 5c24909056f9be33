using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace QuantumImprov.Host.Stage.Access;

/// <summary>
/// Who may come in. Any web page a browser shows can reach the stage too: by a foreign origin, or by a foreign name made to point here. So the Host must be the address
/// the request came to, and an Origin, where there is one, must be too. What comes over HTTPS is from other machines and needs the token as well. [any]
/// </summary>
internal sealed class StageGate(StageToken? token)
{
    private const int LongestQuote = 80;

    /// <summary>The headers of every answer.</summary>
    public static void Protect(HttpContext context)
    {
        var (headers, port) = (context.Response.Headers, context.Connection.LocalPort);
        var sockets = context.Request.IsHttps ? $"wss://{Local(context)}" : $"ws://127.0.0.1:{port} ws://localhost:{port}";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        // A newer host must never meet an older page.
        headers.CacheControl = "no-store";
    }

    /// <summary>One sentence on why the request is refused, or null when it may come in.</summary>
    public string? Refuses(HttpContext context)
    {
        var (request, scheme) = (context.Request, context.Request.IsHttps ? "https" : "http");
        var port = context.Connection.LocalPort;
        string[] ours = request.IsHttps ? [Local(context)] : [$"127.0.0.1:{port}", $"localhost:{port}"];
        var host = request.Host.Value ?? "";
        if (!IsOneOf(ours, host, scheme)) return $"The Host header is \"{Quote(host)}\"; allowed is {string.Join(" or ", ours)}.";
        foreach (var origin in request.Headers[HeaderNames.Origin])
        {
            if (origin is null || !origin.StartsWith(scheme + "://", StringComparison.Ordinal) || !IsOneOf(ours, origin[(scheme.Length + 3)..], scheme))
                return $"The Origin is \"{Quote(origin ?? "")}\"; allowed is {string.Join(" or ", ours.Select(o => $"{scheme}://{o}"))}.";
        }

        if (!request.IsHttps || token is null || token.Is(request.Cookies[StageToken.Cookie])) return null;
        return "The token is missing or another session's; open the address that the program showed when it started.";
    }

    /// <summary>Whether the request brings the token in its address; then it gets the cookie and is sent on to the address without it, which may be seen by anybody.</summary>
    public bool Admits(HttpContext context)
    {
        var request = context.Request;
        if (!request.IsHttps || token is null || request.Path != "/" || !token.Is(request.Query[StageToken.Parameter])) return false;
        context.Response.Cookies.Append(StageToken.Cookie, token.Text, new CookieOptions { HttpOnly = true, Secure = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict, Path = "/" });
        context.Response.Redirect("/");
        return true;
    }

    private static string Local(HttpContext context)
    {
        var address = context.Connection.LocalIpAddress ?? IPAddress.Loopback;
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, context.Connection.LocalPort).ToString();
    }

    // Browsers leave the port out where it is the scheme's own.
    private static bool IsOneOf(string[] ours, string host, string scheme)
    {
        var port = scheme == "https" ? ":443" : ":80";
        return ours.Any(our => host.Equals(our, StringComparison.OrdinalIgnoreCase) || (our.EndsWith(port, StringComparison.Ordinal) && host.Equals(our[..^port.Length], StringComparison.OrdinalIgnoreCase)));
    }

    private static string Quote(string text) => text.Length > LongestQuote ? text[..LongestQuote] + "..." : text;
}
