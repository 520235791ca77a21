using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Storage.Records;

/// <summary>Our people on record.</summary>
public sealed class PeopleRepository(ITableStore tables)
{
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
