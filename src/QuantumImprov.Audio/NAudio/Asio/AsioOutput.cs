using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;
using System.Runtime.Versioning;
using NAudio.Wave;
using QuantumImprov.Audio.Output;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.NAudio.Asio;

/// <summary>
/// An ASIO driver's first two outputs, through NAudio. The driver's own thread pulls the stream, in buffers of the size that its control panel sets; when it wants to be set up anew, or is lost,
/// the owner sees to it.
/// </summary>
[SupportedOSPlatform("windows")]
public sealed class AsioOutput : ISoundOutput
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string _wanted;
    private readonly IHostClock _clock;
    private readonly DriverThread _thread;
    private readonly StreamProvider _provider;
    private AsioDevice? _device;
    private HostTime _looked;
    private long _before;
    private volatile bool _stopped;
    private volatile bool _resets;
    private volatile string? _trouble;

    private AsioOutput(string wanted, IHostClock clock, DriverThread thread, SynthStream stream)
    {
        (_wanted, _clock, _thread, Stream, _looked) = (wanted, clock, thread, stream, clock.Now);
        _provider = new StreamProvider(stream);
    }

    /// <inheritdoc/>
    public string Device { get; private set; } = "";

    /// <inheritdoc/>
    public SynthStream Stream { get; }

    /// <inheritdoc/>
    public string? Trouble => _trouble;

    /// <summary>Frames rendered for the driver, which counts none, since it was opened; 0 while it is away. [owner]</summary>
    public long PlayedFrames => _device is null || _stopped ? 0 : Stream.Rendered - _before;

    /// <summary>See <see cref="SystemSound.TryOpen"/>; the device's name begins with <see cref="SoundOutputOptions.AsioPrefix"/>. Buffer and exclusiveness are the driver's own affair.</summary>
    public static bool TryOpen(SoundOutputOptions options, Func<int, ISynth> synth, IHostClock clock, [NotNullWhen(true)] out ISoundOutput? output, out string reason)
    {
        output = null;
        var wanted = options.Device![SoundOutputOptions.AsioPrefix.Length..];
        var thread = new DriverThread(DriverThread.Longest);
        AsioDevice? device = null;
        try
        {
            (device, var rate, var held) = thread.Do(() => Ask(wanted), late => late.Device.Dispose());
            // The synth is not made on the driver's thread: a sound font may take longer to read than a driver may to answer.
            var opened = new AsioOutput(wanted, clock, thread, new SynthStream(synth(rate), clock, TimeSpan.FromSeconds(2.0 * held / rate)));
            (var its, device) = (device, null);
            if (opened.TryStart(its, out reason))
            {
                output = opened;
                return true;
            }
        }
        catch (Exception e) when (IsOfTheDriver(e))
        {
            reason = Told(e);
        }
        finally
        {
            if (device is not null) Close(thread, device);
            if (output is null) thread.Dispose();
        }

        return false;
    }

    /// <summary>The names of the drivers there are, each after <see cref="SoundOutputOptions.AsioPrefix"/>.</summary>
    public static IReadOnlyList<string> List()
    {
        try
        {
            return [.. AsioDevice.GetDriverNames().Select(name => SoundOutputOptions.AsioPrefix + name)];
        }
        catch (Exception e) when (IsOfTheDriver(e))
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public void Tend()
    {
        if (_resets && !_stopped)
        {
            _resets = false;
            Restart();
        }

        if (!_stopped || _clock.Now.Since(_looked) < LookEvery.Ticks * 100) return;
        _looked = _clock.Now;
        Release();
        Stream.Silence();
        _trouble = TryPlay(out var reason) ? null : $"{reason} Waiting for it.";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _thread.Dispose();
    }

    private static string Find(string wanted)
    {
        var names = AsioDevice.GetDriverNames();
        return names.FirstOrDefault(name => name == wanted)
            ?? names.FirstOrDefault(name => FileSystemName.MatchesSimpleExpression(wanted, name))
            ?? throw new ArgumentException(names.Length == 0 ? "there is none" : $"none matches \"{wanted}\"; there are {string.Join(", ", names)}");
    }

    // What the driver holds back is as good as its buffer, and known before there is one. [driver's thread]
    private static (AsioDevice Device, int Rate, int Held) Ask(string wanted)
    {
        var device = AsioDevice.Open(Find(wanted));
        try
        {
            var rate = device.CurrentSampleRate;
            return (device, rate, Math.Max(device.OutputLatencySamples, rate / 100));
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    // A driver is anybody's code, and what the package throws of it has no name outside.
    private static bool IsOfTheDriver(Exception e) => e is not (OutOfMemoryException or NullReferenceException);

    private static string Told(Exception e) => $"The ASIO driver cannot be used: {e.Message.TrimEnd('.')}.";

    private bool TryPlay(out string reason)
    {
        try
        {
            return TryStart(_thread.Do(() => AsioDevice.Open(Find(_wanted)), late => late.Dispose()), out reason);
        }
        catch (Exception e) when (IsOfTheDriver(e))
        {
            reason = Told(e);
            return false;
        }
    }

    private bool TryStart(AsioDevice device, out string reason)
    {
        _device = device;
        device.Stopped += HearStop;
        device.DriverResetRequest += HearReset;
        _before = Stream.Rendered;
        (_stopped, _resets) = (false, false);
        try
        {
            Device = _thread.Do(() =>
            {
                device.InitPlayback(AsioPlaybackOptions.From(_provider));
                device.Start();
                return $"{device.DriverName} (ASIO, {device.FramesPerBuffer} frames)";
            });
            reason = "";
            return true;
        }
        catch (Exception e) when (IsOfTheDriver(e))
        {
            reason = Told(e);
            _stopped = true;
            Release();
            return false;
        }
    }

    // As a driver wants it after its settings were changed.
    private void Restart()
    {
        if (_device is not { } device) return;
        device.Stopped -= HearStop;
        try
        {
            Device = _thread.Do(() =>
            {
                device.Stop();
                device.Reinitialize();
                device.Start();
                return $"{device.DriverName} (ASIO, {device.FramesPerBuffer} frames)";
            });
            device.Stopped += HearStop;
        }
        catch (Exception e) when (IsOfTheDriver(e))
        {
            _trouble = Told(e);
            _stopped = true;
        }
    }

    private void HearReset(object? sender, EventArgs told) => _resets = true;

    private void HearStop(object? sender, StoppedEventArgs stopped)
    {
        // Also comes from a device that was given up.
        if (!ReferenceEquals(sender, _device)) return;
        _trouble = stopped.Exception is { } e ? $"The ASIO driver is gone: {e.Message}" : "The ASIO driver has stopped.";
        _stopped = true;
    }

    private void Release()
    {
        if (_device is not { } device) return;
        _device = null;
        device.Stopped -= HearStop;
        device.DriverResetRequest -= HearReset;
        Close(_thread, device);
    }

    private static void Close(DriverThread thread, AsioDevice device)
    {
        try
        {
            thread.Close(device.Dispose);
        }
        catch (Exception e) when (IsOfTheDriver(e))
        {
            // It is gone already, or does not answer: then it is closed when it does.
        }
    }
}
