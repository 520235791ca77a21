using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace KeyAccountBot.Storage.Embedded;

/// <summary>
/// One SQLite file, write-ahead log, fully synchronous. One thread writes: it takes all writes that wait into one transaction,
/// so many turns share one flush to disk; a write is answered only after its commit, and only while the file still lies where it was
/// opened. Other processes may use the same file.
/// </summary>
public sealed class EmbeddedDatabase : IAsyncDisposable
{
    private const int Together = 256;

    // SQLite's names for them: SQLITE_READONLY, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_NOTADB
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int DiskFull = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;
    private const string PutBack = "Stop the service and put a copy back in its place.";
    private readonly string file;
    private readonly string connectionString;
    private readonly StoreFile place;
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

        // a reader never makes the file: where it is gone, an empty one in its place would look like a store with nothing in it
        connectionString = ConnectionString(SqliteOpenMode.ReadWrite);
        try
        {
            writing = new Writer(new Statements(Create(ConnectionString(SqliteOpenMode.ReadWriteCreate), out place)));
        }
        catch (SqliteException e)
        {
            throw Translated(e);
        }

        writer = new Thread(WriteAll) { IsBackground = true, Name = "embedded store writer" };
        writer.Start();
    }

    private SqliteConnection Create(string connectionString, out StoreFile place)
    {
        var connection = Open(connectionString);
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
        place = new StoreFile(file, connection);
        return connection;
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
            statements = new Statements(Open(connectionString));
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

    /// <summary>Reads a row on a connection opened for it, as another process would; throws where the file is missing, another one, or no database.</summary>
    internal byte[]? ReadAnew(string table, string partition, string row)
    {
        place.Check();
        try
        {
            CheckFileAlone();
            using var anew = new Statements(Open(connectionString));
            return (byte[]?)anew.Command("SELECT body FROM rows WHERE tbl = $0 AND pk = $1 AND rk = $2", table, partition, row).ExecuteScalar();
        }
        catch (SqliteException e)
        {
            throw Translated(e);
        }
    }

    // the log may hold every page that is asked for, and hide that the file below it is spoilt; SQLite opens it, since to open and close
    // it in any other way would end the locks that this process has on it
    private void CheckFileAlone()
    {
        var alone = new SqliteConnectionStringBuilder { DataSource = new Uri(Path.GetFullPath(file)).AbsoluteUri + "?immutable=1", Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var statements = new Statements(Open(alone.ToString()));
        _ = statements.Command("SELECT count(*) FROM sqlite_schema").ExecuteScalar();
        if (statements.Command("PRAGMA page_count").ExecuteScalar() is 0L)
        {
            throw new StoreUnusableException($"{file} is empty. {PutBack}");
        }
    }

    /// <summary>For tests: no write succeeds from now on, as on a disk that was mounted anew for reading only.</summary>
    internal ValueTask<int> ForbidWritesAsync() => WriteAsync(writer => writer.Execute("PRAGMA query_only = ON"), 1, CancellationToken.None);

    private string ConnectionString(SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString();

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
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

            // gone before or meanwhile, it took the commit along: once is enough, and nobody was told yet
            place.Check();
        }
        catch (Exception e)
        {
            // nothing of this transaction is on disk, and who waits must hear so
            writing.Rollback();
            if (together.Count == 1)
            {
                together[0].Fail(e is SqliteException failed ? Translated(failed) : e);
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

    private Exception Translated(SqliteException e) => e.SqliteErrorCode switch
    {
        DiskFull => new StoreFullException($"The disk that holds {file} is full: nothing of this was written. Make room; work goes on by itself.", e),
        ReadOnly => new StoreUnusableException($"{file} can only be read: nothing is written. Give the service the right to write it and its folder.", e),
        CannotOpen => new StoreUnusableException($"{file} cannot be opened. It has to be there, and the service needs the right to read and write it and its folder.", e),
        Corrupt or NoDatabase => new StoreUnusableException($"{file} is no whole database. {PutBack}", e),
        _ => e,
    };

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

        /// <summary>After the commit: tells who waits what came of it.</summary>
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
