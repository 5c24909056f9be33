using System.Buffers.Binary;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Audio.Files;

/// <summary>
/// Writes a stereo WAV file as it comes, of any length. The samples go to a hidden file beside the target; only <see cref="Complete"/> puts it in the
/// target's place, whole. Whatever goes wrong before that, and disposing without completing, leaves what was there untouched. One thread at a time; not
/// for the audio callback.
/// </summary>
public sealed class WavWriter : IDisposable
{
    private const int Channels = 2;
    private const ulong DitherSeed = 1;

    private readonly string _path;
    private readonly string _partial;
    private readonly WavFormat _format;
    private readonly Xoshiro? _dither;
    private readonly byte[] _buffer = new byte[32 * 1024];
    private Stream? _stream;
    private int _buffered;

    /// <summary>Starts a file.</summary>
    /// <param name="path">Where it shall stand; an older file there is replaced on completion. The folder must exist.</param>
    /// <param name="sampleRate">Frames a second, above 0.</param>
    /// <param name="format">How samples are written; default 16-bit.</param>
    /// <param name="dither">Whether 16-bit samples get triangular noise of two steps' width before rounding, the same in every file; default no.</param>
    /// <exception cref="AudioFileException">The file cannot be written there.</exception>
    public WavWriter(string path, int sampleRate, WavFormat format = WavFormat.Pcm16, bool dither = false)
        : this(path, sampleRate, format, dither, partial => new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
    {
    }

    internal WavWriter(string path, int sampleRate, WavFormat format, bool dither, Func<string, Stream> open)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        SampleRate = sampleRate;
        _format = format;
        _dither = dither && format == WavFormat.Pcm16 ? new Xoshiro(DitherSeed) : null;
        _path = Resolve(path);
        _partial = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{Environment.ProcessId}.part");
        Try(() =>
        {
            _stream = open(_partial);
            _stream.Write(WavHeader.Build(format, sampleRate, Channels, 0));
        });
    }

    /// <summary>Frames a second.</summary>
    public int SampleRate { get; }

    /// <summary>Frames written so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Appends frames; both spans are equally long. Samples beyond -1 to 1 are cut off in 16-bit files; what is not a number becomes 0.</summary>
    /// <exception cref="AudioFileException">The disk is full or failed; the file is given up.</exception>
    public void Write(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (left.Length != right.Length) throw new ArgumentException($"The left channel has {left.Length} frames and the right {right.Length}; they must have as many.");
        ObjectDisposedException.ThrowIf(_stream is null, this);
        var frameBytes = Channels * WavHeader.SampleBytes(_format);
        for (var i = 0; i < left.Length; i++)
        {
            if (_buffered + frameBytes > _buffer.Length) Empty();
            Put(left[i]);
            Put(right[i]);
        }

        Frames += left.Length;
    }

    /// <summary>Finishes the header, brings everything to the disk and puts the file in its place.</summary>
    /// <exception cref="AudioFileException">The disk is full or failed, or the target cannot be replaced; the file is given up.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);
        Empty();
        Try(() =>
        {
            _stream!.Position = 0;
            _stream.Write(WavHeader.Build(_format, SampleRate, Channels, Frames));
            if (_stream is FileStream file) file.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_partial, _path, overwrite: true);
        });
        _stream = null;
    }

    /// <summary>Gives an unfinished file up.</summary>
    public void Dispose()
    {
        if (_stream is null) return;
        Abandon();
    }

    private static string Resolve(string path)
    {
        string full;
        try
        {
            full = Path.GetFullPath(path);
        }
        catch (ArgumentException cause)
        {
            throw new AudioFileException($"The sound file cannot be written: '{path}' is not a file name.", cause);
        }

        var folder = Path.GetDirectoryName(full);
        if (Directory.Exists(full) || folder is null || Path.GetFileName(full).Length == 0)
            throw new AudioFileException($"The sound file {path} cannot be written: that is a folder; give the name of a file.");
        if (!Directory.Exists(folder))
            throw new AudioFileException($"The sound file {path} cannot be written: there is no folder {folder}.");
        return full;
    }

    private void Put(float sample)
    {
        if (float.IsNaN(sample)) sample = 0;
        if (_format == WavFormat.Float32)
        {
            BinaryPrimitives.WriteSingleLittleEndian(_buffer.AsSpan(_buffered), sample);
            _buffered += 4;
            return;
        }

        var steps = (double)sample * short.MaxValue;
        if (_dither is not null) steps += _dither.NextDouble() - _dither.NextDouble();
        var rounded = (short)Math.Clamp(Math.Round(steps, MidpointRounding.ToEven), short.MinValue, short.MaxValue);
        BinaryPrimitives.WriteInt16LittleEndian(_buffer.AsSpan(_buffered), rounded);
        _buffered += 2;
    }

    private void Empty()
    {
        Try(() => _stream!.Write(_buffer, 0, _buffered));
        _buffered = 0;
    }

    private void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Abandon();
            throw new AudioFileException($"The sound file {_path} cannot be written: {Reason(cause)}.", cause);
        }
    }

    private void Abandon()
    {
        try
        {
            _stream?.Dispose();
            File.Delete(_partial);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The disk that failed may fail here too; the sentence about the first failure is the one that counts.
        }

        _stream = null;
    }

    private static string Reason(Exception cause) => cause switch
    {
        UnauthorizedAccessException => "this user may not write there",
        IOException when (cause.HResult & 0xFFFF) is 28 or 112 or 39 => "the disk is full",
        _ => cause.Message.TrimEnd('.').ReplaceLineEndings(" "),
    };
}
