using System.Globalization;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Language;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Understanding;

/// <summary>Settles which records the names in a wish mean: the opportunity, the customer, contacts, colleagues, the visit.</summary>
internal sealed class WishNames(Dossiers dossiers, Playbook playbook)
{
    private const int Read = 40;

    private static readonly HashSet<string> OfOne = new(
    [
        "status", "missing", "who-decides", "questions", "next-questions", "bid-deadline", "hold-reason", "evaluation", "change-fact", "evaluate", "hold", "lost", "won", "reopen", "hand-over",
        "take-back", "escalation-route", "plan-visit", "coaches", "contacts", "coverage",
    ], StringComparer.Ordinal);

    // and wishes that are about one where "there" or "it" says so
    private static readonly HashSet<string> OfThere = new(
        ["brief", "history", "next-visit", "visit-history", "move-visit", "cancel-visit", "who-maintains", "next-steps", "add-contact", "check-in-status", "follow-ups"], StringComparer.Ordinal);

    // wishes that are about no opportunity, whatever is named beside
    private static readonly HashSet<string> OfNone = new(
        ["absence", "end-absence", "settings", "help", "help-how", "greet", "thanks", "small-talk", "complaint", "out-of-scope", "explain", "create-opportunity"], StringComparer.Ordinal);

    private static readonly HashSet<string> OfPerson = new(["contact-info", "who-maintains", "change-contact", "remind", "coaches", "visit-history", "next-visit", "history"], StringComparer.Ordinal);

    private static readonly HashSet<string> OfPeople = new(["plan-visit", "move-visit", "cancel-visit", "brief"], StringComparer.Ordinal);

    private static readonly HashSet<string> OfRep = new(
    [
        "deals", "visits", "check-in-status", "history", "missing", "next-steps", "unvisited", "follow-ups", "at-risk", "stuck", "nudge-rep", "visit-history", "forecast", "pipeline", "hand-over", "next-visit",
        "status", "today", "coverage",
    ], StringComparer.Ordinal);

    private static readonly HashSet<string> OfTeam = new(
        ["deals", "visits", "check-in-status", "next-steps", "unvisited", "follow-ups", "at-risk", "stuck", "forecast", "pipeline", "coverage", "coaches", "today", "export"], StringComparer.Ordinal);

    /// <summary>The wish with what its names mean.</summary>
    /// <param name="scene">Who asks.</param>
    /// <param name="sight">What they may name.</param>
    /// <param name="asked">The wish with what its own words fill.</param>
    /// <param name="part">The sentence that asks.</param>
    /// <param name="whole">The message.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    public async ValueTask<Asked> FillAsync(Scene scene, Sight sight, Asked asked, WishText part, WishText whole, CancellationToken cancellationToken)
    {
        // "I am away next week. Otto covers." says who in another sentence
        asked = People(scene, asked, asked.Wish == "absence" ? whole : part);
        if (OfTeam.Contains(asked.Wish))
        {
            asked = Team(scene, asked, part);
        }

        if (OfNone.Contains(asked.Wish))
        {
            return asked.Wish == "create-opportunity" && Accounts(part) is [var customer, ..] ? asked.With("account", sight.NameOf(customer)) : asked;
        }

        var names = part.Names.Any(IsDeal) ? part : whole;
        var contacts = Contacts(asked, names);
        if (contacts.Count > 0 && OfPerson.Contains(asked.Wish))
        {
            asked = contacts.Select(c => (c.Id, c.Account)).Distinct().ToList() is [var one]
                ? asked.With("contact", one.Id).With("account", one.Account is { } of ? sight.NameOf(of) : null)
                : asked.With("contacts", [.. contacts.Select(c => c.Id).Distinct(StringComparer.Ordinal)]);
        }
        else if (contacts.Count > 0 && OfPeople.Contains(asked.Wish))
        {
            asked = asked.With("contacts", [.. contacts.Select(c => c.Id).Distinct(StringComparer.Ordinal)]);
        }
        else if (contacts.Count > 0 && asked.Wish == "change-fact" && asked.One("field") is "decisionMaker" or "coach")
        {
            asked = asked.With("value", contacts[^1].Id).With("contact", contacts[^1].Id);
        }

        asked = Opportunity(scene, sight, asked, names, contacts);
        return asked.Wish is "brief" or "move-visit" or "cancel-visit" ? await VisitAsync(scene, sight, asked, part, cancellationToken) : asked;
    }

