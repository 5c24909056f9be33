using System.Net.WebSockets;

namespace QuantumImprov.Host.Stage;

/// <summary>One open page: what it plays comes in through <see cref="PageEar"/>, what it is to show and sound goes out through <see cref="PageVoice"/>.</summary>
internal sealed class StagePage(WebSocket socket, PageEar ear, PageVoice voice)
{
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;
    private static readonly TimeSpan Parting = TimeSpan.FromMilliseconds(300);

    /// <summary>Says that there is something new to send; never waits. [any]</summary>
    public void Wake() => voice.Wake();

    /// <summary>Tells the page what came of something that was asked for; never waits. [any]</summary>
    public void Tell(string sentence) => voice.Tell(sentence);

    /// <summary>Serves the page until it goes, fails, breaks a rule, or <paramref name="stopping"/>; afterwards it holds no key. Never throws. [worker]</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var hearing = ear.RunAsync();
        var saying = voice.RunAsync(leaving.Token);
        await Task.WhenAny(hearing, saying);
        await leaving.CancelAsync();
        await saying;

        var (status, reason) = hearing.IsCompleted ? await hearing : (WebSocketCloseStatus.EndpointUnavailable, "The host has stopped.");
        await CloseAsync(socket, status, reason, hearing);
        await hearing;
        ear.LetGo();
    }

    /// <summary>Closes a connection for which there is no place, with one sentence. Never throws. [worker]</summary>
    public static Task TurnAwayAsync(WebSocket socket, string reason) => CloseAsync(socket, TryAgainLater, reason, Task.CompletedTask);

    /// <summary>Says good-bye and waits a little for the page's own, without which ours may be lost on its way; then cuts the connection.</summary>
    private static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string reason, Task hearing)
    {
        using var limit = new CancellationTokenSource(Parting);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(status, reason, limit.Token);
            await hearing.WaitAsync(limit.Token);
            var ignored = new byte[1024];
            while (socket.State == WebSocketState.CloseSent) await socket.ReceiveAsync(ignored, limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // It does not take its leave in time, or is gone already.
        }
        finally
        {
            socket.Abort();
        }
    }
}
