using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace KeyAccountBot.Storage.Embedded;

/// <summary>Tables in the embedded database. Keys are ordered by their UTF-8 bytes, which is their ordinal order.</summary>
/// <remarks>Except for characters beyond U+FFFF: by UTF-8 they come last, by UTF-16 before U+E000.</remarks>
public sealed class EmbeddedTableStore(EmbeddedDatabase database) : ITableStore
{
    private const int Page = 500;
    private const string Checks = "check";
    private const int CheckSize = 64 * 1024;
    private static readonly byte[] CheckBody = [.. Enumerable.Repeat((byte)' ', CheckSize)];

    /// <inheritdoc/>
    public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        StoreLimits.CheckTable(table);
        StoreLimits.CheckKey(partitionKey);
        StoreLimits.CheckKey(rowKey);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read((table, partitionKey, rowKey), static (statements, wanted) =>
        {
            using var reader = statements.Command(
                "SELECT pk, rk, body, label, etag FROM rows WHERE tbl = $0 AND pk = $1 AND rk = $2",
                wanted.table, wanted.partitionKey, wanted.rowKey).ExecuteReader();
            return reader.Read() ? RowOf(reader) : null;
        }));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partitionKey, string fromRowKey, string toRowKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreLimits.CheckTable(table);
        StoreLimits.CheckKey(partitionKey);
        var after = fromRowKey;
        for (var first = true; ; first = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = Rows(
                $"SELECT pk, rk, body, label, etag FROM rows WHERE tbl = $0 AND pk = $1 AND rk {(first ? ">=" : ">")} $2 AND rk < $3 ORDER BY rk LIMIT 500",
                table, partitionKey, after, toRowKey);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].RowKey;
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreLimits.CheckTable(table);
        var (partition, row) = ("", "");
        for (var first = true; ; first = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = first ? ">=" : ">";
            var page = label is null
                ? Rows($"SELECT pk, rk, body, label, etag FROM rows WHERE tbl = $0 AND (pk, rk) {start} ($1, $2) ORDER BY pk, rk LIMIT 500", table, partition, row)
                : Rows($"SELECT pk, rk, body, label, etag FROM rows WHERE tbl = $0 AND label = $3 AND (pk, rk) {start} ($1, $2) ORDER BY pk, rk LIMIT 500", table, partition, row, label);
            foreach (var found in page)
            {
                yield return found;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            (partition, row) = (page[^1].PartitionKey, page[^1].RowKey);
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        StoreLimits.Check(table, partitionKey, operations);
        return database.WriteAsync(
            writer =>
            {
                var etags = new string[operations.Count];
                for (var i = 0; i < operations.Count; i++)
                {
                    etags[i] = Write(writer, table, partitionKey, operations[i]);
                }

                return (IReadOnlyList<string>)etags;
            },
            operations.Count,
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The row is large, so that it needs room, and is read anew from the file, so that it proves where it lies.</remarks>
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        // each check has a row of its own: another process may check at the same moment
        var row = Guid.NewGuid().ToString("N");
        await SubmitAsync(Checks, Checks, [new TableOperation.Put(row, CheckBody)], cancellationToken);
        if (database.ReadAnew(Checks, Checks, row) is not { Length: CheckSize })
        {
            throw new StoreUnusableException("What was just written to the store is not there when it is read.");
        }

        await SubmitAsync(Checks, Checks, [new TableOperation.Delete(row)], cancellationToken);
    }

    private static string Write(Writer writer, string table, string pk, TableOperation operation)
    {
        if (operation is TableOperation.Delete delete)
        {
            if (delete.ETag is null)
            {
                writer.Execute("DELETE FROM rows WHERE tbl = $0 AND pk = $1 AND rk = $2", table, pk, delete.RowKey);
            }
            else if (writer.Execute("DELETE FROM rows WHERE tbl = $0 AND pk = $1 AND rk = $2 AND etag = $3", table, pk, delete.RowKey, NumberOf(delete.ETag)) == 0
                && writer.Command("SELECT 1 FROM rows WHERE tbl = $0 AND pk = $1 AND rk = $2", table, pk, delete.RowKey).ExecuteScalar() is not null)
            {
                throw Conflict(delete.RowKey);
            }

            return "";
        }

        var etag = writer.NextETag();
        var changed = operation switch
        {
            TableOperation.Add add => writer.Execute(
                "INSERT INTO rows VALUES ($0, $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", table, pk, add.RowKey, Bytes(add.Body), add.Label, etag),
            TableOperation.Replace replace => writer.Execute(
                "UPDATE rows SET body = $3, label = $4, etag = $5 WHERE tbl = $0 AND pk = $1 AND rk = $2 AND etag = $6",
                table, pk, replace.RowKey, Bytes(replace.Body), replace.Label, etag, NumberOf(replace.ETag)),
            TableOperation.Put put => writer.Execute(
                "INSERT OR REPLACE INTO rows VALUES ($0, $1, $2, $3, $4, $5)", table, pk, put.RowKey, Bytes(put.Body), put.Label, etag),
            _ => throw new ArgumentException($"Unknown operation {operation.GetType().Name}.", nameof(operation)),
        };
        return changed == 0 ? throw Conflict(operation.RowKey) : etag.ToString(CultureInfo.InvariantCulture);
    }

    private List<TableRow> Rows(string sql, params string[] values) => database.Read((sql, values), static (statements, wanted) =>
    {
        using var reader = statements.Command(wanted.sql, wanted.values).ExecuteReader();
        List<TableRow> rows = [];
        while (reader.Read())
        {
            rows.Add(RowOf(reader));
        }

        return rows;
    });

    // SQLite binds whole arrays; most bodies are one, so only a slice is copied
    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var bytes) && bytes.Array is { } array && array.Length == bytes.Count ? array : body.ToArray();

    private static TableRow RowOf(SqliteDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), (byte[])reader[2], reader.IsDBNull(3) ? null : reader.GetString(3),
        reader.GetInt64(4).ToString(CultureInfo.InvariantCulture));

    // an ETag that is no number was never ours, so it matches nothing
    private static long NumberOf(string etag) => long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static StoreConflictException Conflict(string rowKey) => new($"The row '{rowKey}' exists already or was changed since it was read.");
}
