using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Ports;

/// <summary>
/// One port that is played to. The player's thread sends; the owner opens, and closes what the player has let go. While the device is away note-ons are dropped, but what
/// would have ended a note is owed and goes out first thing when it is back.
/// </summary>
internal sealed class OutputLine(string name)
{
    private readonly HeldKeys _owed = new();
    private IMidiOutput? _output;
    private IMidiOutput? _fresh;
    private IMidiOutput? _spent;
    private volatile bool _open;
    private volatile bool _withdrawn;
    private long _dropped;

    /// <summary>The port's name.</summary>
    public string Name => name;

    /// <summary>Whether the device is there, as far as is known. [any]</summary>
    public bool IsOpen => _open;

    /// <summary>Messages dropped while the device was away. [any]</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>The device is there. [owner]</summary>
    public void Open(IMidiOutput output)
    {
        Sweep();
        _withdrawn = false;
        Interlocked.Exchange(ref _fresh, output)?.Dispose();
        _open = true;
    }

    /// <summary>The device has left the list of those there: the player lets it go at its next turn. [owner]</summary>
    public void Withdraw()
    {
        _withdrawn = true;
        _open = false;
    }

    /// <summary>Closes what the player has let go. [owner]</summary>
    public void Sweep() => Interlocked.Exchange(ref _spent, null)?.Dispose();

    /// <summary>Ends what is owed and closes the device; the player has stopped. [owner]</summary>
    public void Close()
    {
        Tend();
        _open = false;
        _output?.Dispose();
        _output = null;
        Sweep();
    }

    /// <summary>Sends <paramref name="message"/>, or takes note that its ending is owed. [player]</summary>
    [RealTime]
    public void Send(ShortMessage message)
    {
        Tend();
        if (_output is { } output)
        {
            if (output.TrySend(message)) return;
            LetGo();
        }

        if (!_owed.Owe(message)) Volatile.Write(ref _dropped, _dropped + 1);
    }

    /// <summary>Takes a device that has come, lets one go that has left, pays what is owed. [player]</summary>
    [RealTime]
    public void Tend()
    {
        if (_withdrawn && _output is not null) LetGo();
        if (Volatile.Read(ref _fresh) is not null && Interlocked.Exchange(ref _fresh, null) is { } fresh)
        {
            LetGo();
            _output = fresh;
            _open = true;
        }

        while (_output is { } output && _owed.TryRelease(out var ending))
        {
            if (output.TrySend(ending)) continue;
            _owed.Owe(ending);
            LetGo();
        }
    }

    [RealTime]
    private void LetGo()
    {
        if (_output is null) return;
        _open = false;
        Volatile.Write(ref _spent, _output);
        _output = null;
    }
}
