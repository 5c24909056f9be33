using Microsoft.Data.Sqlite;
using QuantumImprov.Storage.Disk;

namespace QuantumImprov.Storage.Qpu;

/// <summary>
/// The database of everything that has to do with quantum processors and must outlive a crash: money, jobs, editions, shots and measured laws. Written with a full sync before anything is sent. One connection, one thread at a time. [worker]
/// </summary>
public sealed class QpuStore : IDisposable
{
    private const int Version = 1;

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS jobs(tag TEXT PRIMARY KEY, vendor TEXT NOT NULL, device TEXT NOT NULL, job TEXT, circuits TEXT NOT NULL, shots INTEGER NOT NULL, currency TEXT NOT NULL, reserved TEXT NOT NULL, cost TEXT, outcome TEXT, sent INTEGER NOT NULL, ended INTEGER);
        CREATE INDEX IF NOT EXISTS jobs_by_time ON jobs(sent);
        CREATE TABLE IF NOT EXISTS editions(fingerprint TEXT PRIMARY KEY, spec TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS batches(id INTEGER PRIMARY KEY AUTOINCREMENT, fingerprint TEXT NOT NULL, vendor TEXT NOT NULL, device TEXT NOT NULL, job TEXT NOT NULL, circuit INTEGER NOT NULL, taken INTEGER NOT NULL, words BLOB NOT NULL, used INTEGER NOT NULL, known TEXT, UNIQUE(vendor, device, job, circuit));
        CREATE TABLE IF NOT EXISTS laws(fingerprint TEXT NOT NULL, vendor TEXT NOT NULL, device TEXT NOT NULL, counts TEXT NOT NULL, PRIMARY KEY(fingerprint, vendor, device));
        CREATE TABLE IF NOT EXISTS entropy(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, block BLOB NOT NULL, used INTEGER NOT NULL);
        """;

    private readonly SqliteConnection _connection;

    private QpuStore(string path, SqliteConnection connection) => (Path, _connection) = (path, connection);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Opens the database in <paramref name="folder"/>, made when it is missing; null with the sentence why not.</summary>
    public static QpuStore? Open(string folder, out string fault)
    {
        var path = System.IO.Path.Combine(folder, "qpu.db");
        SqliteConnection? connection = null;
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10, Pooling = false }.ToString());
            connection.Open();
            var store = new QpuStore(path, connection);
            store.Run("PRAGMA journal_mode=WAL");
            store.Run("PRAGMA synchronous=FULL");
            var version = Convert.ToInt32(store.Scalar("PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
            if (version > Version)
            {
                fault = $"{path} was written by a newer version of this program.";
                store.Dispose();
                return null;
            }

            store.Run(Schema);
            store.Run($"PRAGMA user_version={Version}");
            fault = "";
            return store;
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            fault = $"{path} cannot be used: {(e.SqliteErrorCode is 11 or 26 ? "it is damaged" : e.SqliteErrorCode is 5 or 6 ? "another program holds it" : e.SqliteErrorCode == 13 ? "the disk is full" : "the database refused")}; it can be moved away, and a new one will be made.";
            return null;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            connection?.Dispose();
            fault = $"{path} cannot be used: {DiskFault.Reason(e)}.";
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    internal int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    internal object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar();
    }

    internal List<T> Read<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>All or nothing, and nobody writes in between.</summary>
    internal T Together<T>(Func<T> work)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            var result = work();
            Run("COMMIT");
            return result;
        }
        catch
        {
            Run("ROLLBACK");
            throw;
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
