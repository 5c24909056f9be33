using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Stage.Access;
using QuantumImprov.Host.Stage.Archive;
using QuantumImprov.Host.Stage.Health;
using QuantumImprov.Host.Stage.Ports;
using QuantumImprov.Host.Stage.Protocol;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// The web stage: one page, on loopback and where <see cref="StageOptions.Listening"/> says, and one WebSocket to each open page. It knows of the session only what <see cref="IStageSession"/> says; the session
/// tells it what happens by <see cref="Broadcast"/> and <see cref="Publish"/>, which never wait for a page.
/// </summary>
public sealed class StageServer : IAsyncDisposable
{
    private const int NotesKept = 4096;
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private readonly StageAssets _assets = new();
    private readonly StageGate _gate;
    private readonly ArchiveDesk? _archive;
    private readonly Lock _pagesChange = new();
    private readonly WebApplication _app;
    private StagePage[] _pages = [];
    private StageState? _state;
    private byte[]? _health, _ports;

    private StageServer(StageOptions options, IStageSession session, StageClock clock, int port)
    {
        (Options, Session, StageClock, Port) = (options, session, clock, port);
        _gate = new StageGate(options.Listening?.Token);
        _archive = options.Archive is { } archive ? new ArchiveDesk(archive) : null;
        _app = Build(port);
    }

    /// <summary>The port the stage is served on.</summary>
    public int Port { get; private set; }

    /// <summary>The page's address, such as http://127.0.0.1:5170.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The addresses for other machines, each with the token: secrets, to be shown to the owner once. Empty without <see cref="StageOptions.Listening"/>.</summary>
    public IReadOnlyList<string> FarUrls { get; private set; } = [];

    /// <summary>The port that was asked for but taken; null when the stage is where it was asked to be.</summary>
    public int? MovedFrom => Options.Port != 0 && Options.Port != Port ? Options.Port : null;

    /// <summary>What was counted since the start. [any]</summary>
    public StageCounts Counts => Tally.With(Volatile.Read(ref _pages).Length);

    internal StageOptions Options { get; }

    internal IStageSession Session { get; }

    internal StageClock StageClock { get; }

    internal StageTally Tally { get; } = new();

    internal NoteLog Log { get; } = new(NotesKept);

    internal byte[]? Health => Volatile.Read(ref _health);

    internal byte[]? Ports => Volatile.Read(ref _ports);

    internal StageState? State => Volatile.Read(ref _state);

    /// <summary>Serves the stage on the first free port from the one asked for.</summary>
    /// <param name="options">Port and limits.</param>
    /// <param name="session">The session behind the stage.</param>
    /// <param name="cancellation">Gives up starting; afterwards it means nothing, and <see cref="DisposeAsync"/> stops the stage.</param>
    /// <exception cref="ArgumentOutOfRangeException">The port or a limit is outside its range.</exception>
    /// <exception cref="IOException">No port could be had; the message says which were tried.</exception>
    public static async Task<StageServer> StartAsync(StageOptions options, IStageSession session, CancellationToken cancellation = default)
    {
        Check(options);
        var clock = new StageClock(session);
        var last = options.Port == 0 ? 0 : Math.Min(65535, options.Port + options.PortsToTry - 1);
        for (var port = options.Port; port <= last; port++)
        {
            var server = new StageServer(options, session, clock, port);
            try
            {
                await server._app.StartAsync(cancellation);
                server.Port = new Uri(server._app.Urls.First(url => url.StartsWith("http:", StringComparison.Ordinal))).Port;
                if (options.Listening is { } listening) server.FarUrls = FarAddresses(listening, new Uri(server._app.Urls.First(url => url.StartsWith("https:", StringComparison.Ordinal))).Port);
                return server;
            }
            catch (IOException e) when (e.InnerException is AddressInUseException)
            {
                await server.DisposeAsync();
                // The other port was chosen by somebody; looking on among the stage's own would not find it free.
                if (options.Listening is { Port: > 0 } far && e.Message.Contains($":{far.Port}", StringComparison.Ordinal)) throw new IOException($"The port {far.Port} of --listen is taken; choose another one, or none for any free port.");
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }

        throw new IOException($"The stage found every port from {options.Port} to {last} taken; choose another one, or 0 for any free port.");
    }

    /// <summary>
    /// Sends a note to every page; a page too slow to take it misses it and is silenced first. What a page played itself is not sent back to it, so the session
    /// may broadcast everything it hears. Allocates nothing and waits for no page. [any but the player's]
    /// </summary>
    public void Broadcast(in StageNote note)
    {
        Log.Append(note);
        Wake();
    }

    /// <summary>Makes <paramref name="state"/> what the pages show; each gets the newest at most 60 times a second. Allocates nothing and waits for no page. [any but the player's]</summary>
    public void Publish(StageState state)
    {
        Volatile.Write(ref _state, state);
        Wake();
    }

    /// <summary>Shows how well the machine keeps up and, where shots of a device choose, the concert. Now and then: each page gets every one. [any but the player's]</summary>
    public void Publish(StageHealth health, StageConcert? concert)
    {
        Volatile.Write(ref _health, StageJson.Write(new FromHost.Health(LatencyHistogram.Ends, health, concert)));
        Wake();
    }

    /// <summary>Shows ports, cables and routing; pages get them when they have changed. [any but the player's, one at a time]</summary>
    public void Publish(StagePorts ports)
    {
        var message = StageJson.Write(new FromHost.Ports(ports.Says, ports.Ends, ports.Routes));
        if (_ports.AsSpan().SequenceEqual(message)) return;
        Volatile.Write(ref _ports, message);
        Wake();
    }

    /// <summary>Tells every page that is open, in one sentence, what came of something that was asked for. [any but the player's]</summary>
    public void Tell(string sentence)
    {
        foreach (var page in Volatile.Read(ref _pages)) page.Tell(sentence);
    }

    /// <summary>Silences both parts on every page at once and cancels what is scheduled there. [any but the player's]</summary>
    public void Silence()
    {
        var now = StageClock.Now;
        Log.Append(new StageNote(now, StagePart.Partner, ShortMessage.Control(0, 120, 0)));
        Log.Append(new StageNote(now, StagePart.Performer, ShortMessage.Control(0, 120, 0)));
        Wake();
    }

    /// <summary>Tells every page good-bye, lets go of the keys they hold, and stops; takes less than a second.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using (var limit = new CancellationTokenSource(StopLimit))
        {
            try
            {
                await _app.StopAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // Whoever has not gone by now is cut off.
            }
        }

        await _app.DisposeAsync();
    }

