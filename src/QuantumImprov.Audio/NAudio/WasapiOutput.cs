using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NAudio.CoreAudioApi;
using NAudio.Wave;
using QuantumImprov.Audio.Output;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.NAudio;

/// <summary>
/// A Windows sound device through NAudio's WASAPI player: shared (in the low-latency form where the device has it) or exclusive. The device's own thread pulls the
/// stream; when the device is unplugged the one that was named is waited for, or the system's default taken, which is followed when it changes.
/// </summary>
[SupportedOSPlatform("windows")]
public sealed class WasapiOutput : ISoundOutput
{
    private const int LongestBuffer = 200;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly SoundOutputOptions _options;
    private readonly IHostClock _clock;
    private readonly StreamProvider _provider;
    private WasapiPlayer? _player;
    private string _endpoint = "";
    private HostTime _looked;
    private volatile bool _stopped;
    private volatile string? _trouble;

    private WasapiOutput(SoundOutputOptions options, IHostClock clock, SynthStream stream)
    {
        (_options, _clock, Stream, _looked) = (options, clock, stream, clock.Now);
        _provider = new StreamProvider(stream);
    }

    /// <inheritdoc/>
    public string Device { get; private set; } = "";

    /// <inheritdoc/>
    public SynthStream Stream { get; }

    /// <inheritdoc/>
    public string? Trouble => _trouble;

    /// <inheritdoc/>
    public long PlayedFrames
    {
        get
        {
            if (_player is not { } player || _stopped) return 0;
            try
            {
                return player.GetPosition() / Math.Max(1, player.OutputWaveFormat.BlockAlign);
            }
            catch (Exception e) when (IsOfTheDevice(e))
            {
                return 0;
            }
        }
    }

    /// <summary>See <see cref="SystemSound.TryOpen"/>.</summary>
    public static bool TryOpen(SoundOutputOptions options, Func<int, ISynth> synth, IHostClock clock, [NotNullWhen(true)] out ISoundOutput? output, out string reason)
    {
        output = null;
        if (options.Buffer.TotalMilliseconds is < 1 or > LongestBuffer)
        {
            reason = $"The sound buffer is {options.Buffer.TotalMilliseconds:0.#} ms; 1 to {LongestBuffer} are allowed.";
            return false;
        }

        try
        {
            using var device = Find(options, out reason);
            if (device is null) return false;
            using var probe = Builder(options, device).Build();
            var stream = new SynthStream(synth(probe.DeviceMixFormat.SampleRate), clock, 2 * options.Buffer);
            var opened = new WasapiOutput(options, clock, stream);
            if (!opened.TryPlay(out reason)) return false;
            output = opened;
            return true;
        }
        catch (Exception e) when (IsOfTheDevice(e))
        {
            reason = $"No sound device could be opened: {e.Message}";
            return false;
        }
    }

    /// <summary>The names of the devices there are.</summary>
    public static IReadOnlyList<string> List(out string reason)
    {
        reason = "";
        try
        {
            using var devices = new MMDeviceEnumerator();
            return Names(devices);
        }
        catch (Exception e) when (IsOfTheDevice(e))
        {
            reason = $"The sound devices cannot be listed: {e.Message}";
            return [];
        }
    }

    /// <inheritdoc/>
    public void Tend()
    {
        if (_clock.Now.Since(_looked) < LookEvery.Ticks * 100) return;
        _looked = _clock.Now;
        if (!_stopped && !HasMoved()) return;
        Release();
        Stream.Silence();
        _trouble = TryPlay(out var reason) ? null : $"{reason} Waiting for it.";
    }

    /// <inheritdoc/>
    public void Dispose() => Release();

    private static MMDevice? Find(SoundOutputOptions options, out string reason)
    {
        reason = "";
        using var devices = new MMDeviceEnumerator();
        if (options.Device is not { } wanted)
        {
            if (devices.TryGetDefaultAudioEndpoint(DataFlow.Render, Role.Multimedia, out var usual)) return usual;
            reason = "The system has no sound device.";
            return null;
        }

        using var all = devices.EnumerateAudioEndPoints(DataFlow.Render, DeviceState.Active);
        var found = all.FirstOrDefault(d => d.FriendlyName == wanted) ?? all.FirstOrDefault(d => FileSystemName.MatchesSimpleExpression(wanted, d.FriendlyName));
        if (found is not null) return devices.GetDevice(found.ID);
        reason = $"No sound device matches \"{wanted}\"; there are {string.Join(", ", Names(devices))}.";
        return null;
    }

    private static List<string> Names(MMDeviceEnumerator devices)
    {
        using var all = devices.EnumerateAudioEndPoints(DataFlow.Render, DeviceState.Active);
        return [.. all.Select(device => device.FriendlyName)];
    }

    private static WasapiPlayerBuilder Builder(SoundOutputOptions options, MMDevice device)
    {
        var builder = new WasapiPlayerBuilder().WithDevice(device).WithEventSync().WithLatency((int)Math.Ceiling(options.Buffer.TotalMilliseconds)).WithMmcssThreadPriority("Pro Audio");
        return options.Exclusive ? builder.WithExclusiveMode() : builder.WithSharedMode().WithLowLatency(required: false);
    }

    // What Windows and NAudio say when a device is unplugged, taken by somebody else, or cannot do what is asked.
    private static bool IsOfTheDevice(Exception e) => e is COMException or InvalidOperationException or ArgumentException or NotSupportedException or UnauthorizedAccessException;

    private bool TryPlay(out string reason)
    {
        try
        {
            using var device = Find(_options, out reason);
            if (device is null)
            {
                _stopped = true;
                return false;
            }

            var player = Builder(_options, device).Build();
            player.PlaybackStopped += HearStop;
            // From here on there is something to close.
            _player = player;
            player.Init(_provider);
            _stopped = false;
            player.Play();
            _endpoint = device.ID;
            Device = $"{device.FriendlyName} ({(_options.Exclusive ? "exclusive" : player.LowLatencyActive ? "shared, low latency" : "shared")}, {player.LatencyMilliseconds} ms)";
            return true;
        }
        catch (Exception e) when (IsOfTheDevice(e))
        {
            reason = $"The sound device refuses: {e.Message}";
            _stopped = true;
            Release();
            return false;
        }
    }

    // Whether the system's default is another device by now; a named one stays.
    private bool HasMoved()
    {
        if (_options.Device is not null) return false;
        try
        {
            using var devices = new MMDeviceEnumerator();
            if (!devices.TryGetDefaultAudioEndpoint(DataFlow.Render, Role.Multimedia, out var usual)) return false;
            using (usual) return usual.ID != _endpoint;
        }
        catch (Exception e) when (IsOfTheDevice(e))
        {
            return false;
        }
    }

    private void HearStop(object? sender, StoppedEventArgs stopped)
    {
        // Also comes from a player that was given up.
        if (!ReferenceEquals(sender, _player)) return;
        _stopped = true;
        _trouble = stopped.Exception is { } e ? $"The sound device is gone: {e.Message}" : "The sound device has stopped.";
    }

    private void Release()
    {
        if (_player is not { } player) return;
        _player = null;
        player.PlaybackStopped -= HearStop;
        try
        {
            player.Dispose();
        }
        catch (Exception e) when (IsOfTheDevice(e))
        {
            // It is gone already.
        }
    }
}
