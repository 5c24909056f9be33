using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QuantumImprov.Qpu.Fake.Vendors;

namespace QuantumImprov.Qpu.Fake;

/// <summary>
/// A cloud of all vendors on a port of this machine: speaks their contracts over real HTTP, executes circuits on our simulator with a device's noise, takes as long as it is told, and goes wrong as it is told. For tests, for rehearsing without
/// money, and for whoever writes an adapter.
/// </summary>
public sealed class FakeCloud : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FakeCloudOptions _options;
    private readonly FaultScript _faults = new();
    private readonly FakeJobs _jobs;
    private readonly IFakeVendor[] _vendors;
    private int _requests;
    private volatile bool _gone;

    private FakeCloud(FakeCloudOptions options)
    {
        _options = options;
        _jobs = new FakeJobs(options, _faults);
        var blobs = new ConcurrentDictionary<string, byte[]>();
        _vendors =
        [
            new FakeIbm(options, _jobs, _faults), new FakeIonQ(options, _jobs, _faults), new FakeBraket(options, _jobs, _faults), new FakeS3(options, _jobs), new FakeAzure(options, _jobs, _faults, blobs), new FakeBlobs(options, blobs),
            new FakeIqm(options, _jobs, _faults), new FakeQBraid(options, _jobs, _faults), new FakeAnu(options),
        ];
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 64 << 20;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Requests served so far.</summary>
    public int Requests => _requests;

    /// <summary>Jobs taken so far: by vendor, tag, executions.</summary>
    public IReadOnlyList<(string Vendor, string Id, string Tag, long Executions, bool IsCancelled)> Jobs => [.. _jobs.All.Select(j => (j.Vendor, j.Id, j.Tag, (long)j.Shots * j.Circuits.Length, j.IsCancelled))];

    /// <summary>The environment that sends every adapter here.</summary>
    public IReadOnlyDictionary<string, string> Variables => _vendors.SelectMany(v => v.Variables($"{Address}/{v.Prefix}", _options.Key)).ToDictionary(v => v.Name, v => v.Value);

    /// <summary>Starts serving.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FakeCloud> StartAsync(FakeCloudOptions options)
    {
        var cloud = new FakeCloud(options);
        await cloud._app.StartAsync().ConfigureAwait(false);
        cloud.Address = cloud._app.Urls.First().TrimEnd('/');
        foreach (var vendor in cloud._vendors.OfType<IKnowsItsRoot>()) vendor.Root = cloud.Address;
        return cloud;
    }

    /// <summary>A fault that is to come.</summary>
    public void Script(FakeFault fault) => _faults.Add(fault);

    /// <summary>No more faults.</summary>
    public void Forgive() => _faults.Clear();

    /// <summary>Whether the server is gone: every connection is reset.</summary>
    public bool IsGone
    {
        get => _gone;
        set => _gone = value;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _app.StopAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Somebody keeps a connection open; it is cut.
        }

        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        // As it stands on the wire: an encoded slash inside a name stays one.
        var path = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var fault = _gone ? new FakeFault(FaultKind.ResetBefore) : _faults.Take(context.Request.Method, path);
        _options.Log?.Invoke($"{context.Request.Method} {path}{(fault is null ? "" : $" ({fault.Kind})")}");
        if (fault?.Kind == FaultKind.ResetBefore)
        {
            context.Abort();
            return;
        }

        if (fault?.Kind == FaultKind.Status)
        {
            if (fault.RetryAfter is { } after) context.Response.Headers.RetryAfter = after;
            await WriteAsync(context, new FakeResponse(fault.Status, Encoding.UTF8.GetBytes("""{"message":"scripted"}"""))).ConfigureAwait(false);
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        var response = Answer(context, path, body);
        switch (fault?.Kind)
        {
            case FaultKind.ResetAfter:
                context.Abort();
                return;
            case FaultKind.Malformed:
                response = new FakeResponse(response.Status, Encoding.UTF8.GetBytes("<html>not what you asked for</html>"));
                break;
            case FaultKind.Truncated:
                context.Response.StatusCode = response.Status;
                context.Response.ContentLength = response.Body.Length;
                await context.Response.Body.WriteAsync(response.Body.AsMemory(0, response.Body.Length / 2)).ConfigureAwait(false);
                await context.Response.Body.FlushAsync().ConfigureAwait(false);
                context.Abort();
                return;
        }

        await WriteAsync(context, response).ConfigureAwait(false);
    }

    private FakeResponse Answer(HttpContext context, string path, string body)
    {
        foreach (var vendor in _vendors)
        {
            if (!path.StartsWith($"/{vendor.Prefix}/", StringComparison.Ordinal) && path != $"/{vendor.Prefix}") continue;
            var request = new FakeRequest(context.Request.Method, path[(vendor.Prefix.Length + 1)..], context.Request.Query, context.Request.Headers, body, context.Request.Host.Value ?? "");
            return vendor.Answer(request);
        }

        return FakeResponse.Empty(404);
    }

    private async Task WriteAsync(HttpContext context, FakeResponse response)
    {
        context.Response.StatusCode = response.Status;
        context.Response.Headers.Date = (_options.Time.GetUtcNow() + _options.ClockSkew).ToString("R");
        foreach (var (name, value) in response.Headers) context.Response.Headers[name] = value;
        if (response.Body.Length == 0 || response.Status == 204) return;
        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.Body.Length;
        await context.Response.Body.WriteAsync(response.Body, CancellationToken.None).ConfigureAwait(false);
    }
}
