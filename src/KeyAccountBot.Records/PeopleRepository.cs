using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>Our people on record. A person whose row cannot be read is not known; who they report to still counts.</summary>
/// <param name="tables">The store.</param>
/// <param name="rows">Reads the rows; one of its own where none is given.</param>
public sealed class PeopleRepository(ITableStore tables, RowReader? rows = null)
{
    private const int Tries = 5;
    private readonly RowReader rows = rows ?? new RowReader();

    /// <summary>Everybody of a company; empty where nobody was imported.</summary>
    public async ValueTask<Company> LoadAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        List<Person> people = [];
        Dictionary<PersonId, PersonId?>? unread = null;
        await foreach (var row in tables.QueryAsync(RowKeys.People, RowKeys.Escape(tenant.Value), "", "\uffff", cancellationToken))
        {
            if (rows.Read(RowKinds.Person, row).Record is { } person)
            {
                people.Add(person);
            }
            else
            {
                (unread ??= [])[new PersonId(RowKeys.Unescape(row.RowKey))] = ManagerIn(row);
            }
        }

        return new Company(people, unread);
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

            if (rows.Read(RowKinds.Person, row).Record is not { } before)
            {
                return null;
            }

            var after = change(before);
            try
            {
                var body = RowKinds.Person.BytesOf(after);
                await tables.SubmitAsync(RowKeys.People, partition, [new TableOperation.Replace(key, body, row.ETag)], cancellationToken);
                return after;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // an import came in between: read again
            }
        }
    }

    /// <summary>Adds or replaces people, a hundred at a time; a row that cannot be read is mended by it.</summary>
    /// <exception cref="NewerRowException">A newer version of the program wrote one of them; nothing was written.</exception>
    public async ValueTask PutAsync(TenantId tenant, IEnumerable<Person> people, CancellationToken cancellationToken)
    {
        Person[] all = [.. people];
        await RefuseNewerAsync(tenant, all, cancellationToken);
        foreach (var batch in all.Chunk(100))
        {
            TableOperation[] operations = [.. batch.Select(p => new TableOperation.Put(
                RowKeys.Escape(p.Id.Value), RowKinds.Person.BytesOf(p)))];
            await tables.SubmitAsync(RowKeys.People, RowKeys.Escape(tenant.Value), operations, cancellationToken);
        }
    }

    private async ValueTask RefuseNewerAsync(TenantId tenant, IEnumerable<Person> people, CancellationToken cancellationToken)
    {
        var written = people.Select(p => RowKeys.Escape(p.Id.Value)).ToHashSet(StringComparer.Ordinal);
        await foreach (var row in tables.QueryAsync(RowKeys.People, RowKeys.Escape(tenant.Value), "", "\uffff", cancellationToken))
        {
            if (RowKinds.Person.IsNewer(row) && written.Contains(row.RowKey))
            {
                throw new NewerRowException(
                    $"A newer version of the program wrote the person '{RowKeys.Unescape(row.RowKey)}', so this one writes nobody. Use the newer version.");
            }
        }
    }

    // whom they report to can often be read although the rest cannot: those above them still hear
    private static PersonId? ManagerIn(TableRow row)
    {
        try
        {
            using var json = JsonDocument.Parse(row.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("manager", out var manager)
                && manager.ValueKind == JsonValueKind.String ? new PersonId(manager.GetString()!) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
