using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Storage.Disk;

namespace QuantumImprov.Storage.Qpu;

/// <summary>
/// A flat bank on disk that others take shots from in place: whoever changes it holds the lock of the file beside it, <c>.lock</c> behind its name. It is replaced as a whole or not at all. [worker]
/// </summary>
/// <param name="path">The file; its folder is made when it is missing.</param>
public sealed class FlatBankFile(string path)
{
    private const int Tries = 100, Pause = 20;

    /// <summary>What is in it; null with a sentence when it cannot be used. A missing file is an empty bank.</summary>
    public FlatBank? Read(out string fault)
    {
        try
        {
            fault = "";
            if (!File.Exists(path)) return FlatBank.Begin(Random());
            if (FlatBank.Read(File.ReadAllBytes(path), out fault) is { } bank) return bank;
            fault = $"{path}: {fault} It can be moved away, and a new one will be made.";
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            fault = $"{path} cannot be read: {DiskFault.Reason(e)}.";
        }

        return null;
    }

    /// <summary>
    /// Adds the shots of <paramref name="batches"/> that are left to those that are there. <paramref name="commit"/> is called when everything is on disk but not in its place yet: whoever owned the shots marks them as used there, so that nothing
    /// that happens in between lets a shot be used twice. Returns the fault as a sentence; null: done.
    /// </summary>
    public string? Add(IReadOnlyList<ShotBatch> batches, Func<ShotBatch, ImmutableArray<double>> counts, Action commit)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            using var held = Lock();
            if (held is null) return $"{path} is held by another program; try again.";
            return Read(out var fault) is not { } bank ? fault : Put(path, bank.With(batches, counts), commit);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return $"{path} cannot be written: {DiskFault.Reason(e)}.";
        }
    }

    /// <summary>Puts <paramref name="bank"/> at <paramref name="path"/>, in place of what is there; see <see cref="Add"/>. Throws what the disk says.</summary>
    internal static string? Put(string path, FlatBank bank, Action commit)
    {
        if (bank.Batches.Sum(b => (long)b.Slots.Length) > FlatHeader.MostSlots || bank.Batches.Length > FlatHeader.MostBatches || bank.Stocks.Length > FlatHeader.MostStocks)
            return $"{path} would hold more than fits: {FlatHeader.MostSlots} shots, {FlatHeader.MostBatches} batches, {FlatHeader.MostStocks} editions.";
        var next = path + ".new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(bank.Write(Random()));
            file.Flush(flushToDisk: true);
        }

        commit();
        File.Move(next, path, overwrite: true);
        FolderSync.FlushFolderOf(path);
        return null;
    }

    private static ulong Random() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    // Those who take shots hold it for milliseconds.
    private FileStream? Lock()
    {
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException or FileNotFoundException) && File.Exists(path + ".lock"))
            {
                Thread.Sleep(Pause);
            }
        }

        return null;
    }
}