    private static Asked People(Scene scene, Asked asked, WishText part)
    {
        var colleagues = part.Names.Where(n => n.Kind == NameKind.Colleague && n.Fits.Count == 1)
            .Where(n => asked.Wish is "absence" or "hand-over" or "nudge-rep" or "deals" or "unvisited" or "forecast" or "pipeline" or "at-risk" or "stuck" or "check-in-status" || part.Names.All(o => o.Span != n.Span || o.Kind != NameKind.Contact)).ToList();
        if (colleagues.Count == 0)
        {
            return asked;
        }

        if (asked.Wish == "absence")
        {
            var others = colleagues.Where(c => c.Fits[0].Id != scene.Person.Id.Value).ToList();
            var absent = others.FirstOrDefault(c => WishSlots.IsAbsent(part, c));
            var cover = others.LastOrDefault(c => c != absent);
            return asked.With("rep", absent?.Fits[0].Id).With("delegate", cover?.Fits[0].Id);
        }

        if (!OfRep.Contains(asked.Wish))
        {
            return asked;
        }

        if (asked.Wish == "follow-ups")
        {
            // "why did Ingrid get a message?" names who was told
            return asked.With("recipient", colleagues[0].Fits[0].Id);
        }

        var meant = asked.Wish == "hand-over" ? colleagues.FirstOrDefault(c => WishSlots.IsGoal(part, c)) ?? colleagues[0] : colleagues[0];
        var id = new PersonId(meant.Fits[0].Id);
        return scene.Company.TeamOf(id).Skip(1).Any() && WishSlots.OfTeam(part) && asked.Wish is not "hand-over" ? asked.With("team", id.Value) : asked.With("rep", id.Value);
    }

    private static Asked Team(Scene scene, Asked asked, WishText part) =>
        asked.One("rep") is not null || asked.One("team") is not null ? asked
        : WishSlots.OfAll(part) ? asked.With("scope", "all")
        : !WishSlots.OfTeam(part) ? asked
        : scene.Company.TeamOf(scene.Person.Id).Skip(1).Any() ? asked.With("team", scene.Person.Id.Value)
        : asked.With("scope", "team");

    private static bool IsDeal(NameMention name) => !name.IsLoose && name.Kind is NameKind.Account or NameKind.Opportunity or NameKind.Contact;

    // a contact whose first name is a colleague's is meant only where the wish is about a contact
    private static IReadOnlyList<KnownName> Contacts(Asked asked, WishText text)
    {
        var all = text.Names.Where(n => n.Kind == NameKind.Contact && !n.IsLoose)
            .Where(n => OfPerson.Contains(asked.Wish) || OfPeople.Contains(asked.Wish) || text.Names.All(o => o.Span != n.Span || o.Kind != NameKind.Colleague)).ToList();
        var accounts = Accounts(text).ToHashSet(StringComparer.Ordinal);
        return [.. all.SelectMany(n => n.Fits.Count > 1 && n.Fits.Where(f => f.Account is { } a && accounts.Contains(a)).ToList() is { Count: > 0 } there ? there : n.Fits)];
    }

    private static IReadOnlyList<string> Accounts(WishText text) =>
        [.. text.Names.Where(n => n is { Kind: NameKind.Account, IsLoose: false }).SelectMany(n => n.Fits).Select(f => f.Id).Distinct(StringComparer.Ordinal)];

