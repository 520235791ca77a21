using System.Text;
using CsCheck;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.StandIns;
using KeyAccountBot.Storage;
using Xunit;

namespace KeyAccountBot.Tests.Records;

/// <summary>Where the rows of the service lie beside the record: as in every store that was ever written, and to be read from the place again.</summary>
public sealed class ServiceKeyTests
{
    private static readonly TenantId Tenant = new("con|toso");
    private static readonly PersonId Person = new("ravi#1");
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public void Rows_lie_where_they_always_did()
    {
        const string Mailbox = "con~7ctoso|ravi~231";
        Assert.Equal(new RowPlace(Mailbox, "2026-03-02"), MailboxKeys.Day.PlaceOf(new MailboxDayKey(Tenant, Person, Day)));
        Assert.Equal(new RowPlace(Mailbox, "gathers|2026-03-02|0f"), MailboxKeys.Line.PlaceOf(new MailboxLineKey(Tenant, Person, Mailboxes.Gathers, Day, "0f")));
        Assert.Equal(new RowPlace(Mailbox, "weekly"), MailboxKeys.Weekly.PlaceOf(new PersonKey(Tenant, Person)));
        Assert.Equal(new RowPlace(Mailbox, "notice|begins~7c1"), Notices.Keys.PlaceOf(new NoticeDue(Tenant, Person, "begins|1")));
        Assert.Equal(new RowPlace("channels", "Slack"), Outages.Keys.PlaceOf(new OutageKey(Sales.People.Channel.Slack)));
        Assert.Equal(new RowPlace("msteams|c", "state"), OwedRows.ConversationKeys.PlaceOf(new ConversationKey("msteams|c")));
        Assert.Equal(new RowPlace("msteams|c", "reply|7|x"), OwedRows.ReplyKeys.PlaceOf(new ReplyKey("msteams|c", "reply|7|x")));
        Assert.Equal(new RowPlace("con~7ctoso", "delivery|o~2f1|nudge"), PlaceOf(DeadLetterKey.Of(new DeliveryDue(Tenant, new OpportunityId("o/1"), "nudge"))));
        Assert.Equal(new RowPlace("con~7ctoso", "digest|ravi~231|2026-03-02"), PlaceOf(DeadLetterKey.Of(new DigestDue(Tenant, Person, Day))));
        Assert.Equal(new RowPlace("con~7ctoso", "message|digests|m-1"), PlaceOf(DeadLetterKey.Of(MessageOf("""{"tenant":"con|toso"}"""))));
        Assert.Equal(new RowPlace("unknown", "message|digests|m-1"), PlaceOf(DeadLetterKey.Of(MessageOf("no JSON"))));
    }

    [Fact]
    public void Two_ids_that_are_too_long_for_a_key_still_make_one()
    {
        var place = PlaceOf(DeadLetterKey.Of(new DeliveryDue(Tenant, new OpportunityId(new string('o', 300)), new string('k', 300))));
        Assert.StartsWith("long|", place.Row, StringComparison.Ordinal);
        Assert.InRange(place.Row.Length, 1, 400);
    }

    [Fact]
    public void A_key_is_read_from_its_place_as_it_was_made() => Gen.Select(Gen.String, Gen.String, Gen.String, Gen.Date).Sample((tenant, person, key, at) =>
    {
        var day = DateOnly.FromDateTime(at);
        Holds(MailboxKeys.Day, new MailboxDayKey(new(tenant), new(person), day));
        Holds(MailboxKeys.Line, new MailboxLineKey(new(tenant), new(person), Mailboxes.InDigest, day, "0f"));
        Holds(MailboxKeys.Weekly, new PersonKey(new(tenant), new(person)));
        Holds(Notices.Keys, new NoticeDue(new(tenant), new(person), key));
        Holds(OwedRows.ConversationKeys, new ConversationKey(key));
        Holds(OwedRows.ReplyKeys, new ReplyKey(key, OwedReplies.IdOf(new DateTimeOffset(day, default, default), "x")));
    });

    [Theory]
    [InlineData("weekly")]
    [InlineData("2026-03-02")]
    [InlineData("gathers|2026-03-02|0f")]
    [InlineData("notice|n")]
    [InlineData("act|0f")]
    public void A_row_of_a_mailbox_is_of_one_kind(string row)
    {
        var place = new RowPlace("contoso|ravi", row);
        object?[] keys = [MailboxKeys.Day.KeyOf(place), MailboxKeys.Line.KeyOf(place), MailboxKeys.Weekly.KeyOf(place), Notices.Keys.KeyOf(place), RecordKeys.Act.KeyOf(place)];
        Assert.Single(keys, k => k is not null);
    }

    private static RowPlace PlaceOf(DeadLetterKey key) => DeadLetterKey.Shape.PlaceOf(key);

    private static LeasedMessage MessageOf(string body) => new("digests", "m-1", "r", Encoding.UTF8.GetBytes(body), 10);

    private static void Holds<TKey>(KeyShape<TKey> keys, TKey key)
        where TKey : class => Assert.Equal(key, keys.KeyOf(keys.PlaceOf(key)));
}
