using System.Text.RegularExpressions;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sayings.Worlds;

/// <summary>Reads a world of the English format.</summary>
internal static partial class EnglishWorld
{
    /// <summary>The world in the file.</summary>
    public static World Read(Entry file, DateTime now)
    {
        var zone = file.Text("timeZone");
        var absences = file.List("absences").ToLookup(a => a.Text("user"), WorldFile.AbsenceOf, StringComparer.Ordinal);
        var accounts = file.List("accounts").Select(AccountOf).ToList();
        var world = new World("en", now, zone)
        {
            Currency = file.TextOrNull("currency") ?? "EUR",
            People = [.. file.List("people").Select(p => PersonOf(p, zone, absences[p.Text("id")].FirstOrDefault()))],
            Accounts = accounts,
            Opportunities = [.. file.List("opportunities").Select(OpportunityOf)],
            FollowUps = [.. file.List("followUps").Select(FollowUpOf)],
            Reminders = [.. file.List("reminders").Select(r => new WorldReminder(r.Text("user"), r.Get("at").Moment(), r.Text("text")))],
        };
        return world with { Visits = [.. file.List("visits").Select(v => VisitOf(v, world))] };
    }

    // what 01/12 is depends on where the reader is at home
    private static Person PersonOf(Entry person, string zone, Absence? away) => new(
        new PersonId(person.Text("id")), person.Text("name"), WorldFile.RoleOf(person), null, WorldFile.ManagerOf(person), TimeZone: zone,
        Locale: person.TextOrNull("locale") ?? LocaleOf(person.TextOrNull("timeZone") ?? zone), Away: away);

    private static string LocaleOf(string zone) => zone switch
    {
        _ when zone.StartsWith("America/", StringComparison.Ordinal) => "en-US",
        "Asia/Kolkata" => "en-IN",
        "Asia/Singapore" => "en-SG",
        "Asia/Dubai" => "en-AE",
        "Africa/Lagos" => "en-NG",
        "Europe/Berlin" => "en-DE",
        "Europe/Vienna" => "en-AT",
        "Europe/Amsterdam" => "en-NL",
        "Europe/Dublin" => "en-IE",
        _ => "en-GB",
    };

    private static WorldAccount AccountOf(Entry account) => new(
        account.Text("id"), account.Text("name"), account.Texts("aliases"), [.. account.List("contacts").Select(c => WorldFile.ContactOf(account.Text("id"), c))]);

    private static WorldOpportunity OpportunityOf(Entry opportunity)
    {
        var note = opportunity.TextOrNull("statusNote") ?? "";
        var told = StatusNote().Match(note);
        return new WorldOpportunity(opportunity.Text("id"), opportunity.Text("account"), opportunity.Text("name"), opportunity.Text("rep"))
        {
            Stage = opportunity.Text("stage"),
            Status = opportunity.Text("status") == "onHold" ? "hold" : opportunity.Text("status"),
            StatusReason = told.Success ? told.Groups["why"].Value : note,
            StatusSince = told.Success ? DateOnly.Parse(told.Groups["on"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : null,
            Amount = opportunity.NumberOrNull("amount") ?? 0,
            Currency = opportunity.TextOrNull("currency") ?? "EUR",
            ExpectedClose = opportunity.DateOrNull("expectedClose"),
            BidDeadline = opportunity.DateOrNull("bidDeadline"),
            StageSince = opportunity.Get("stageSince").Date(),
            LastCheckIn = opportunity.Find("lastCheckIn")?.DateOrNull("date"),
            LastSaid = opportunity.Find("lastCheckIn")?.TextOrNull("text"),
            NextStep = opportunity.Find("nextStep") is { } next ? new WorldStep(next.Text("text"), next.Get("date").Date()) : null,
            Reached = WorldFile.ReachedOf(opportunity),
            Answered = opportunity.Texts("questionsAnsweredInStage"),
            Competitors = opportunity.Texts("competitors"),
        };
    }

    private static WorldVisit VisitOf(Entry visit, World world)
    {
        var account = world.AccountOf(visit.Text("opportunity")) ?? throw visit.Fault("is of an opportunity that is not in the world");
        return new WorldVisit(
            visit.Text("id"), visit.Text("opportunity"), visit.Get("start").Moment(),
            [.. visit.Texts("contacts").Select(name => world.ContactNamed(name, account.Id)?.Id ?? throw visit.Fault($"names {name}, who is no contact of {account.Name}"))]);
    }

    private static WorldFollowUp FollowUpOf(Entry followUp)
    {
        var since = followUp.Get("since").Date();
        var sent = followUp.DateOrNull("sent") ?? since;
        var to = followUp.Texts("to");

        // only when the last was told stands there; the others were told between
        return new WorldFollowUp(
            followUp.Text("id"), followUp.Text("opportunity"), followUp.Text("cause"), since,
            [.. to.Select((who, i) => (who, i == to.Count - 1 ? sent : since.AddDays(Math.Min(i, sent.DayNumber - since.DayNumber))))]);
    }

    [GeneratedRegex(@"(?<on>\d{4}-\d{2}-\d{2}):?\s*(?<why>.*)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StatusNote();
}
