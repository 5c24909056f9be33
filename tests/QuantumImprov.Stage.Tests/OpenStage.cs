using Microsoft.Playwright;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>A stage with a session behind it and a connected page before it. It says what the page complained about, and fails at the end when either said what is not in the protocol.</summary>
internal sealed class OpenStage : IAsyncDisposable
{
    private readonly List<string> _complaints = [];
    private readonly IReadOnlyCollection<string> _breaches;

    private OpenStage(StageServer server, IPage page) => (Server, Page, _breaches) = (server, page, Contract.Watch(page));

    public StageServer Server { get; private set; }

    public LiveSession Session { get; private init; } = null!;

    public IPage Page { get; }

    /// <summary>Errors and warnings of the page, and requests to anywhere else.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<OpenStage> OpenAsync(IPage page)
    {
        var session = new LiveSession();
        var server = await StageServer.StartAsync(new StageOptions { Port = 0 }, session, TestContext.Current.CancellationToken);
        var stage = new OpenStage(server, page) { Session = session };
        page.PageError += (_, error) => stage._complaints.Add(error);
        page.Console += (_, message) =>
        {
            // The advice on reading a canvas back is for the tests that do.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Canvas2D", StringComparison.Ordinal)) stage._complaints.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.Url, StringComparison.Ordinal)) stage._complaints.Add($"requested {request.Url}");
        };
        await page.GotoAsync(server.Url);
        await stage.ConnectedAsync();
        return stage;
    }

    public Task ConnectedAsync() => UntilAsync("document.documentElement.dataset.link === 'here'");

    /// <summary>Waits until a condition of the page holds.</summary>
    public Task UntilAsync(string condition) => Page.WaitForFunctionAsync($"() => {condition}");

    /// <summary>The partner plays a note from <paramref name="on"/> to <paramref name="off"/> seconds from now.</summary>
    public void Answer(HostTime now, int pitch, double on, double off)
    {
        Server.Broadcast(new StageNote(now.PlusSeconds(on), StagePart.Partner, ShortMessage.NoteOn(0, pitch, 96)));
        Server.Broadcast(new StageNote(now.PlusSeconds(off), StagePart.Partner, ShortMessage.NoteOff(0, pitch)));
    }

    public Task UntilHeardAsync(string part) => UntilAsync($"document.querySelector('.channel.{part} .meter').ariaValueNow > 30");

    public Task UntilSilentAsync(string part) => UntilAsync($"document.querySelector('.channel.{part} .meter').ariaValueNow == 0");

    public async Task StopServerAsync() => await Server.DisposeAsync();

    public async Task RestartServerAsync() =>
        Server = await StageServer.StartAsync(new StageOptions { Port = Server.Port, PortsToTry = 1 }, Session, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await Server.DisposeAsync();
        Assert.Empty(_breaches);
    }
}
