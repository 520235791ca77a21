using CsCheck;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>Where the rows of the record lie: as in every store that was ever written, and to be read from the place again.</summary>
public sealed class RecordKeyTests
{
    private static readonly TenantId Tenant = new("con|toso");
    private static readonly PersonId Person = new("ravi#1");
    private static readonly OpportunityId Opportunity = new("o/1");
    private static readonly AccountId Account = new("cancity");

    [Fact]
    public void Rows_lie_where_they_always_did()
    {
        var opportunity = new OpportunityKey(Tenant, Opportunity);
        Assert.Equal(new RowPlace("con~7ctoso|o~2f1", "snapshot"), RecordKeys.Opportunity.PlaceOf(opportunity));
        Assert.Equal(new RowPlace("con~7ctoso|o~2f1", "event|0000000012"), RecordKeys.OpportunityEntry.PlaceOf(new OpportunityEntryKey(opportunity, 12)));
        Assert.Equal(new RowPlace("con~7ctoso|o~2f1", "delivery|nudge~7c1"), RecordKeys.Delivery.PlaceOf(new DeliveryDue(Tenant, Opportunity, "nudge|1")));
        Assert.Equal(new RowPlace("con~7ctoso|owner|ravi~231", "o~2f1"), RecordKeys.Line.PlaceOf(new LineKey(Tenant, Person, Opportunity)));
        Assert.Equal(new RowPlace("con~7ctoso|maintainer|ravi~231", "cancity"), RecordKeys.Maintained.PlaceOf(new MaintainedKey(Tenant, Person, Account)));
        Assert.Equal(new RowPlace("con~7ctoso|cancity", "snapshot"), RecordKeys.Account.PlaceOf(new AccountKey(Tenant, Account)));
        Assert.Equal(new RowPlace("con~7ctoso|cancity", "event|0000000001"), RecordKeys.AccountEntry.PlaceOf(new AccountEntryKey(new AccountKey(Tenant, Account), 1)));
        Assert.Equal(new RowPlace("con~7ctoso", "ravi~231"), RecordKeys.Person.PlaceOf(new PersonKey(Tenant, Person)));
        Assert.Equal(
            new RowPlace("con~7ctoso|ravi~231", "act|4d2b31a368ffe5988bcfcab1c5b6ccc4"),
            RecordKeys.Act.PlaceOf(ActKey.Of(Tenant, Person, new ActInName(Opportunity, new CommandId("c-1"), Person, default, default))));
    }

    [Fact]
    public void A_key_is_read_from_its_place_as_it_was_made() => Gen.Select(Gen.String, Gen.String, Gen.String, Gen.Long[1, 9_999_999_999]).Sample((tenant, id, other, number) =>
    {
        var opportunity = new OpportunityKey(new(tenant), new(id));
        var account = new AccountKey(new(tenant), new(id));
        Holds(RecordKeys.Opportunity, opportunity);
        Holds(RecordKeys.OpportunityEntry, new OpportunityEntryKey(opportunity, number));
        Holds(RecordKeys.Delivery, new DeliveryDue(new(tenant), new(id), other));
        Holds(RecordKeys.Line, new LineKey(new(tenant), new(other), new(id)));
        Holds(RecordKeys.Maintained, new MaintainedKey(new(tenant), new(other), new(id)));
        Holds(RecordKeys.Account, account);
        Holds(RecordKeys.AccountEntry, new AccountEntryKey(account, number));
        Holds(RecordKeys.Person, new PersonKey(new(tenant), new(id)));
        Holds(RecordKeys.Act, new ActKey(new(tenant), new(id), "0f"));
    });

    [Theory]
    [InlineData("contoso|rep", "snapshot|")]
    [InlineData("contoso", "snapshot")]
    [InlineData("contoso|o|x", "event|0000000001")]
    [InlineData("contoso|o", "event|one")]
    public void A_place_of_something_else_is_no_key(string partition, string row)
    {
        var place = new RowPlace(partition, row);
        Assert.Null(RecordKeys.Opportunity.KeyOf(place));
        Assert.Null(RecordKeys.OpportunityEntry.KeyOf(place));
        Assert.Null(RecordKeys.Delivery.KeyOf(place));
        Assert.Null(RecordKeys.Line.KeyOf(place));
    }

    private static void Holds<TKey>(KeyShape<TKey> keys, TKey key)
        where TKey : class => Assert.Equal(key, keys.KeyOf(keys.PlaceOf(key)));
}
