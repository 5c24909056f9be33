using System.Globalization;
using QuantumImprov.Storage.Disk;

namespace QuantumImprov.Storage.Journal;

/// <summary>A folder of recordings, named by the wall time they began at. Its members never throw for what is on the disk. [worker]</summary>
/// <param name="path">The folder; made when the first recording starts.</param>
/// <param name="time">Where names come from.</param>
public sealed class SessionFolder(string path, TimeProvider time)
{
    private const int MostOfOneName = 10_000;

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>Starts a recording under a name nobody else has, not even a process that starts at the same moment.</summary>
    public SessionJournal Start(JournalHeader header)
    {
        var name = time.GetLocalNow().ToString("yyyy-MM-dd_HH-mm-ss", CultureInfo.InvariantCulture);
        return new SessionJournal(Candidate(name, 1), header, () => CreateFresh(name), time);
    }

    /// <summary>
    /// The recordings that ended without their <see cref="SessionFiles.Midi"/>: sessions that died. Those that a living process still writes are left out, and so are empty
    /// ones. The oldest first.
    /// </summary>
    public IReadOnlyList<SessionFiles> FindDied()
    {
        try
        {
            return [.. new DirectoryInfo(path).EnumerateFiles("*" + SessionFiles.JournalExtension)
                .Where(file => file.Length > 0)
                .Select(file => new SessionFiles(file.FullName))
                .Where(files => !File.Exists(files.Midi) && !DiskJournalFile.IsHeld(files.Journal))
                .OrderBy(files => files.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (DiskFault.Is(exception))
        {
            return [];
        }
    }

    /// <summary>Renames a journal that cannot be read, so that it is kept but not found again; false when the disk does not let it.</summary>
    public static bool SetAside(SessionFiles files)
    {
        try
        {
            File.Move(files.Journal, files.Journal + SessionFiles.UnreadableExtension, overwrite: false);
            return true;
        }
        catch (Exception exception) when (DiskFault.Is(exception))
        {
            return false;
        }
    }

    private DiskJournalFile CreateFresh(string name)
    {
        for (var number = 1; ; number++)
        {
            var candidate = Candidate(name, number);

            // A recording whose journal somebody took away keeps its name.
            if (File.Exists(new SessionFiles(candidate).Midi)) continue;
            try
            {
                return DiskJournalFile.Create(candidate);
            }
            catch (IOException) when (File.Exists(candidate) && number < MostOfOneName)
            {
                // Taken; the next number is tried.
            }
        }
    }

    private string Candidate(string name, int number) => System.IO.Path.Combine(
        path, (number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}")) + SessionFiles.JournalExtension);
}
