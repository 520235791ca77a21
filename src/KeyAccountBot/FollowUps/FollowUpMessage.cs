using System.Globalization;
using Delivery = KeyAccountBot.Sales.FollowUps.Delivery;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.FollowUps;

/// <summary>Says a delivery to its reader: what is stuck, since when, who was told, and what is asked. Data in, message out.</summary>
internal sealed partial class FollowUpMessage(Playbook playbook)
{
    private readonly FollowUpActions actions = new(playbook);

    /// <summary>What follow-ups say.</summary>
    public static Texts Texts { get; } = new("FollowUps.FollowUpTexts");

    /// <summary>
    /// The message of a delivery, with its buttons; a brief speaks of the account too, where it is on record, and those above the rep
    /// read in one line what is missing in coverage; so does an administrator why a delivery reached nobody.
    /// </summary>
    public Message Build(
        Delivery delivery, Opportunity opportunity, Person reader, Company company, Account? account = null, string? coverage = null)
    {
        if (delivery.Kind == DeliveryKind.Brief)
        {
            return BriefOf(delivery, opportunity, account, reader, company);
        }

        var words = WordsOf(delivery, opportunity, reader, company, account);
        if (coverage is not null && delivery.Kind is DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound or DeliveryKind.Undelivered)
        {
            words = words with { Lines = [.. words.Lines.SkipLast(1), coverage, words.Lines[^1]] };
        }

        var culture = CultureOf(reader);
        return MessageOf(words, reader, Wording.Words.Sentences(culture, words.Title, words.Lines[0])) with
        {
            Form = FollowUpActions.FormOf(delivery, culture),
            Hint = FollowUpActions.HintOf(delivery, opportunity, culture),
            Actions = actions.Of(delivery, opportunity, reader, company),
        };
    }

    /// <summary>The same message once its chain was answered: who did what in place of the buttons.</summary>
    public Message BuildAnswered(Delivery delivery, Opportunity opportunity, FollowUpChain chain, Person reader, Company company) =>
        BuildAnswered(delivery, opportunity, DidOf(chain.All[^1], chain, reader, company, playbook), reader, company);

    /// <summary>The same message with a sentence on what was done in place of the buttons.</summary>
    public Message BuildAnswered(Delivery delivery, Opportunity opportunity, string did, Person reader, Company company)
    {
        var culture = CultureOf(reader);
        var words = WordsOf(delivery, opportunity, reader, company);
        words = words with { Lines = [.. words.Lines.SkipLast(1), did] };
        return MessageOf(words, reader, Wording.Words.Sentences(culture, words.Title, did));
    }

    /// <summary>Who answered a chain, and what.</summary>
    public static string DidOf(StandingAnswer said, FollowUpChain chain, Person reader, Company company, Playbook playbook)
    {
        var culture = CultureOf(reader);
        var who = NameOf(company, said.By, culture);
        var until = said.QuietUntil is { } at ? DateOf(FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(at), reader) : "";
        return said is { Answer: FollowUpAnswer.NotAnIssue, Note: { } reason }
            ? Texts["Did.NotAnIssue.Because", culture, who, until, reason]
            : Texts[$"Did.{said.Answer}", culture, who, until, NameOf(company, chain.GivenTo, culture)];
    }

    /// <summary>The question's message once the rep has replied to it: what they said in place of the field.</summary>
    public Message BuildReplied(Opportunity opportunity, FollowUpChain asked, Person reader, Company company, string reply)
    {
        var culture = CultureOf(reader);
        var question = new Delivery("", DeliveryKind.Question, reader.Id, asked.Key, asked.Cause, asked.Since, asked.AnsweredBy, Note: asked.Note);
        var words = WordsOf(question, opportunity, reader, company);
        var did = Texts["Did.Reply", culture, reply];
        words = words with { Lines = [.. words.Lines.SkipLast(1), did] };
        return MessageOf(words, reader, Wording.Words.Sentences(culture, words.Title, did));
    }

    /// <summary>A person's culture; English where it is none.</summary>
    public static CultureInfo CultureOf(Person? reader) => Cultures.Of(reader?.Locale);

    /// <summary>A person's name as shown.</summary>
    public static string NameOf(Company company, PersonId? person, CultureInfo culture) =>
        (person is { } id ? company.Find(id)?.Name : null) ?? Texts["Somebody", culture];

    /// <summary>The local date of an instant where the reader is; empty for none.</summary>
    public string DateOf(DateTimeOffset? instant, Person reader) => instant is { } at
        ? DateOf(FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(at), reader)
        : "";

    /// <summary>A local date as the reader writes it.</summary>
    public static string DateOf(DateOnly day, Person reader) => Texts["Date", CultureOf(reader), day];

    private static string AmountOf(Opportunity opportunity, CultureInfo culture) =>
        Texts["Money", culture, opportunity.Facts.Amount.Amount, opportunity.Facts.Amount.Currency];

