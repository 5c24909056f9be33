using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using QuantumImprov.Host.Stage.Protocol;
using QuantumImprov.Testing;

namespace QuantumImprov.Stage.Tests;

/// <summary>Holds what a page and its host say to each other to the protocol's schema.</summary>
internal static class Contract
{
    private static readonly JsonSchema Schema = new(StageSchema.Write());

    /// <summary>What breaks it on <paramref name="page"/> from now on, a sentence each.</summary>
    public static IReadOnlyCollection<string> Watch(IPage page)
    {
        var faults = new ConcurrentQueue<string>();
        page.WebSocket += (_, socket) =>
        {
            socket.FrameSent += (_, frame) => Hold("fromPage.", frame.Text);
            socket.FrameReceived += (_, frame) => Hold("fromHost.", frame.Text);
        };
        return faults;

        void Hold(string side, string? text)
        {
            if (text is null) return;
            var message = JsonDocument.Parse(text).RootElement;
            foreach (var fault in Schema.Faults(side + message.GetProperty("type").GetString(), message)) faults.Enqueue(fault);
        }
    }
}