    private Asked Opportunity(Scene scene, Sight sight, Asked asked, WishText text, IReadOnlyList<KnownName> contacts)
    {
        var accounts = Accounts(text);
        var named = Ids(text, loose: false);
        if (accounts.Count == 0 && named.Count == 0 && contacts.Count == 0)
        {
            // only common words of names: they point at something where nothing else does
            named = Ids(text, loose: true);
            accounts = [.. text.Names.Where(n => n is { Kind: NameKind.Account, IsLoose: true }).SelectMany(n => n.Fits).Select(f => f.Id).Distinct(StringComparer.Ordinal)];
        }

        List<OpportunityListing> lines = [.. named.Count > 0 ? sight.Lines.Where(l => named.Contains(l.Id.Value)) : []];
        if (accounts.Count > 0)
        {
            List<OpportunityListing> there = [.. lines.Where(l => Sight.AccountOf(l) is { } a && accounts.Contains(a, StringComparer.Ordinal))];
            lines = there.Count > 0 ? there : [.. sight.Lines.Where(l => Sight.AccountOf(l) is { } a && accounts.Contains(a, StringComparer.Ordinal))];
        }
        else if (lines.Count == 0 && contacts.Count > 0)
        {
            var theirs = contacts.Select(c => c.Account).ToHashSet(StringComparer.Ordinal);
            lines = [.. sight.Lines.Where(l => Sight.AccountOf(l) is { } a && theirs.Contains(a))];
        }

        if (lines.Count == 0)
        {
            return Nothing(scene, sight, asked, text);
        }

        var account = lines.Select(Sight.AccountOf).Distinct(StringComparer.Ordinal).ToList() is [{ } only] ? sight.NameOf(only) : null;
        asked = asked.With("account", account ?? asked.Account);
        lines = Narrowed(lines, l => Ids(text, loose: true).Contains(l.Id.Value));
        lines = asked.Person("rep") is { } rep && asked.Wish is not ("hand-over" or "nudge-rep") ? Narrowed(lines, l => l.Owner == rep) : lines;
        lines = asked.Wish is "reopen" or "hold-reason"
            ? Narrowed(lines, l => l.Status is OpportunityStatus.OnHold || (asked.Wish == "reopen" && l.Status == OpportunityStatus.Lost))
            : Narrowed(lines, OpportunitySearch.IsWorkedOn);
        lines = Narrowed(lines, l => l.Owner == scene.Person.Id);
        if (asked.Wish == "bid-deadline" && playbook.StageOf(BidDeadlineNearCause.SubmittedBy.In(playbook)) is { } bidding)
        {
            // of two the one that bids has a deadline
            lines = Narrowed(lines, l => l.Stage == bidding.Id);
        }

        if (asked.One("toward") == "won" && playbook.StageOf(playbook.WonBy) is { } signing)
        {
            lines = Narrowed(lines, l => l.Stage == signing.Id);
        }

        if (lines.Count > 1 && asked.Wish != "status")
        {
            lines = Narrowed(lines, l => l.Status == OpportunityStatus.Open);
        }

        return lines.Count == 1 ? asked.With("opportunity", lines[0].Id.Value)
            : asked.Wish is "contacts" or "contact-info" or "coverage" or "coaches" or "who-maintains" or "add-contact" or "change-contact" && account is not null ? asked
            : asked.With("candidates", [.. lines.Take(12).Select(l => l.Id.Value)]);
    }

    private static List<OpportunityListing> Narrowed(List<OpportunityListing> lines, Func<OpportunityListing, bool> which) =>
        lines.Count < 2 || lines.Where(which).ToList() is not { Count: > 0 } some ? lines : some;

