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
    private const int DiskFull = 13; // SQLITE_FULL
    private readonly string file;
    private readonly string connectionString;
    private readonly Channel<Work> works = Channel.CreateBounded<Work>(4096);
    private readonly ConcurrentBag<Statements> readers = [];
    private readonly Thread writer;
    private readonly Writer writing;
    private volatile bool closed;

    /// <summary>Opens or creates <c>key-account-bot.db</c> in a folder.</summary>
    public EmbeddedDatabase(string folder)
    {
        Directory.CreateDirectory(folder);
        file = Path.Combine(folder, "key-account-bot.db");
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString();
        var connection = Open();
        Execute(connection, """
            PRAGMA journal_mode = WAL;
            PRAGMA wal_autocheckpoint = 16000;
            PRAGMA cache_size = -16000;
            CREATE TABLE IF NOT EXISTS rows (tbl TEXT NOT NULL, pk TEXT NOT NULL, rk TEXT NOT NULL, body BLOB NOT NULL, label TEXT, etag INTEGER NOT NULL,
              PRIMARY KEY (tbl, pk, rk)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS rows_label ON rows (tbl, label) WHERE label IS NOT NULL;
            CREATE TABLE IF NOT EXISTS counter (id INTEGER PRIMARY KEY CHECK (id = 1), etag INTEGER NOT NULL);
            INSERT OR IGNORE INTO counter VALUES (1, 0);
            CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body BLOB NOT NULL,
              visible_at INTEGER NOT NULL, receipt TEXT NOT NULL, dequeued INTEGER NOT NULL);
            CREATE INDEX IF NOT EXISTS messages_due ON messages (queue, visible_at);
            """);
        writing = new Writer(new Statements(connection));
        writer = new Thread(WriteAll) { IsBackground = true, Name = "embedded store writer" };
        writer.Start();
    }

    /// <summary>Runs a write within the next shared transaction; what it throws undoes this write alone.</summary>
    /// <param name="write">Executes its statements.</param>
    /// <param name="statements">How many statements change rows: one undoes itself, more need a savepoint.</param>
    /// <param name="cancellationToken">Ends the wait for a place; a write that has one is carried out.</param>
    internal async ValueTask<T> WriteAsync<T>(Func<Writer, T> write, int statements, CancellationToken cancellationToken)
    {
        var work = new Work<T>(write, statements > 1);
        await works.Writer.WriteAsync(work, cancellationToken);
        return await work.Done;
    }

    /// <summary>Runs a read on the calling thread, on a connection of its own.</summary>
    internal T Read<T, TWanted>(TWanted wanted, Func<Statements, TWanted, T> read)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (!readers.TryTake(out var statements))
        {
            statements = new Statements(Open());
        }

        try
        {
            return read(statements, wanted);
        }
        finally
        {
            readers.Add(statements);
        }
    }

    /// <summary>For tests: lets the file grow to so many pages of 4 KiB and no further, as a disk that is full would.</summary>
    internal ValueTask<long> LimitAsync(int pages) =>
        WriteAsync(writer => (long)writer.Command($"PRAGMA max_page_count = {pages}").ExecuteScalar()!, 1, CancellationToken.None);

    /// <summary>Finishes the writes that wait, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        works.Writer.TryComplete();
        await Task.Run(writer.Join);
        if (closed)
        {
            return;
        }

        closed = true;
        writing.Dispose();
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
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
        List<Work> together = new(Together);
        while (works.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            together.Clear();
            while (together.Count < Together && works.Reader.TryRead(out var work))
            {
                together.Add(work);
            }

            Commit(together);
        }
    }

    private void Commit(List<Work> together)
    {
        try
        {
            writing.Begin();
            foreach (var work in together)
            {
                Try(work);
            }

            writing.Commit();
        }
        catch (Exception e)
        {
            // nothing of this transaction is on disk, and whoever waits must hear so
            writing.Rollback();
            if (together.Count == 1)
            {
                together[0].Fail(e is SqliteException { SqliteErrorCode: DiskFull } full ? NoRoom(full) : e);
                return;
            }

            // each by itself, so that the one that does not fit does not take the others with it
            foreach (var work in together)
            {
                Commit([work]);
            }

            return;
        }

        foreach (var work in together)
        {
            work.Answer();
        }
    }

    private void Try(Work work)
    {
        if (!work.NeedsSavepoint)
        {
            work.Try(writing);
            return;
        }

        writing.Execute("SAVEPOINT work");
        if (!work.Try(writing))
        {
            writing.Execute("ROLLBACK TO work");
        }

        writing.Execute("RELEASE work");
    }

    private StoreFullException NoRoom(SqliteException full) =>
        new($"The disk that holds {file} is full: nothing of this was written. Make room; work goes on by itself.", full);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private abstract class Work(bool needsSavepoint)
    {
        /// <summary>It changes more than one row, so a failure leaves something to undo.</summary>
        public bool NeedsSavepoint => needsSavepoint;

        /// <summary>Writes; <c>false</c> where it failed and its part is to be undone.</summary>
        public abstract bool Try(Writer with);

        /// <summary>After the commit: tells whoever waits what came of it.</summary>
        public abstract void Answer();

        /// <summary>The transaction failed as a whole.</summary>
        public abstract void Fail(Exception e);
    }

    private sealed class Work<T>(Func<Writer, T> write, bool needsSavepoint) : Work(needsSavepoint)
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
            catch (Exception e) when (e is not SqliteException)
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
