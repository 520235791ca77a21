using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using global::Azure;
using global::Azure.Data.Tables;

namespace KeyAccountBot.Storage.Azure;

/// <summary>Tables in an Azure storage account. A table is created when it is first used.</summary>
/// <remarks>
/// A body is kept as text in the properties <c>Body</c>, <c>Body1</c> and so on, since a property holds 64 KiB. An add whose answer
/// was lost is sent again by the client, and then conflicts with itself: who meets a conflict reads again, as always.
/// <see cref="ScanAsync"/> reads the whole table, also for a label.
/// </remarks>
public sealed class AzureTableStore(TableServiceClient service) : ITableStore
{
    // a property holds 32 Ki characters
    private const int Chunk = 31_000;
    private const string Label = "Label";
    private const string Checks = "check";
    private readonly ConcurrentDictionary<string, Lazy<Task<TableClient>>> tables = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        StoreLimits.CheckTable(table);
        StoreLimits.CheckKey(partitionKey);
        StoreLimits.CheckKey(rowKey);
        var client = await TableAsync(table, cancellationToken);
        var found = await client.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
        return found.HasValue ? RowOf(found.Value!) : null;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partitionKey, string fromRowKey, string toRowKey, CancellationToken cancellationToken)
    {
        StoreLimits.CheckKey(partitionKey);
        return RowsAsync(
            table, TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {fromRowKey} and RowKey lt {toRowKey}"), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) =>
        RowsAsync(table, label is null ? null : TableClient.CreateQueryFilter($"Label eq {label}"), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        StoreLimits.Check(table, partitionKey, operations);
        var client = await TableAsync(table, cancellationToken);
        var etags = new string[operations.Count];
        Array.Fill(etags, "");
        List<int> left = [.. Enumerable.Range(0, operations.Count)];
        while (left.Count > 0)
        {
            try
            {
                if (left is [var only])
                {
                    etags[only] = ETagOf(operations[only], await WriteAsync(client, partitionKey, operations[only], cancellationToken));
                    break;
                }

                var answers = await client.SubmitTransactionAsync(left.Select(i => ActionOf(partitionKey, operations[i])), cancellationToken);
                for (var i = 0; i < left.Count; i++)
                {
                    etags[left[i]] = ETagOf(operations[left[i]], answers.Value[i]);
                }

                break;
            }
            catch (RequestFailedException e)
            {
                // the service refuses a whole batch for one delete of a row that is gone, which is no conflict here: go on without it
                var failed = left.Count == 1 ? 0 : (e as TableTransactionFailedException)?.FailedTransactionActionIndex;
                if (e.Status == 404 && failed is { } at && operations[left[at]] is TableOperation.Delete)
                {
                    left.RemoveAt(at);
                    continue;
                }

                throw Translated(e, failed is { } row ? operations[left[row]].RowKey : partitionKey);
            }
        }

        return etags;
    }

    /// <inheritdoc/>
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        // each check has a row of its own: another replica may check at the same moment
        var row = Guid.NewGuid().ToString("N");
        await SubmitAsync(Checks, Checks, [new TableOperation.Put(row, "{}"u8.ToArray())], cancellationToken);
        if (await GetAsync(Checks, Checks, row, cancellationToken) is null)
        {
            throw new StoreUnusableException("What was just written to the store is not there when it is read.");
        }

        await SubmitAsync(Checks, Checks, [new TableOperation.Delete(row)], cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> ClockAsync(CancellationToken cancellationToken)
    {
        var client = await TableAsync(Checks, cancellationToken);
        var response = await client.UpsertEntityAsync(EntityOf(Checks, Checks, "{}"u8.ToArray(), null), TableUpdateMode.Replace, cancellationToken);
        return response.Headers.Date;
    }

    private static async Task<Response> WriteAsync(TableClient client, string partitionKey, TableOperation operation, CancellationToken cancellationToken) => operation switch
    {
        TableOperation.Add add => await client.AddEntityAsync(EntityOf(partitionKey, add.RowKey, add.Body, add.Label), cancellationToken),
        TableOperation.Put put => await client.UpsertEntityAsync(
            EntityOf(partitionKey, put.RowKey, put.Body, put.Label), TableUpdateMode.Replace, cancellationToken),
        TableOperation.Replace replace => await client.UpdateEntityAsync(
            EntityOf(partitionKey, replace.RowKey, replace.Body, replace.Label), ETagOf(replace.ETag), TableUpdateMode.Replace, cancellationToken),
        TableOperation.Delete delete => await client.DeleteEntityAsync(
            partitionKey, delete.RowKey, delete.ETag is null ? ETag.All : ETagOf(delete.ETag), cancellationToken),
        _ => throw new ArgumentException($"Unknown operation {operation.GetType().Name}.", nameof(operation)),
    };

    private static TableTransactionAction ActionOf(string partitionKey, TableOperation operation) => operation switch
    {
        TableOperation.Add add => new(TableTransactionActionType.Add, EntityOf(partitionKey, add.RowKey, add.Body, add.Label)),
        TableOperation.Put put => new(TableTransactionActionType.UpsertReplace, EntityOf(partitionKey, put.RowKey, put.Body, put.Label)),
        TableOperation.Replace replace => new(
            TableTransactionActionType.UpdateReplace, EntityOf(partitionKey, replace.RowKey, replace.Body, replace.Label), ETagOf(replace.ETag)),
        TableOperation.Delete delete => new(
            TableTransactionActionType.Delete, new TableEntity(partitionKey, delete.RowKey), delete.ETag is null ? ETag.All : ETagOf(delete.ETag)),
        _ => throw new ArgumentException($"Unknown operation {operation.GetType().Name}.", nameof(operation)),
    };

    // an ETag that the service did not give, as * that would match any row, was never ours: it matches nothing
    private static ETag ETagOf(string etag) =>
        new(etag.StartsWith("W/\"", StringComparison.Ordinal) ? etag : "W/\"datetime'2000-01-01T00%3A00%3A00.0000000Z'\"");

    private static string ETagOf(TableOperation operation, Response response) =>
        operation is TableOperation.Delete ? "" : response.Headers.ETag?.ToString() ?? "";

    private static Exception Translated(RequestFailedException e, string rowKey) => e switch
    {
        { Status: 412 } or { Status: 409, ErrorCode: "EntityAlreadyExists" } or { Status: 404, ErrorCode: "ResourceNotFound" or "EntityNotFound" } =>
            new StoreConflictException($"The row '{rowKey}' exists already or was changed since it was read.", e),
        { Status: 413 } or { ErrorCode: "EntityTooLarge" or "PropertyValueTooLarge" or "RequestBodyTooLarge" } =>
            new StoreLimitException($"The service refuses the row '{rowKey}' or its batch as too large.", e),
        _ => e,
    };

    private static TableEntity EntityOf(string partitionKey, string rowKey, ReadOnlyMemory<byte> body, string? label)
    {
        var entity = new TableEntity(partitionKey, rowKey);
        var text = Encoding.UTF8.GetString(body.Span);
        var (from, number) = (0, 0);
        do
        {
            var length = Math.Min(Chunk, text.Length - from);
            if (from + length < text.Length && char.IsHighSurrogate(text[from + length - 1]))
            {
                length--;
            }

            entity[BodyName(number++)] = text.Substring(from, length);
            from += length;
        }
        while (from < text.Length);

        if (label is not null)
        {
            entity[Label] = label;
        }

        return entity;
    }

    private static TableRow RowOf(TableEntity entity)
    {
        var text = new StringBuilder();
        for (var number = 0; entity.GetString(BodyName(number)) is { } chunk; number++)
        {
            text.Append(chunk);
        }

        return new TableRow(
            entity.PartitionKey, entity.RowKey, Encoding.UTF8.GetBytes(text.ToString()), entity.GetString(Label), entity.ETag.ToString());
    }

    private static string BodyName(int number) => number == 0 ? "Body" : "Body" + number.ToString(CultureInfo.InvariantCulture);

    private async IAsyncEnumerable<TableRow> RowsAsync(string table, string? filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreLimits.CheckTable(table);
        var client = await TableAsync(table, cancellationToken);
        await foreach (var entity in client.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return RowOf(entity);
        }
    }

    private async Task<TableClient> TableAsync(string table, CancellationToken cancellationToken)
    {
        var creation = tables.GetOrAdd(table, static (name, service) => new Lazy<Task<TableClient>>(() => CreateAsync(service, name)), service);
        try
        {
            return await creation.Value.WaitAsync(cancellationToken);
        }
        catch when (creation.Value.IsFaulted)
        {
            // the next use tries again
            tables.TryRemove(new(table, creation));
            throw;
        }
    }

    private static async Task<TableClient> CreateAsync(TableServiceClient service, string table)
    {
        var client = service.GetTableClient(table);
        await client.CreateIfNotExistsAsync();
        return client;
    }
}