    private static void Check(StageOptions options)
    {
        InRange(options.Port, 0, 65535, "port");
        InRange(options.PortsToTry, 1, 65536, "number of ports to try");
        InRange(options.MaxPages, 1, 1000, "number of pages");
        InRange(options.MaxMessageBytes, 64, 1 << 20, "message size in bytes");
        InRange(options.MessagesPerSecond, 1, 1_000_000, "number of messages a second");
        InRange(options.Burst, 1, 1_000_000, "number of messages at once");

        static void InRange(int value, int least, int most, string what)
        {
            if (value < least || value > most) throw new ArgumentOutOfRangeException(nameof(options), $"The stage's {what} is {value}; allowed is {least} to {most}.");
        }
    }

    private static IReadOnlyList<string> FarAddresses(StageListening listening, int port) =>
        [.. listening.Reached.Select(address => $"https://{new IPEndPoint(address, port)}/?{StageToken.Parameter}={listening.Token.Text}")];

    private WebApplication Build(int port)
    {
        // The empty builder reads no settings file and no environment, and logs nothing: the stage is what its options say.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.MaxConcurrentConnections = 8L * Options.MaxPages + 32;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 2L * Options.MaxPages;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            if (Options.Listening is not { } far) return;
            kestrel.Listen(far.Address, far.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(far.Certificate);
            });
        });
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveTimeout = TimeSpan.FromSeconds(15) });
        app.Run(ServeAsync);
        return app;
    }

    private async Task ServeAsync(HttpContext context)
    {
        StageGate.Protect(context);
        if (_gate.Admits(context)) return;
        if (_gate.Refuses(context) is { } refusal)
        {
            Tally.Refused();
            await SayAsync(context, StatusCodes.Status403Forbidden, refusal);
        }
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            await SayAsync(context, StatusCodes.Status405MethodNotAllowed, "The method is not one of the stage's; allowed is GET or HEAD.");
        }
        else if (context.Request.Path == "/live")
        {
            if (context.WebSockets.IsWebSocketRequest) await LiveAsync(context);
            else await SayAsync(context, StatusCodes.Status400BadRequest, "This is no WebSocket request; allowed at /live is a WebSocket only.");
        }
        else if (context.Request.Path == "/live.schema.json")
        {
            context.Response.ContentType = "application/schema+json; charset=utf-8";
            await context.Response.WriteAsync(HttpMethods.IsHead(context.Request.Method) ? "" : StageSchema.Write());
        }
        else if (_archive is not null && await _archive.ServeAsync(context))
        {
            // Served.
        }
        else if (_assets.Find(context.Request.Path) is { } asset)
        {
            context.Response.ContentType = asset.ContentType;
            context.Response.ContentLength = asset.Content.Length;
            if (HttpMethods.IsGet(context.Request.Method)) await context.Response.Body.WriteAsync(asset.Content);
        }
        else
        {
            await SayAsync(context, StatusCodes.Status404NotFound, $"There is nothing here; the page is at {context.Request.Scheme}://{context.Request.Host}/.");
        }
    }

    private async Task LiveAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var echoes = new Echoes();
        using var voice = new PageVoice(socket, this, echoes);
        var page = new StagePage(socket, new PageEar(socket, this, voice, echoes, new DecisionDesk(Session, voice)), voice);
        if (!TryAdd(page))
        {
            Tally.Refused();
            await StagePage.TurnAwayAsync(socket, $"{Options.MaxPages} pages are open, which is the most allowed; close one.");
            return;
        }

        try
        {
            await page.RunAsync(_stopping.Token);
        }
        finally
        {
            Remove(page);
        }
    }

    private static Task SayAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(sentence);
    }

    private void Wake()
    {
        foreach (var page in Volatile.Read(ref _pages)) page.Wake();
    }

    private bool TryAdd(StagePage page)
    {
        lock (_pagesChange)
        {
            if (_pages.Length >= Options.MaxPages) return false;
            Volatile.Write(ref _pages, [.. _pages, page]);
            Session.Watch(true);
            return true;
        }
    }

    private void Remove(StagePage page)
    {
        lock (_pagesChange)
        {
            Volatile.Write(ref _pages, [.. _pages.Where(other => other != page)]);
            if (_pages.Length == 0) Session.Watch(false);
        }
    }
}