    private string StageOf(Opportunity opportunity, CultureInfo culture) =>
        Wording.Words.StageOf(playbook, opportunity.Facts.Stage, culture);

    private Words WordsOf(Delivery delivery, Opportunity opportunity, Person reader, Company company, Account? account = null)
    {
        var culture = CultureOf(reader);
        var about = NameOf(company, delivery.About, culture);
        var owner = NameOf(company, opportunity.Facts.Owner, culture);
        var cause = delivery.Cause is { } name ? FollowUpCauses.Find(name) : null;
        List<string> lines = [];
        lines.AddRange(CausesOf(delivery, opportunity, reader, company, account));

        if (delivery.InPlaceOf is { } away)
        {
            lines.Add(Texts["StandingIn", culture, NameOf(company, away, culture)]);
        }

        if (delivery.Kind is not DeliveryKind.Reminder && ToldOf(delivery, opportunity, reader, company, culture) is { } told)
        {
            lines.Add(told);
        }

        lines.AddRange(SaidBelow(delivery, opportunity, reader, company));
        if (delivery is { Kind: DeliveryKind.Question, Note: { } question })
        {
            lines.Add(Texts["Ask.QuestionText", culture, about, question]);
        }

        lines.Add((delivery.Kind, opportunity.Facts.NextStep) switch
        {
            (DeliveryKind.Answered, { } step) => Texts["Ask.Answered", culture, step.What, DateOf(step.Due, reader)],
            (DeliveryKind.Answered, null) => Texts["Ask.AnsweredWithoutStep", culture],
            (DeliveryKind.Reminder, _) => Texts[cause?.OwnersAsk ?? "Ask.Reminder", culture, owner],
            (DeliveryKind.DoneInName, _) => Texts[
                "Ask.DoneInName", culture, about, NameOf(company, delivery.InNameOf, culture), Texts[$"Deed.{delivery.Deed ?? Deed.Changed}", culture]],
            (DeliveryKind.Held, _) => HeldOf(delivery, opportunity, reader, about),
            (DeliveryKind.TimeAsked or DeliveryKind.TimeAllowed or DeliveryKind.TimeRefused, _) =>
                Texts[$"Ask.{delivery.Kind}", culture, about, DateOf(delivery.Since, reader)],
            (DeliveryKind.DecisionMakerAssigned, _) => Texts["Ask.DecisionMakerAssigned", culture, about, delivery.Note ?? ""],
            (DeliveryKind.HandedOn, _) => Texts["Ask.HandedOn", culture, about, owner, delivery.Note ?? ""],
            (DeliveryKind.Reply, _) => Texts["Ask.Reply", culture, delivery.Note ?? ""],
            (DeliveryKind.Taken or DeliveryKind.ColleagueAsked or DeliveryKind.Question or DeliveryKind.HandedOver or DeliveryKind.Undelivered, _) =>
                Texts[$"Ask.{delivery.Kind}", culture, about],
            _ => Texts[$"Ask.{delivery.Kind}", culture, owner],
        });
        return new Words(
            delivery.Kind == DeliveryKind.Reminder && cause is not null
                ? Texts[cause.OwnersTitle, culture, Wording.Words.AccountOf(opportunity), about]
                : Texts[$"Title.{delivery.Kind}", culture, Wording.Words.AccountOf(opportunity), about],
            // who only looks after a contact may not see the customer's opportunities
            delivery.Kind == DeliveryKind.DecisionMakerAssigned && !Authority.Allows(reader.Id, company, opportunity, new Access.Read()) ? "" : Texts["Facts", culture, opportunity.Facts.Name, AmountOf(opportunity, culture), StageOf(opportunity, culture)],
            lines);
    }

    private string? ToldOf(Delivery delivery, Opportunity opportunity, Person reader, Company company, CultureInfo culture)
    {
        if (opportunity.FollowUps.FirstOrDefault(c => c.Key == delivery.Chain) is not { } chain)
        {
            return null;
        }

        string[] told = [.. chain.Steps.Where(s => s is { To: { } to, Room: null, HeldBack: not { Reason: HeldBackReason.Quieted } } && to != reader.Id)
            .Select(s => Texts["Told.One", culture, NameOf(company, s.To, culture), DateOf(s.At, reader)])];
        return told.Length == 0 ? null : Texts["Told", culture, string.Join(Texts["Told.Separator", culture], told)];
    }

    private static Message MessageOf(Words words, Person reader, string summary) => new()
    {
        Language = CultureOf(reader).Name,
        Title = words.Title,
        Subtitle = words.Facts,
        Body = [.. words.Lines.Select(l => new Paragraph(l))],
        Summary = summary,
        IsDense = true,
    };

    private sealed record Words(string Title, string Facts, IReadOnlyList<string> Lines);
}
