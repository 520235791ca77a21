using System.Text.RegularExpressions;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sayings.Worlds;

/// <summary>Reads a world of the Chinese format.</summary>
internal static partial class ChineseWorld
{
    /// <summary>The world in the file.</summary>
    public static World Read(Entry file, DateTime now)
    {
        var zone = file.Text("timeZone");
        var currency = file.TextOrNull("currency") ?? "CNY";
        return new World("zh", now, zone)
        {
            Currency = currency,
            People = [.. file.List("people").Select(p => new Person(
                new PersonId(p.Text("id")), p.Text("name"), WorldFile.RoleOf(p), null, WorldFile.ManagerOf(p), TimeZone: zone, Locale: "zh-Hans",
                Office: p.TextOrNull("region"), Away: p.Find("absent") is { } absent ? WorldFile.AbsenceOf(absent) : null)
            {
                Called = p.Texts("calledAs") is { Count: > 0 } called ? string.Join(';', called) : null,
            })],
            Accounts = [.. file.List("accounts").Select(a => new WorldAccount(
                a.Text("id"), a.Text("name"), a.Texts("aliases"), [.. a.List("contacts").Select(c => WorldFile.ContactOf(a.Text("id"), c))]))],
            Opportunities = [.. file.List("opportunities").Select(o => OpportunityOf(o, currency, file.Find("holdReason")?.TextOrNull(o.Text("id"))))],
            Visits = [.. file.List("visits").Where(v => v.TextOrNull("status") is null or "planned").Select(v => new WorldVisit(
                v.Text("id"), v.Text("opportunity"), v.Get("at").Moment(), [.. v.Texts("with").Select(WorldContact.IdOf)]))],
            FollowUps = [.. file.List("followUps").Select(f => new WorldFollowUp(
                f.Text("id"), f.Text("opportunity"), f.Text("cause"), f.Get("since").Date(), [.. f.List("told").Select(t => (t.Text("who"), t.Get("on").Date()))]))],
        };
    }

    private static WorldOpportunity OpportunityOf(Entry opportunity, string currency, string? hold)
    {
        var on = hold is null ? null : Day().Match(hold);
        var said = opportunity.Find("lastSaid");
        return new WorldOpportunity(opportunity.Text("id"), opportunity.Text("account"), opportunity.Text("name"), opportunity.Text("rep"))
        {
            Stage = opportunity.Text("stage"),
            Status = opportunity.Text("status"),
            StatusReason = hold is null ? null : Bracketed().Replace(hold, ""),
            StatusSince = on is { Success: true } ? DateOnly.Parse(on.ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : null,
            Amount = opportunity.NumberOrNull("amountCny") ?? opportunity.NumberOrNull("amount") ?? 0,
            Currency = currency,
            ExpectedClose = opportunity.DateOrNull("expectedSign"),
            BidDeadline = opportunity.DateOrNull("bidDeadline"),
            StageSince = opportunity.Get("stageSince").Date(),
            LastCheckIn = opportunity.DateOrNull("lastCheckIn"),
            LastSaid = said?.TextOrNull("text"),
            LastSaidTo = said?.TextOrNull("who") is { } who ? WorldContact.IdOf(who) : null,
            NextStep = opportunity.Find("nextStep") is { } next ? new WorldStep(next.Text("text"), next.Get("due").Date()) : null,
            Reached = WorldFile.ReachedOf(opportunity),
            Answered = opportunity.Texts("questionsAnswered"),
            AnswersAreAll = true,
            Competitors = opportunity.Texts("competitors"),
        };
    }

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Day();

    [GeneratedRegex(@"[（(][^（()）]*[)）]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bracketed();
}