    private static HashSet<string> Ids(WishText text, bool loose) =>
        text.Names.Where(n => n.Kind == NameKind.Opportunity && n.IsLoose == loose).SelectMany(n => n.Fits).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);

    // nobody is asked which where there is one
    private static Asked Nothing(Scene scene, Sight sight, Asked asked, WishText text)
    {
        if (asked.Account is not null || asked.One("team") is not null)
        {
            return asked;
        }

        if (asked.One("rep") is not null)
        {
            // "what did Rosa say last time" is about what was spoken of
            return asked.Wish == "history" && scene.Lately is { } spoken ? Again(sight, asked, spoken) ?? asked : asked;
        }

        // "who decides there?", and an order right after an answer, mean what was spoken of
        if (scene.Subject is null && scene.Lately is { } lately && !OfNone.Contains(asked.Wish)
            && (OfOne.Contains(asked.Wish) || OfThere.Contains(asked.Wish)) && (WishSlots.RefersBack(text) || WishReadings.IsOrder(asked.Wish))
            && Again(sight, asked, lately) is { } again)
        {
            return again;
        }

        if (!OfOne.Contains(asked.Wish))
        {
            return asked;
        }

        if (scene.Subject is { } subject && sight.Find(subject.Opportunity.Value) is not null)
        {
            return asked.With("opportunity", subject.Opportunity.Value);
        }

        return sight.Lines.Where(l => l.Owner == scene.Person.Id && OpportunitySearch.IsWorkedOn(l)).Take(2).ToList() is [var one] ? asked.With("opportunity", one.Id.Value) : asked;
    }

    private static Asked? Again(Sight sight, Asked asked, SpokenOf lately) =>
        lately.Opportunity is { } id ? sight.Find(id) is { } line ? asked.With("opportunity", id).With("account", line.Account.Length > 0 ? line.Account : null) : null
        : lately.Account is { } account && sight.Lines.Where(l => l.Account == account && OpportunitySearch.IsWorkedOn(l)).ToList() is { Count: > 0 } lines
            ? lines is [var only] ? asked.With("account", account).With("opportunity", only.Id.Value) : asked.With("account", account).With("candidates", [.. lines.Take(12).Select(l => l.Id.Value)])
        : null;

    private async ValueTask<Asked> VisitAsync(Scene scene, Sight sight, Asked asked, WishText part, CancellationToken cancellationToken)
    {
        IEnumerable<OpportunityListing> lines = asked.One("opportunity") is { } id ? sight.Lines.Where(l => l.Id.Value == id)
            : asked.All("candidates") is { Count: > 0 } candidates ? sight.Lines.Where(l => candidates.Contains(l.Id.Value, StringComparer.Ordinal))
            : sight.Lines.Where(l => l.Owner == scene.Person.Id && OpportunitySearch.IsWorkedOn(l));
        var calendar = scene.Calendar(playbook.FollowUps);
        List<(OpportunityId Opportunity, PlannedVisit Visit, DateOnly On)> visits = [];
        foreach (var line in lines.Take(Read))
        {
            if (await dossiers.FindAsync(scene.Asker, line.Id, cancellationToken) is { } opportunity)
            {
                visits.AddRange(opportunity.Facts.Visits.Select(v => (opportunity.Id, v, calendar.DateAt(v.At))).Where(v => v.Item3 >= scene.Today));
            }
        }

        if (asked.All("contacts") is { Count: > 0 } whom)
        {
            visits = Some(visits, v => v.Visit.Contacts.Any(c => whom.Contains(c.Value, StringComparer.Ordinal)));
        }

        if (asked.Date("date") is { } day)
        {
            visits = Some(visits, v => v.On == day);
        }
        else if (asked.Wish == "move-visit" && asked.Date("to") is { } alone && part.Dates.Count(d => d.Shape != SpokenDateShape.TimeOnly) == 1 && visits.Count > 1)
        {
            // "move Tuesday's visit an hour": the only day may be where it stands
            visits = Some(visits, v => v.On == alone);
        }

        if (visits.OrderBy(v => v.Visit.At).ToList() is not [var first, ..] ordered || (visits.Count > 1 && visits.Any(v => v.Opportunity != first.Opportunity) && asked.Wish != "brief"))
        {
            return asked;
        }

        asked = asked.With("visit", first.Visit.Id.Value).With("opportunity", first.Opportunity.Value).With("candidates", []).With("account", asked.Account ?? sight.Find(first.Opportunity.Value)?.Account);
        if (asked.Wish != "move-visit")
        {
            return asked;
        }

        var local = calendar.LocalTime(first.Visit.At);
        if (asked.One("to") is null && int.TryParse(asked.One("shift"), CultureInfo.InvariantCulture, out var shift))
        {
            var moved = local.AddMinutes(shift);
            return asked.With("to", moved.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)).With("shift", []);
        }

        return asked.Date("to") is { } to && asked.Time("to") is null && asked.One("time") is null
            ? asked.With("to", $"{to:yyyy-MM-dd}T{local.ToString("HH:mm", CultureInfo.InvariantCulture)}")
            : asked.One("to") is null && asked.Time("time") is { } time
                ? asked.With("to", $"{first.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}T{time.ToString("HH:mm", CultureInfo.InvariantCulture)}")
                : asked;
    }

    private static List<(OpportunityId Opportunity, PlannedVisit Visit, DateOnly On)> Some(
        List<(OpportunityId Opportunity, PlannedVisit Visit, DateOnly On)> visits, Func<(OpportunityId Opportunity, PlannedVisit Visit, DateOnly On), bool> which) =>
        visits.Where(which).ToList() is { Count: > 0 } some ? some : visits;
}
