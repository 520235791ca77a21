using System.Globalization;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>What the bot would record of a report in the rep's own words, and yes, no or change.</summary>
internal static class FreeTextSummary
{
    private const int MostLeft = 3;
    private const int LongestQuote = 80;

    /// <summary>The summary: of one opportunity as a list, of several a section each.</summary>
    /// <param name="scene">Who reads it.</param>
    /// <param name="playbook">What milestones and questions are called.</param>
    /// <param name="parts">What would be recorded, with the records that it is about; never none.</param>
    /// <param name="proposal">The whole, for what was changed.</param>
    /// <param name="token">Makes the card's buttons stale once it is answered.</param>
    public static Message Of(Scene scene, Playbook playbook, IReadOnlyList<ProposedDossier> parts, Proposal proposal, string token)
    {
        var change = ProposalWords.Say(scene, "free-text.change");
        var changed = proposal.Changed.Select(c => ProposalWords.FieldName(scene, c.Name)).Distinct(StringComparer.Ordinal).ToList();
        List<string> news = changed.Count == 0 ? [] : [ProposalWords.Say(scene, "free-text.changed", string.Join(Words.Separator(scene.Culture), changed))];
        List<string> sentences = [.. parts.SelectMany(p => Sentences(scene, playbook, p)), scene.Say("check-in.record")];
        var closing = string.Join(Marks.Paragraph, sentences);
        var (title, facts) = parts is [var only]
            ? (ProposalWords.Say(scene, "free-text.title", scene.AccountOf(only.Dossier.Opportunity.Facts.Account)), FactsOf(scene, playbook, only, MarkedIn(0)))
            : (ProposalWords.Say(scene, "free-text.title-several"), []);
        var message = ConversationCard.Confirm(scene, title, facts, closing, token, more: ConversationCard.Answer(change, "change", token));
        if (news.Count > 0)
        {
            message = message with { Body = [new Paragraph(news[0]) { Tone = Tone.Accent }, .. message.Body] };
        }

        if (parts.Count > 1)
        {
            var sections = parts.Select((p, i) => Section.Of(
                $"{scene.AccountOf(p.Dossier.Opportunity.Facts.Account)} · {p.Dossier.Opportunity.Facts.Name}",
                FactsOf(scene, playbook, p, MarkedIn(i)).Select(f => scene.Say("fact", f.Label, f.Value))));
            message = message with { Body = [.. message.Body.SkipLast(1), .. sections, message.Body[^1]] };
        }

        return message.Offering([.. message.ReadyAnswers, new ReadyAnswer(change, change)]);

        HashSet<string> MarkedIn(int part) => proposal.Changed.Where(c => c.Part == part).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What is said where there is nothing to record, with what one would do instead.</summary>
    public static Message Nothing(Scene scene, Playbook playbook, Dossier dossier, OpportunityProposal part)
    {
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        var nothing = ProposalWords.Say(scene, "free-text.nothing", account);
        var (checkIn, status) = (ProposalWords.Say(scene, "free-text.check-in"), ProposalWords.Say(scene, "free-text.status"));
        return Message.Of(string.Join(Marks.Paragraph, [.. Sentences(scene, playbook, new ProposedDossier(dossier, part)), nothing]))
            .Offering(new ReadyAnswer(checkIn, $"{checkIn} {dossier.Opportunity.Facts.Account}"), new ReadyAnswer(status, $"{status} {dossier.Opportunity.Facts.Account}"));
    }

    private static List<(string Label, string Value)> FactsOf(Scene scene, Playbook playbook, ProposedDossier proposed, HashSet<string> changed)
    {
        var (dossier, part) = (proposed.Dossier, proposed.Part);
        List<(string Label, string Value)> facts = [];
        if (part.Met.Count > 0)
        {
            Add(ProposalFields.Contacts, ProposalWords.Say(scene, "free-text.met"), string.Join(Words.Separator(scene.Culture), dossier.NamesOf(part.Met)));
        }

        if (part.Met.Count > 0 || part.NewContacts.Any(c => c.IsMet))
        {
            Add(ProposalFields.On, ProposalWords.Say(scene, "free-text.on"), Day(scene, part.On, null));
        }

        foreach (var contact in part.NewContacts)
        {
            Add(ProposalFields.NewContacts, ProposalWords.Say(scene, "free-text.new-contact"), NewContact(scene, playbook, dossier, contact));
        }

        foreach (var milestone in part.Milestones)
        {
            var day = Day(scene, milestone.On, part.On);
            var name = ProposalWords.ItemName(scene, playbook, ProposalFields.Milestones, milestone.Milestone.Value);
            Add(
                changed.Contains(ProposalFields.MilestoneDate) ? ProposalFields.MilestoneDate : ProposalFields.Milestones, scene.Say("label.reached"),
                milestone.Evidence is { Length: > 0 } said ? ProposalWords.Say(scene, "free-text.milestone", name, day, Short(said)) : scene.Say("fact", name, day));
        }

        foreach (var taken in part.TakenBack)
        {
            Add(ProposalFields.Milestones, scene.Say("label.take-back"), ProposalWords.ItemName(scene, playbook, ProposalFields.Milestones, taken.Milestone.Value));
        }

        foreach (var answer in part.Answers)
        {
            Add(ProposalFields.Answers, ProposalWords.Say(scene, "free-text.answered"), ProposalWords.Say(
                scene, "free-text.answer", ProposalWords.ItemName(scene, playbook, ProposalFields.Answers, answer.Question.Value), Short(answer.Text)));
        }

        if (part.Status is { } status)
        {
            Add(ProposalFields.Status, scene.Say("label.change"), StatusOf(scene, status));
        }

        foreach (var fact in part.Facts.Where(f => ProposalFacts.IsRecordable(f, part)))
        {
            Add(ProposalFields.Of(fact.Field), LabelOf(scene, fact.Field), FactOf(scene, playbook, dossier, fact));
        }

        if (part.NextSteps is [{ Due: { } due } next, ..])
        {
            Add(changed.Contains(ProposalFields.NextStepDate) ? ProposalFields.NextStepDate : ProposalFields.NextStep, scene.Say("label.next-step"), scene.Say("check-in.by", next.What, scene.Format(due)));
        }

        return facts;

        void Add(string field, string label, string value) => facts.Add((changed.Contains(field) ? ProposalWords.Say(scene, "free-text.mark", label) : label, value));
    }

    // a day that was not said is shown as such
    private static string Day(Scene scene, DateOnly? said, DateOnly? ofReport) =>
        (said ?? ofReport) is { } day ? scene.Format(day) : ProposalWords.Say(scene, "free-text.today", scene.Format(scene.Today));

    private static string NewContact(Scene scene, Playbook playbook, Dossier dossier, ContactToAdd contact)
    {
        List<string> known = [];
        if (contact.Department is { } department && playbook.Coverage.Find(new DepartmentId(department)) is { } found)
        {
            known.Add(found.Name.For(scene.Culture));
        }

        if (contact.Level is { } level)
        {
            known.Add(playbook.Coverage.NameOf(level).For(scene.Culture));
        }

        if (contact.Role is { } role)
        {
            known.Add(playbook.Coverage.NameOf(role).For(scene.Culture));
        }

        var name = string.Join(" · ", [contact.Name, .. known]);
        return ProposalWords.Say(scene, "free-text.not-on-record", name, scene.AccountOf(dossier.Opportunity.Facts.Account));
    }

    private static string StatusOf(Scene scene, StatusToRecord status)
    {
        var change = status.To switch
        {
            StatusChange.Won => scene.Say("change.won"),
            StatusChange.Lost => scene.Say("change.lost"),
            StatusChange.OnHold => scene.Say("status.OnHold"),
            StatusChange.HandedOver => scene.Say("change.handed-over"),
            StatusChange.Reopened => ProposalWords.Say(scene, "free-text.reopened"),
            _ => throw new InvalidOperationException($"{status.To} has no words."),
        };
        change = status.Rep is { } rep && scene.Company.Find(rep) is { } to ? scene.Say("fact", change, to.Name) : change;
        change = status.Until is { } until ? scene.Say("status.held", change, scene.Format(until)) : change;
        return status.Reason is { Length: > 1 } why ? scene.Say("fact", change, Short(why)) : change;
    }

    private static string LabelOf(Scene scene, FactField field) =>
        ProposalWords.FieldName(scene, ProposalFields.Of(field)) is [var first, .. var rest] ? char.ToUpper(first, scene.Culture) + rest : "";

    private static string FactOf(Scene scene, Playbook playbook, Dossier dossier, FactToRecord fact) => fact.Field switch
    {
        FactField.Amount when fact.Amount is { } amount => scene.Say(
            "fact.instead-of", scene.Format(new Money(amount, fact.Currency ?? dossier.Opportunity.Facts.Amount.Currency)), scene.Format(dossier.Opportunity.Facts.Amount)),
        FactField.ExpectedClose when fact.On is { } close && dossier.Opportunity.Facts.ExpectedClose is { } before => scene.Say("fact.instead-of", scene.Format(close), scene.Format(before)),
        FactField.ExpectedClose or FactField.BidDeadline when fact.On is { } on => scene.Format(on),
        FactField.Evaluation when fact.Scores is { } scores => string.Join(
            Words.Separator(scene.Culture),
            playbook.Evaluation.Criteria.Where(c => ProposalFacts.ScoreOf(scores, c.Id) is not null).Select(c => $"{c.Name.For(scene.Culture)} {ProposalFacts.ScoreOf(scores, c.Id)?.ToString(CultureInfo.InvariantCulture)}")),
        _ when fact.Contact is { } contact => dossier.Account?.Find(contact)?.Name ?? fact.Value,
        _ => fact.Value,
    };

    // what a yes would not record, a sentence each, the weightiest first
    private static IEnumerable<string> Sentences(Scene scene, Playbook playbook, ProposedDossier proposed)
    {
        foreach (var later in Later(scene, playbook, proposed.Dossier.Opportunity, proposed.Part))
        {
            yield return later;
        }

        List<string> left = [.. proposed.Part.Left.Select(l => ProposalWords.Say(
            scene, "free-text.left", l.Milestone is { } m ? ProposalWords.ItemName(scene, playbook, ProposalFields.Milestones, m.Value) : ProposalWords.Say(scene, "free-text.quoted", Short(l.Words)), ProposalWords.WhyLeft(scene, l.Why)))];
        left.AddRange(proposed.Part.Facts.Where(f => !ProposalFacts.IsRecordable(f, proposed.Part)).Select(f => ProposalWords.Say(
            scene, "free-text.left", ProposalWords.FieldName(scene, ProposalFields.Of(f.Field)), ProposalWords.Say(scene, "left.no-place"))));
        left.AddRange(proposed.Part.NextSteps.Skip(1).Select(s => ProposalWords.Say(scene, "free-text.left", ProposalWords.Say(scene, "free-text.quoted", Short(s.What)), ProposalWords.Say(scene, "left.one-step"))));
        if (left.Count > 0)
        {
            yield return string.Join(Marks.Line, left.Distinct(StringComparer.Ordinal).Take(MostLeft));
        }
    }

    private static IEnumerable<string> Later(Scene scene, Playbook playbook, Opportunity opportunity, OpportunityProposal part)
    {
        var reached = opportunity.Facts.Reached.Keys.Concat(part.Milestones.Select(m => m.Milestone)).ToHashSet();
        var stage = playbook.StandingAt(reached, opportunity.Facts.StartedIn);
        return part.Later.Select(m => Refusals.Explain(
            scene, playbook, new Refusal.StageNotReached(m, stage, playbook.Stage(stage).Gate.Missing(reached))));
    }

    private static string Short(string words) => words.Length <= LongestQuote ? words : words[..(LongestQuote - 1)] + "…";
}
