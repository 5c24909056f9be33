using System.Collections.Concurrent;
using System.Net.WebSockets;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// Tells one page what happens, in one loop: whatever came up since the last turn goes out together. Nothing is queued for a slow page but the server's log
/// of notes and the newest state. [worker]
/// </summary>
internal sealed class PageVoice(WebSocket socket, StageServer server, Echoes echoes) : IDisposable
{
    private const int NotesInMessage = 64, PongsWaiting = 8;

    // 60 pictures a second are as many as a screen shows.
    private static readonly TimeSpan StatePause = TimeSpan.FromMilliseconds(16), SendLimit = TimeSpan.FromSeconds(10);

    private readonly PageBell _bell = new();
    private readonly ConcurrentQueue<(double At, HostTime Heard)> _pongs = new();
    private readonly PageWriter _write = new(server.StageClock);
    private long _cursor = server.Log.Next;
    private string? _fault, _told;
    private byte[]? _drawing;
    private StageState? _shown;
    private byte[]? _health, _ports;
    private long _shownAt;

    /// <summary>Says that there is something new; never waits. [any]</summary>
    public void Wake() => _bell.Ring();

    /// <summary>Answers a ping; dropped when the page has too many unanswered. [any]</summary>
    public void Pong(double at, HostTime heard)
    {
        if (_pongs.Count >= PongsWaiting) return;
        _pongs.Enqueue((at, heard));
        Wake();
    }

    /// <summary>Tells the page what was wrong; the newest fault replaces one not yet told. [any]</summary>
    public void Fault(string sentence)
    {
        Volatile.Write(ref _fault, sentence);
        Wake();
    }

    /// <summary>Tells the page what came of something that was asked for; the newest replaces one not yet told. [any]</summary>
    public void Tell(string sentence)
    {
        Volatile.Write(ref _told, sentence);
        Wake();
    }

    /// <summary>Sends a message that is ready; the newest replaces one not yet sent. [any]</summary>
    public void Show(byte[] message)
    {
        Volatile.Write(ref _drawing, message);
        Wake();
    }

    /// <summary>Speaks until <paramref name="leaving"/>, or until the page no longer takes anything. Never throws.</summary>
    public async Task RunAsync(CancellationToken leaving)
    {
        try
        {
            await using var left = leaving.UnsafeRegister(static bell => ((PageBell)bell!).Ring(), _bell);
            await using var later = new Timer(static bell => ((PageBell)bell!).Ring(), _bell, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            await SendAsync(_write.Hello(server.Session.Presets), leaving);
            Wake();
            while (true)
            {
                await _bell.WaitAsync();
                leaving.ThrowIfCancellationRequested();
                while (_pongs.TryDequeue(out var pong)) await SendAsync(_write.Pong(pong.At, pong.Heard), leaving);
                await SendNotesAsync(leaving);
                if (await SendStateAsync(leaving) is { } pause) later.Change(pause, Timeout.InfiniteTimeSpan);
                if (server.Health is { } health && !ReferenceEquals(health, _health)) await SendAsync(_health = health, leaving);
                if (server.Ports is { } ports && !ReferenceEquals(ports, _ports)) await SendAsync(_ports = ports, leaving);
                if (Interlocked.Exchange(ref _drawing, null) is { } drawing) await SendAsync(drawing, leaving);
                if (Interlocked.Exchange(ref _fault, null) is { } fault) await SendAsync(PageWriter.Fault(fault), leaving);
                if (Interlocked.Exchange(ref _told, null) is { } told) await SendAsync(PageWriter.Told(told), leaving);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The page is gone, too slow to keep, or told to go: its connection ends.
        }
    }

    public void Dispose() => _write.Dispose();

    private async ValueTask SendNotesAsync(CancellationToken leaving)
    {
        var inMessage = 0;
        while (server.Log.TryRead(ref _cursor, out var note, out var missed))
        {
            if (missed > 0)
            {
                // What was already gathered for this message is as old as what is gone.
                if (inMessage > 0) _write.EndNotes();
                missed += inMessage;
                inMessage = 0;
                server.Tally.Missed(missed);
                await SendAsync(PageWriter.Resync(missed), leaving);
                continue;
            }

            if (note.Part == StagePart.Performer && echoes.Has(new TimedMessage(note.At, note.Message))) continue;
            _write.AddNote(note);
            if (++inMessage < NotesInMessage) continue;
            inMessage = 0;
            await SendAsync(_write.EndNotes(), leaving);
        }

        if (inMessage > 0) await SendAsync(_write.EndNotes(), leaving);
    }

    /// <summary>Sends the newest state unless the page has it or had another just now; returns how long until the next look, or null when only news calls for one.</summary>
    private async ValueTask<TimeSpan?> SendStateAsync(CancellationToken leaving)
    {
        var state = server.State;
        if (state is null || ReferenceEquals(state, _shown)) return null;
        var wait = _shown is null ? TimeSpan.Zero : StatePause - TimeSpan.FromMilliseconds(Environment.TickCount64 - _shownAt);
        if (wait > TimeSpan.Zero) return wait;
        _shown = state;
        _shownAt = Environment.TickCount64;
        if (_write.State(state) is { Length: > 0 } change) await SendAsync(change, leaving);
        return null;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken leaving)
    {
        var sending = socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, leaving);
        if (sending.IsCompletedSuccessfully) return;
        try
        {
            await sending.AsTask().WaitAsync(SendLimit, leaving);
        }
        catch (TimeoutException)
        {
            throw new IOException("The page took nothing for ten seconds.");
        }
    }
}
