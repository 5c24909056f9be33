using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Ports;

/// <summary>
/// What a live session needs of the system's MIDI, whichever way it gets it: stamped input, the clock of the stamps, and somebody who runs the player. One way is the
/// JACK client, whose callback runs it; the other is <see cref="DevicePorts"/>, which has a thread for it.
/// </summary>
public interface ILivePorts : IDisposable
{
    /// <summary>The session's clock. [any]</summary>
    IHostClock Clock { get; }

    /// <summary>Our name among JACK's clients; null where there is no JACK. [any]</summary>
    string? ClientName { get; }

    /// <summary>Whether the ports run the player now. [any]</summary>
    bool IsRunning { get; }

    /// <summary>What is wrong with the ports now, as one sentence; null when nothing is. [any]</summary>
    string? Trouble { get; }

    /// <summary>How they fare. Allocates. [any]</summary>
    PortHealth Health { get; }

    /// <summary>Waits until input has come or somebody called <see cref="Wake"/>; false when neither happened within <paramref name="longest"/>. [engine]</summary>
    bool WaitForInput(TimeSpan longest);

    /// <summary>Ends the engine's wait, or lets its next one pass. [any]</summary>
    void Wake();

    /// <summary>Takes the next message that came in; false when there is none. [engine]</summary>
    bool TryReadInput(out TimedMessage message);

    /// <summary>Where the song of whoever keeps time for several programs is, and of which instant; false where nobody does. [engine]</summary>
    bool TryReadSong(out HostTime at, out SongPlace told);

    /// <summary>Whether the transport that several programs share rolls; null where there is none. [any]</summary>
    bool? Rolls { get; }

    /// <summary>Lets that transport roll, or stops it; false where there is none. [owner]</summary>
    bool TryRoll(bool rolls);

    /// <summary>Runs the player up to <paramref name="until"/> on a thread of the host's while the ports do not; false, with nothing done, when they do. [player]</summary>
    bool TryTurnWhileAway(HostTime until, IMessageSink sink);

    /// <summary>
    /// Connects one end with the port of exactly the name <paramref name="pattern"/>, or with every one that matches it: * stands for any text, ? for one character,
    /// capitals do not matter. True when at least one is connected; <paramref name="report"/> is one sentence either way. [owner]
    /// </summary>
    bool TryConnect(PortDirection direction, string pattern, out string report);

    /// <summary>The names of what <see cref="TryConnect"/> of the same arguments would connect; empty when there is none. [owner]</summary>
    IReadOnlyList<string> Matching(PortDirection direction, string pattern);

    /// <summary>What our own output is called where nothing else has its name. [any]</summary>
    string OwnOutput { get; }

    /// <summary>
    /// Connects every port that matches <paramref name="pattern"/>, whichever way it goes, and from now on each one when it comes; what it did, or that it waits, as one sentence. [owner]
    /// </summary>
    string ConnectAlways(string pattern);

    /// <summary>The next thing to tell of what has come, as one sentence; false when there is nothing. [owner]</summary>
    bool TryTakeNews(out string sentence);

    /// <summary>Listens to the keyboard or pad that was offered last; false, with one sentence, when none was. [owner]</summary>
    bool TryAcceptOffer(out string report);

    /// <summary>Looks after what has come and gone. Cheap; call it several times a second. [owner]</summary>
    void Tend();
}
