using System.Net.WebSockets;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;

namespace QuantumImprov.Host.Stage;

/// <summary>Takes in what one page sends, within its limits, and hands it to the session. [worker]</summary>
internal sealed class PageEar(WebSocket socket, StageServer server, PageVoice voice, Echoes echoes, DecisionDesk desk)
{
    // A second panic this soon after the first would find nothing to silence.
    private static readonly TimeSpan PanicPause = TimeSpan.FromMilliseconds(50);

    private readonly StageOptions _options = server.Options;
    private readonly RateLimit _limit = new(server.Options.MessagesPerSecond, server.Options.Burst, server.Options.Clock);
    private readonly HeldKeys _held = new();
    private HostTime _last = new(long.MinValue);
    private long? _panicked;
    private int _dropped;

    /// <summary>Listens until the page closes, fails or breaks a rule; says how the connection is to end. Never throws.</summary>
    public async Task<(WebSocketCloseStatus Status, string Reason)> RunAsync()
    {
        var buffer = new byte[_options.MaxMessageBytes + 1];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                    if (length > _options.MaxMessageBytes)
                        return (WebSocketCloseStatus.MessageTooBig, $"The message is longer than {_options.MaxMessageBytes} bytes, which is the most allowed.");
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close) return (WebSocketCloseStatus.NormalClosure, "");
                if (part.MessageType == WebSocketMessageType.Text) Take(buffer.AsMemory(0, length));
                else Fault("The message is binary; allowed is JSON as text.");
                if (_dropped > _options.DroppedBeforeClosing)
                    return (WebSocketCloseStatus.PolicyViolation, $"The page sent far more than the {_options.MessagesPerSecond} messages a second allowed.");
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return (WebSocketCloseStatus.NormalClosure, "");
        }
    }

    /// <summary>Lets go of every key and pedal the page still holds.</summary>
    public void LetGo()
    {
        foreach (var message in _held.LetGo()) server.Session.Hear(Stamp(null), message);
    }

    private void Take(ReadOnlyMemory<byte> utf8)
    {
        var withinLimit = _limit.TryTake();
        // Even above the limit it is read: a note-off must not be lost, or its key would hang.
        if (!PageMessage.TryRead(utf8, out var message, out var fault))
        {
            Fault(fault);
            if (!withinLimit) _dropped++;
        }
        else if (message.Type == PageMessageType.Panic)
        {
            Panic();
        }
        else if (!withinLimit && !(message.Type == PageMessageType.Midi && _held.Releases(message.Midi)))
        {
            _dropped++;
            server.Tally.Flooded();
            voice.Fault($"More than {_options.MessagesPerSecond} messages came in a second, which is the most allowed; the rest were dropped.");
        }
        else if (message.Type == PageMessageType.Ping)
        {
            voice.Pong(message.At!.Value, server.StageClock.Now);
        }
        else if (message.Type == PageMessageType.Ask)
        {
            server.Session.Ask(new SessionCommand(message.At is { } asked ? server.StageClock.FromPage(asked) : server.StageClock.Now, message.Command, message.Value) { Name = message.Name.Length > 0 ? message.Name : null });
        }
        else if (message.Type == PageMessageType.Learn)
        {
            server.Session.Learn(message.Name.Length > 0 ? message.Name : null);
        }
        else if (message.Type == PageMessageType.Preset)
        {
            if (!server.Session.Play(message.Name)) Fault($"There is no preset \"{message.Name}\"; allowed is the name of one of the presets.");
        }
        else if (message.Type is PageMessageType.Store or PageMessageType.Recall)
        {
            if (message.Type == PageMessageType.Store) server.Session.Store();
            else server.Session.Recall();
        }
        else if (message.Type == PageMessageType.Cable)
        {
            server.Session.Cable(message.End, message.Name, message.Value > 0);
        }
        else if (message.Type == PageMessageType.Transport)
        {
            server.Session.Roll(message.Value > 0);
        }
        else if (message.Type is PageMessageType.Decision or PageMessageType.Qasm)
        {
            desk.Ask((long)message.Value, message.Type == PageMessageType.Qasm);
        }
        else
        {
            Play(message);
        }
    }

    private void Play(PageMessage message)
    {
        var at = Stamp(message.At);
        _held.Note(message.Midi);
        echoes.Add(new TimedMessage(at, message.Midi));
        server.Session.Hear(at, message.Midi);
    }

    /// <summary>When it was played: never later than now, never long ago, and never before what the page played last.</summary>
    private HostTime Stamp(double? milliseconds)
    {
        var at = milliseconds is { } given ? server.StageClock.FromPage(given) : server.StageClock.Now;
        return _last = HostTime.Max(_last, at);
    }

    private void Panic()
    {
        var now = _options.Clock.GetTimestamp();
        if (_panicked is { } last && _options.Clock.GetElapsedTime(last, now) < PanicPause) return;
        _panicked = now;
        LetGo();
        server.Silence();
        server.Session.Ask(new SessionCommand(server.StageClock.Now, CommandKind.Panic));
    }

    private void Fault(string sentence)
    {
        server.Tally.Malformed();
        voice.Fault(sentence);
    }
}
