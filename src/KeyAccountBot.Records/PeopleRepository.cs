using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>Our people on record. A person whose row cannot be read is not known; who they report to still counts.</summary>
/// <param name="tables">The rows.</param>
public sealed class PeopleRepository(Tables tables)
{
    private readonly Table<PersonKey, Person> rows = tables.Of(RowKinds.Person, RecordKeys.Person);

    /// <summary>Everybody of a company with what they chose for themselves; empty where nobody was imported.</summary>
    public ValueTask<Company> LoadAsync(TenantId tenant, CancellationToken cancellationToken) => LoadAsync(tenant, p => p.AsChosen(), cancellationToken);

    /// <summary>Everybody as the company's own list says, for who writes that list.</summary>
    public ValueTask<Company> LoadAsListedAsync(TenantId tenant, CancellationToken cancellationToken) => LoadAsync(tenant, p => p, cancellationToken);

    private async ValueTask<Company> LoadAsync(TenantId tenant, Func<Person, Person> asShown, CancellationToken cancellationToken)
    {
        List<Person> people = [];
        Dictionary<PersonId, PersonId?>? unread = null;
        await foreach (var row in rows.QueryAsync(RecordKeys.PeopleOf(tenant), cancellationToken))
        {
            if (row.Record is { } person)
            {
                people.Add(asShown(person));
            }
            else
            {
                (unread ??= [])[row.Key.Person] = ManagerIn(row.Body);
            }
        }

        return new Company(people, unread);
    }

    /// <summary>Changes one person as they stand on record; answers them afterwards, with what they chose, <c>null</c> where they are not on record.</summary>
    /// <exception cref="StoreConflictException">Others kept writing first.</exception>
    public async ValueTask<Person?> ChangeAsync(TenantId tenant, PersonId id, Func<Person, Person> change, CancellationToken cancellationToken) =>
        (await rows.ChangeAsync(new PersonKey(tenant, id), person => person is null ? null : change(person), cancellationToken)).After?.AsChosen();

    /// <summary>Adds or replaces people, a hundred at a time; a row that cannot be read is mended by it.</summary>
    /// <exception cref="NewerRowException">A newer version of the program wrote one of them; nothing was written.</exception>
    public async ValueTask PutAsync(TenantId tenant, IEnumerable<Person> people, CancellationToken cancellationToken)
    {
        Person[] all = [.. people];
        await RefuseNewerAsync(tenant, all, cancellationToken);
        foreach (var batch in all.Chunk(100))
        {
            await tables.SubmitAsync([.. batch.Select(p => rows.Putting(new PersonKey(tenant, p.Id), p))], cancellationToken);
        }
    }

    private async ValueTask RefuseNewerAsync(TenantId tenant, IEnumerable<Person> people, CancellationToken cancellationToken)
    {
        var written = people.Select(p => p.Id).ToHashSet();
        await foreach (var row in tables.Silent.Of(RowKinds.Person, RecordKeys.Person).QueryAsync(RecordKeys.PeopleOf(tenant), cancellationToken))
        {
            if (row.IsNewer && written.Contains(row.Key.Person))
            {
                throw new NewerRowException(
                    $"A newer version of the program wrote the person '{row.Key.Person}', so this one writes nobody. Use the newer version.");
            }
        }
    }

    // whom they report to can often be read although the rest cannot: those above them still hear
    private static PersonId? ManagerIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("manager", out var manager)
                && manager.ValueKind == JsonValueKind.String ? new PersonId(manager.GetString()!) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
