using Microsoft.Data.Sqlite;

namespace KeyAccountBot.Storage.Embedded;

/// <summary>A connection with its statements prepared once; for one thread at a time.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
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

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}

/// <summary>The writing connection and the transaction it is in.</summary>
internal sealed class Writer(Statements statements) : IDisposable
{
    private long etag;
    private long written;

    /// <summary>Starts the transaction, and with it keeps every other process from writing.</summary>
    public void Begin()
    {
        Execute("BEGIN IMMEDIATE");
        etag = written = (long)Command("SELECT etag FROM counter WHERE id = 1").ExecuteScalar()!;
    }

    /// <summary>Puts the transaction on disk.</summary>
    public void Commit()
    {
        if (etag != written)
        {
            Execute("UPDATE counter SET etag = $0 WHERE id = 1", etag);
        }

        Execute("COMMIT");
    }

    /// <summary>Gives the transaction up.</summary>
    public void Rollback()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // the transaction is gone already, as after a full disk
        }
    }

    /// <inheritdoc cref="Statements.Command"/>
    public SqliteCommand Command(string sql, params ReadOnlySpan<object?> values) => statements.Command(sql, values);

    /// <summary>Runs a statement; the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => statements.Command(sql, values).ExecuteNonQuery();

    /// <summary>The next ETag: counted in the file, so unique for every write, of every process, also after a row was deleted.</summary>
    public long NextETag() => ++etag;

    public void Dispose() => statements.Dispose();
}
