using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace KeyAccountBot.Storage.Embedded;

/// <summary>
/// One SQLite file, write-ahead log, fully synchronous. One thread writes: it takes all writes that wait into one transaction,
/// so many turns share one flush to disk; a write is answered only after its commit. Other processes may use the same file.
/// </summary>
public sealed class EmbeddedDatabase : IAsyncDisposable
{
    private const int Together = 256;
    private readonly string connectionString;
    private readonly Channel<Work> works = Channel.CreateBounded<Work>(4096);
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private readonly Thread writer;
    private readonly SqliteConnection writing;

    /// <summary>Opens or creates <c>key-account-bot.db</c> in a folder.</summary>
    public EmbeddedDatabase(string folder)
    {
        Directory.CreateDirectory(folder);
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "key-account-bot.db"),
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString();
        writing = Open();
        Execute(writing, """
            PRAGMA journal_mode = WAL;
            PRAGMA wal_autocheckpoint = 4000;
            CREATE TABLE IF NOT EXISTS rows (tbl TEXT NOT NULL, pk TEXT NOT NULL, rk TEXT NOT NULL, body BLOB NOT NULL, label TEXT, etag INTEGER NOT NULL,
              PRIMARY KEY (tbl, pk, rk)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS rows_label ON rows (tbl, label) WHERE label IS NOT NULL;
            CREATE TABLE IF NOT EXISTS counter (id INTEGER PRIMARY KEY CHECK (id = 1), etag INTEGER NOT NULL);
            INSERT OR IGNORE INTO counter VALUES (1, 0);
            CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body BLOB NOT NULL,
              visible_at INTEGER NOT NULL, receipt TEXT NOT NULL, dequeued INTEGER NOT NULL);
            CREATE INDEX IF NOT EXISTS messages_due ON messages (queue, visible_at);
            """);
        writer = new Thread(WriteAll) { IsBackground = true, Name = "embedded store writer" };
        writer.Start();
    }

    /// <summary>Runs a write within the next shared transaction; what it throws undoes this write alone.</summary>
    internal async ValueTask<T> WriteAsync<T>(Func<Writer, T> write, CancellationToken cancellationToken)
    {
        var work = new Work<T>(write);
        await works.Writer.WriteAsync(work, cancellationToken);
        return await work.Done;
    }

    /// <summary>Runs a read on the calling thread, on a connection of its own.</summary>
    internal T Read<T>(Func<SqliteConnection, T> read)
    {
        if (!readers.TryTake(out var connection))
        {
            connection = Open();
        }

        try
        {
            return read(connection);
        }
        finally
        {
            readers.Add(connection);
        }
    }

    /// <summary>Finishes the writes that wait, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        works.Writer.TryComplete();
        await Task.Run(writer.Join);
        await writing.DisposeAsync();
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL;");
        return connection;
    }

    private void WriteAll()
    {
        using var with = new Writer(writing);
        List<Work> together = [];
        while (works.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            together.Clear();
            while (together.Count < Together && works.Reader.TryRead(out var work))
            {
                together.Add(work);
            }

            Commit(together, with);
        }
    }

    private static void Commit(List<Work> together, Writer with)
    {
        try
        {
            with.Execute("BEGIN IMMEDIATE");
            foreach (var work in together)
            {
                with.Execute("SAVEPOINT work");
                if (!work.Try(with))
                {
                    with.Execute("ROLLBACK TO work");
                }

                with.Execute("RELEASE work");
            }

            with.Execute("COMMIT");
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            try
            {
                with.Execute("ROLLBACK");
            }
            catch (SqliteException)
            {
                // the transaction is gone already, as after a full disk
            }

            together.ForEach(w => w.Fail(e));
            return;
        }

        together.ForEach(w => w.Answer());
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private abstract class Work
    {
        /// <summary>Writes; <c>false</c> where it failed and its part is to be undone.</summary>
        public abstract bool Try(Writer with);

        /// <summary>After the commit: tells whoever waits what came of it.</summary>
        public abstract void Answer();

        /// <summary>The transaction failed as a whole.</summary>
        public abstract void Fail(Exception e);
    }

    private sealed class Work<T>(Func<Writer, T> write) : Work
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? failed;

        public Task<T> Done => done.Task;

        public override bool Try(Writer with)
        {
            try
            {
                result = write(with);
                return true;
            }
            catch (StoreConflictException e)
            {
                failed = e;
                return false;
            }
        }

        public override void Answer()
        {
            if (failed is not null)
            {
                done.SetException(failed);
            }
            else
            {
                done.SetResult(result!);
            }
        }

        public override void Fail(Exception e) => done.SetException(e);
    }
}

/// <summary>The writing connection with its statements prepared once.</summary>
internal sealed class Writer(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    /// <summary>A statement with its values, in the order of <c>$0</c>, <c>$1</c> and so on.</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            }

            prepared[sql] = command;
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    /// <summary>Runs a statement; the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>The next ETag; unique for every write, also across processes.</summary>
    public long NextETag() => (long)Command("UPDATE counter SET etag = etag + 1 WHERE id = 1 RETURNING etag").ExecuteScalar()!;

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }
    }
}
