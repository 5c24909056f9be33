using QuantumImprov.Plugin.Processing;
using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Shots;

/// <summary>
/// A flat bank on disk, entered by one at a time over all instances and processes. The program may put another file in its place at any time while nobody is in it, so it is opened anew whenever it is entered. Reads and writes wait for the
/// disk; nothing allocates after construction. One thread at a time.
/// </summary>
internal sealed unsafe class ShotFile : IDisposable
{
    private readonly byte* _path;
    private readonly int _lock;
    private int _file = -1;

    private ShotFile(byte* path, int held)
    {
        _path = path;
        _lock = held;
    }

    /// <summary>The bank at <paramref name="path"/>; null when its lock cannot be had at all. It may be missing yet.</summary>
    internal static ShotFile? Open(string path)
    {
        var name = NativeText.Keep(path + ".lock");
        var held = Libc.Open(name, Libc.ReadWrite | Libc.Create | Libc.CloseOnExec, Libc.UserOnly);
        NativeMemory.Free(name);
        return held < 0 ? null : new ShotFile(NativeText.Keep(path), held);
    }

    /// <summary>Enters it; false when somebody else is in it, or it is not there.</summary>
    internal bool TryEnter()
    {
        if (Libc.Flock(_lock, Libc.LockExclusive | Libc.LockNoWait) != 0) return false;
        _file = Libc.Open(_path, Libc.ReadWrite | Libc.CloseOnExec, 0);
        if (_file >= 0) return true;
        Libc.Flock(_lock, Libc.Unlock);
        return false;
    }

    /// <summary>Leaves it to others.</summary>
    internal void Leave()
    {
        Libc.Close(_file);
        _file = -1;
        Libc.Flock(_lock, Libc.Unlock);
    }

    /// <summary>Reads as many bytes as <paramref name="into"/> has; false when there are not so many.</summary>
    internal bool TryRead(long offset, Span<byte> into)
    {
        fixed (byte* bytes = into)
        {
            for (nint done = 0; done < into.Length;)
            {
                var some = Libc.Read(_file, bytes + done, (nuint)(into.Length - done), offset + done);
                if (some <= 0) return false;
                done += some;
            }
        }

        return true;
    }

    /// <summary>Writes all of <paramref name="from"/>; false when the disk refuses.</summary>
    internal bool TryWrite(long offset, ReadOnlySpan<byte> from)
    {
        fixed (byte* bytes = from)
        {
            for (nint done = 0; done < from.Length;)
            {
                var some = Libc.Write(_file, bytes + done, (nuint)(from.Length - done), offset + done);
                if (some <= 0) return false;
                done += some;
            }
        }

        return true;
    }

    /// <summary>What was written outlasts a loss of power; false when the disk refuses.</summary>
    internal bool TrySync() => Libc.Sync(_file) == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        Libc.Close(_lock);
        NativeMemory.Free(_path);
    }
}
