using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Customers;

/// <summary>Whom we know at a customer, who decides, and who of us looks after whom.</summary>
internal sealed class PeopleAnswers(KnownCustomers customers, Playbook playbook)
{
    private const int Shown = 8;
    private const int NamesShown = 4;

    /// <summary>Who decides, who of us looks after them and when they last heard from us; whom to ask where that is not known.</summary>
    public async ValueTask<Message> WhoDecidesAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var accounts = await customers.OfAsync(scene, asked, cancellationToken);
        if (accounts.Count == 0)
        {
            return Message.Of(CustomerTexts.Say(scene, "people.no-account"));
        }

        return accounts is [var one]
            ? OverviewWords.Card(scene, CustomerTexts.Say(scene, "decides.title", one.Name), [.. DecidersOf(scene, one).Select(l => new Paragraph(l))], OverviewWords.Contacts(scene, one.Name))
            : OverviewWords.Card(
                scene, CustomerTexts.Say(scene, "decides.title-all"),
                OverviewWords.Lines(scene, accounts, a => Marks.Bold(a.Name) + Marks.Line + string.Join(Marks.Line, DecidersOf(scene, a)), a => a.Furthest, Shown));
    }

    /// <summary>The people of a customer; of a named one all that is known.</summary>
    public async ValueTask<Message> ContactsAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var accounts = await customers.OfAsync(scene, asked, cancellationToken);
        if (KnownCustomers.ContactsOf(accounts, asked) is { Count: > 0 } named)
        {
            return named is [var (at, contact)] ? OfContact(scene, at, contact)
                : OverviewWords.Card(
                    scene, CustomerTexts.Say(scene, "contacts.several"), OverviewWords.Lines(scene, named, n => Marks.Bold(n.Contact.Name) + Marks.Line + OverviewWords.Joined(scene, [n.At.Name, PlaceOf(scene, n.Contact)]), _ => null));
        }

        if (accounts.Count == 0)
        {
            return Message.Of(CustomerTexts.Say(scene, "people.no-account"));
        }

        if (accounts is not [var one])
        {
            return OverviewWords.Card(
                scene, CustomerTexts.Say(scene, "contacts.title-all"),
                OverviewWords.Lines(
                    scene, accounts,
                    a => Marks.Bold(a.Name) + Marks.Line + (a.Contacts.Count == 0 ? CustomerTexts.Say(scene, "contacts.none") : string.Join(Words.Separator(scene.Culture), a.Contacts.Take(NamesShown).Select(c => NameOf(scene, c)))
                        + (a.Contacts.Count > NamesShown ? Words.Separator(scene.Culture) + OverviewWords.Say(scene, "list.more", a.Contacts.Count - NamesShown) : "")),
                    a => a.Furthest, Shown));
        }

        SayAction add = new(CustomerTexts.Say(scene, "contacts.add"), CustomerTexts.Say(scene, "contacts.add-says", one.Name));
        return one.Contacts.Count == 0
            ? OverviewWords.Card(scene, one.Name, [new Paragraph(CustomerTexts.Say(scene, "contacts.none"))], add)
            : OverviewWords.Card(
                scene, CustomerTexts.Say(scene, "contacts.title", one.Name, one.Contacts.Count),
                OverviewWords.Lines(scene, one.Contacts, c => Marks.Bold(NameOf(scene, c)) + Marks.Line + OverviewWords.Joined(scene, [PlaceOf(scene, c), CareOf(scene, c)]), _ => null, Shown),
                new SayAction(CustomerTexts.Say(scene, "contacts.map"), scene.Say("status.contacts-says", one.Name)), add);
    }

    /// <summary>Who of us looks after a contact, or each contact of a customer; of a colleague whom they look after.</summary>
    public async ValueTask<Message> WhoMaintainsAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var who = asked.Person("rep");

        // whom a colleague looks after may be at any customer, not only at their own
        var accounts = await customers.OfAsync(scene, asked.Account is null && asked.Opportunity is null ? asked.With("rep", (object?)null) : asked, cancellationToken);
        if (KnownCustomers.ContactsOf(accounts, asked) is [var (at, contact), ..])
        {
            return OverviewWords.Card(scene, OverviewWords.Joined(scene, [contact.Name, at.Name]), [new Paragraph(MaintenanceOf(scene, at, contact))], Assign(scene, at.Name));
        }

        if (who is { } maintainer && asked.Account is null)
        {
            List<(KnownAccount At, Contact Contact)> theirs = [.. accounts.SelectMany(a => a.Contacts.Where(c => c.Maintainer == maintainer).Select(c => (a, c)))];
            var name = scene.Company.Find(maintainer)?.Name ?? maintainer.Value;
            return theirs.Count == 0
                ? Message.Of(CustomerTexts.Say(scene, "maintains.nobody", name))
                : OverviewWords.Card(
                    scene, CustomerTexts.Say(scene, "maintains.of", name, theirs.Count),
                    OverviewWords.Lines(scene, theirs, t => OverviewWords.Joined(scene, [Marks.Bold(NameOf(scene, t.Contact)), t.At.Name, AgoOf(scene, t.At, t.Contact)]), _ => null, Shown));
        }

        return accounts.Count == 0
            ? Message.Of(CustomerTexts.Say(scene, "people.no-account"))
            : accounts is [var one]
                ? OverviewWords.Card(
                    scene, CustomerTexts.Say(scene, "maintains.title", one.Name),
                    one.Contacts.Count == 0
                        ? [new Paragraph(CustomerTexts.Say(scene, "contacts.none"))]
                        : OverviewWords.Lines(scene, one.Contacts, c => OverviewWords.Joined(scene, [Marks.Bold(NameOf(scene, c)), CareOf(scene, c)]), _ => null, Shown),
                    Assign(scene, one.Name))
                : OverviewWords.Card(
                    scene, CustomerTexts.Say(scene, "maintains.title-all"),
                    OverviewWords.Lines(scene, accounts, a => Marks.Bold(a.Name) + Marks.Line + string.Join(Words.Separator(scene.Culture), a.Contacts.Take(NamesShown).Select(c => CustomerTexts.Say(scene, "maintains.line", c.Name, NameOfMaintainer(scene, c)))), a => a.Furthest, Shown));
    }

    private Message OfContact(Scene scene, KnownAccount at, Contact contact)
    {
        List<(string Label, string Value)> facts = [.. ContactFacts.Of(scene, playbook, at.Account, contact.Data, contact.Maintainer)];
        facts.Add((CustomerTexts.Say(scene, "contacts.last-touch"), OverviewWords.Joined(
            scene, [AgoOf(scene, at, contact), contact.LastTouch?.By is { } by ? OverviewWords.OwnerOf(scene, by) : null, contact.LastTouch?.What])));
        if (!contact.IsActive)
        {
            facts.Insert(0, (scene.Say("label.status"), CustomerTexts.Say(scene, "contacts.retired", contact.RetiredBecause)));
        }

        return OverviewWords.Card(scene, OverviewWords.Joined(scene, [contact.Name, at.Name]), [new FactList([.. facts.Select(f => new Fact(f.Label, f.Value))])],
        [
            .. at.Furthest is { IsOpen: true } open && open.Facts.Owner == scene.Person.Id ? [OverviewWords.PlanVisit(scene, open)] : Array.Empty<MessageAction>(),
            OverviewWords.Contacts(scene, at.Name),
        ]);
    }

    private IEnumerable<string> DecidersOf(Scene scene, KnownAccount at)
    {
        var deciders = at.Contacts.Where(c => c.IsDecisionMaker).ToList();
        return deciders.Count > 0
            ? deciders.Select(c => OverviewWords.Joined(scene, [Marks.Bold(c.Name), PlaceOf(scene, c), CareOf(scene, c), AgoOf(scene, at, c), CustomerTexts.Say(scene, "people.strength", c.Data.Strength)]))
            : [at.Contacts.OrderByDescending(c => c.Data.IsCoach).ThenByDescending(c => c.Data.Strength).FirstOrDefault() is { } insider
                ? CustomerTexts.Say(scene, "decides.ask", insider.Name)
                : CustomerTexts.Say(scene, "decides.unknown")];
    }

    private string MaintenanceOf(Scene scene, KnownAccount at, Contact contact)
    {
        var maintainer = contact.Maintainer is { } id ? scene.Company.Find(id) : null;
        var isTooJunior = contact.IsDecisionMaker && (maintainer is null || !playbook.Coverage.DecisionMakersBy.Contains(maintainer.Role));
        return Words.Sentences(
            scene.Culture,
            [
                maintainer is not null ? CustomerTexts.Say(scene, "maintains.by", maintainer.Name) : contact.Maintainer is not null ? CustomerTexts.Say(scene, "maintains.left") : CustomerTexts.Say(scene, "maintains.alone"),
                CustomerTexts.Say(scene, "maintains.last", AgoOf(scene, at, contact)),
                isTooJunior ? CustomerTexts.Say(scene, "maintains.senior") : "",
                isTooJunior && GapSince(scene, at) is { } since ? CustomerTexts.Say(scene, "maintains.gap", OverviewWords.Day(scene, since)) : "",
            ]);
    }

    private DateOnly? GapSince(Scene scene, KnownAccount at) => at.Furthest is not { } furthest ? null
        : LateMatters.Of(furthest, at.Account, playbook, scene.Company, scene.Now)
            .Where(m => Sales.FollowUps.FollowUpCauses.IsOfCustomer(m.Cause)).Select(m => (DateOnly?)m.Since).FirstOrDefault();

    private string PlaceOf(Scene scene, Contact contact) => OverviewWords.Joined(
        scene, [ContactFacts.PlaceOf(scene, playbook, contact.Data), playbook.Coverage.NameOf(contact.Data.BuyingRole).For(scene.Culture)]);

    private string AgoOf(Scene scene, KnownAccount at, Contact contact) =>
        at.Account is { } account && TouchedAccount.Of(account, playbook, scene.Today).Contacts.FirstOrDefault(c => c.Contact.Id == contact.Id) is { } touched
            ? TouchWords.Ago(scene, touched)
            : TouchWords.Ago(scene, null, null);

    private static string NameOf(Scene scene, Contact contact) =>
        contact.IsDecisionMaker ? CustomerTexts.Say(scene, "people.decides", contact.Name) : contact.Data.IsCoach ? CustomerTexts.Say(scene, "people.coach", contact.Name) : contact.Name;

    private static string CareOf(Scene scene, Contact contact) => CustomerTexts.Say(scene, "people.care", NameOfMaintainer(scene, contact));

    private static string NameOfMaintainer(Scene scene, Contact contact) =>
        contact.Maintainer is { } id && scene.Company.Find(id) is { } maintainer ? maintainer.Name : CustomerTexts.Say(scene, "people.nobody");

    private static SayAction Assign(Scene scene, string account) => new(CustomerTexts.Say(scene, "maintains.assign"), CustomerTexts.Say(scene, "maintains.assign-says", account));
}
