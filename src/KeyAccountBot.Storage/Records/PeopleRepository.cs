using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Storage.Records;

/// <summary>Our people on record.</summary>
public sealed class PeopleRepository(ITableStore tables)
{
    private const int Tries = 5;

    /// <summary>Everybody of a company; empty where nobody was imported.</summary>
    public async ValueTask<Company> LoadAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        List<Person> people = [];
        await foreach (var row in tables.QueryAsync(RowKeys.People, RowKeys.Escape(tenant.Value), "", "\uffff", cancellationToken))
        {
            people.Add(JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.Person)!);
        }

        return new Company(people);
    }

    /// <summary>Changes one person as they stand on record; answers them afterwards, <c>null</c> where they are not on record.</summary>
    /// <exception cref="StoreConflictException">Others kept writing first.</exception>
    public async ValueTask<Person?> ChangeAsync(TenantId tenant, PersonId id, Func<Person, Person> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (partition, key) = (RowKeys.Escape(tenant.Value), RowKeys.Escape(id.Value));
            if (await tables.GetAsync(RowKeys.People, partition, key, cancellationToken) is not { } row)
            {
                return null;
            }

            var after = change(JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.Person)!);
            try
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(after, StoredJson.Default.Person);
                await tables.SubmitAsync(RowKeys.People, partition, [new TableOperation.Replace(key, body, row.ETag)], cancellationToken);
                return after;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // an import came in between: read again
            }
        }
    }

    /// <summary>Adds or replaces people, a hundred at a time.</summary>
    public async ValueTask PutAsync(TenantId tenant, IEnumerable<Person> people, CancellationToken cancellationToken)
    {
        foreach (var batch in people.Chunk(100))
        {
            TableOperation[] operations = [.. batch.Select(p => new TableOperation.Put(
                RowKeys.Escape(p.Id.Value), JsonSerializer.SerializeToUtf8Bytes(p, StoredJson.Default.Person)))];
            await tables.SubmitAsync(RowKeys.People, RowKeys.Escape(tenant.Value), operations, cancellationToken);
        }
    }
}
