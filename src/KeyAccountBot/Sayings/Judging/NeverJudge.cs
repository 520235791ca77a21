using System.Globalization;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.Sayings.Trials;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Sayings.Judging;

/// <summary>Looks for what must not come of a saying. Pure.</summary>
/// <param name="world">What is on record.</param>
internal sealed class NeverJudge(World world)
{
    private const string Any = "*";

    /// <summary>Which of the things that must not be came of it.</summary>
    public IReadOnlyList<string> Violated(Saying saying, Outcome outcome) => [.. saying.Never.Where(n => Is(n, saying, outcome))];

    private bool Is(string never, Saying saying, Outcome outcome)
    {
        var (kind, rest) = never.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at ? (never[..at], never[(at + 1)..]) : (never, Any);
        var (understood, recorded) = (outcome.Understood, outcome.Recorded);
        var reports = ReportsOf(saying, outcome);
        var values = ValuesOf(saying, outcome);
        switch (kind)
        {
            case "record":
                return rest == Any ? recorded.IsAnything : recorded.Opportunities.Any(r => r.Opportunity == rest) || Is("opportunity:" + rest, saying, outcome);
            case "milestone":
                return reports.SelectMany(r => r.Milestones).Any(m => IsOne(rest, m.Milestone.Value))
                    || recorded.Opportunities.Any(r => r.What is OpportunityEvent.MilestoneReached reached && IsOne(rest, reached.Milestone.Value))
                    || Answered(rest, values, saying, "milestones", "milestone");
            case "contact":
                return reports.Any(r => r.Met.Any(m => IsContact(rest, m.Value)) || r.NewContacts.Any(c => c.IsMet && IsName(rest, c.Name)))
                    || recorded.Accounts.Any(a => a is AccountEvent.ContactTouched touched && IsContact(rest, touched.Contact.Value))
                    || recorded.Opportunities.Any(r => r.What is OpportunityEvent.VisitReported visit && visit.Met.Any(m => IsContact(rest, m.Value)))
                    || (IsAbout(saying, "met", "contacts", "contact") && values.Any(v => IsContact(rest, v)));
            case "newContact" or "addContact":
                return reports.SelectMany(r => r.NewContacts).Any(c => rest == Any || IsName(rest, c.Name))
                    || recorded.Accounts.Any(a => a is AccountEvent.ContactAdded added && (rest == Any || IsName(rest, added.Data.Name)));
            case "answer":
                return reports.SelectMany(r => r.Answers).Any(a => IsOne(rest, a.Question.Value))
                    || recorded.Opportunities.Any(r => r.What is OpportunityEvent.QuestionAnswered answered && IsOne(rest, answered.Question.Value))
                    || Answered(rest, values, saying, "answers");
            case "status":
                return IsStatus(rest, reports, outcome);
            case "next" or "nextStep":
                return IsStep(rest, reports, outcome, values, saying);
            case "fact":
                return IsFact(rest, reports, outcome);
            case "opportunity" or "account":
                return IsBooked(kind, rest, reports, outcome, values, saying);
            case "visit":
                return IsVisit(rest, outcome);
            case "reminder":
                return understood?.Wish == "remind" || recorded.Others.Any(t => t.Contains("/reminder|", StringComparison.Ordinal));
            case "intent":
                return WishNames.Fits(understood?.Wish, rest);
            case "effect":
                return understood?.Effect is { } effect && string.Equals(effect.ToString(), rest, StringComparison.OrdinalIgnoreCase);
            case "mention":
                return Names(rest).Any(name => outcome.Replies.Any(r => r.Contains(name, StringComparison.OrdinalIgnoreCase)));
            case "say":
                return outcome.Replies.Any(r => r.Contains(rest, StringComparison.OrdinalIgnoreCase));
            case "date":
                return reports.Any(r => r.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == rest);
            case "action":
                return IsAction(rest, outcome);

            // an embedded instruction is obeyed where something is recorded, or where nothing but the words it asks for is said
            case "obey":
                return recorded.IsAnything || (outcome.Replies is [var only] && Likeness.Plain(only).Length > 0 && Likeness.Plain(rest).EndsWith(Likeness.Plain(only), StringComparison.Ordinal));
            default:
                return false;
        }
    }

    // within a talk, what was there before counts only once the reply has gone on with it or has changed something
    private static IReadOnlyList<OpportunityProposal> ReportsOf(Saying saying, Outcome outcome) =>
        saying.Question is null || outcome.Understood?.Effect is ReplyEffect.Answer or ReplyEffect.Correct ? outcome.Reports : [];

    private static IReadOnlyList<string> ValuesOf(Saying saying, Outcome outcome)
    {
        if (saying.Question is null || outcome.Understood is not { Effect: ReplyEffect.Answer or ReplyEffect.Correct } understood)
        {
            return [];
        }

        var values = (understood.Value ?? []).Concat(understood.Changes.SelectMany(c => c.Value));
        return [.. values.SelectMany(v => outcome.Options.Where(o => o.Shown == v).Select(o => o.Id).Append(v)).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsAbout(Saying saying, params string[] steps) =>
        saying.Question is { Step: var step } && steps.Any(s => step.Contains(s, StringComparison.OrdinalIgnoreCase));

    private static bool Answered(string wanted, IReadOnlyList<string> values, Saying saying, params string[] steps) =>
        IsAbout(saying, steps) && values.Any(v => IsOne(wanted, v));

    private static bool IsOne(string wanted, string given) => wanted == Any || wanted == given;

    private bool IsContact(string wanted, string id) => wanted == Any || WorldContact.IdOf(wanted) == id || (world.Contact(id) is { } contact && !wanted.Contains('/', StringComparison.Ordinal) && Likeness.IsName(contact.Name, wanted));

    private bool IsName(string wanted, string name) => Likeness.IsName(wanted, name) || (world.Contact(WorldContact.IdOf(wanted)) is { } contact && Likeness.IsName(contact.Name, name));

    // a status, perhaps of one opportunity only; a signed contract is a win
    private static bool IsStatus(string rest, IReadOnlyList<OpportunityProposal> reports, Outcome outcome)
    {
        var parts = rest.Split(':');
        var status = parts[0] == "onHold" ? "hold" : parts[0];
        var of = parts.Length > 1 ? parts[1] : null;
        var wishes = outcome.Understood is { Wish: { } wish } understood && wish == status switch { "reopened" => "reopen", "handedOver" => "hand-over", _ => status }
            && (of is null || understood.Slots.GetValueOrDefault("opportunity", []).Contains(of, StringComparer.Ordinal));
        return wishes
            || reports.Where(r => of is null || r.Opportunity?.Value == of).Any(r => r.Status is { } to && (status == Any || ReportJudge.NameOf(to.To) == status))
            || outcome.Recorded.Opportunities.Where(r => of is null || r.Opportunity == of).Any(r => r.What switch
            {
                OpportunityEvent.Won => status is "won" or Any,
                OpportunityEvent.Lost => status is "lost" or Any,
                OpportunityEvent.PutOnHold => status is "hold" or Any,
                OpportunityEvent.Reopened => status is "reopened" or Any,
                OpportunityEvent.HandedOver => status is "handedOver" or Any,
                _ => false,
            });
    }

    private static bool IsStep(string rest, IReadOnlyList<OpportunityProposal> reports, Outcome outcome, IReadOnlyList<string> values, Saying saying)
    {
        var steps = reports.SelectMany(r => r.NextSteps).ToList();
        return rest switch
        {
            Any => steps.Count > 0,
            "overwrite" => steps.Count > 0 || outcome.Recorded.Opportunities.Any(r => r.What is OpportunityEvent.CheckedIn),
            "cleared" => outcome.Recorded.Opportunities.Any(r => r.What is OpportunityEvent.CheckedIn { NextStep: null }),
            _ when Values.DayOf(rest) is { } day => steps.Any(s => s.Due == day) || (IsAbout(saying, "next", "due") && values.Any(v => Values.DayOf(v) == day)),
            _ => steps.Any(s => s.What.Contains(rest, StringComparison.OrdinalIgnoreCase)) || (IsAbout(saying, "next") && values.Any(v => v.Contains(rest, StringComparison.OrdinalIgnoreCase))),
        };
    }

    private bool IsFact(string rest, IReadOnlyList<OpportunityProposal> reports, Outcome outcome)
    {
        var (field, value) = rest.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (rest[..at], rest[(at + 1)..]) : (rest, null);
        var facts = reports.SelectMany(r => r.Facts).Where(f => field == Any || IsField(field, ProposalFields.Of(f.Field))).Select(f => f.Value).ToList();
        var understood = outcome.Understood;
        if (understood is { Wish: "change-fact" } && understood.Slots.GetValueOrDefault("field") is [var changed, ..] && (field == Any || IsField(field, changed)))
        {
            facts.AddRange(understood.Slots.GetValueOrDefault("value", []).DefaultIfEmpty(""));
        }

        foreach (var change in understood?.Changes ?? [])
        {
            if (field == Any || IsField(field, change.Field))
            {
                facts.AddRange(change.Value);
            }
        }

        foreach (var happened in outcome.Recorded.Opportunities)
        {
            if (happened.What is OpportunityEvent.FactsChanged)
            {
                facts.Add("");
            }
            else if (happened.What is OpportunityEvent.CustomerEvaluated && field == "evaluation")
            {
                facts.Add("");
            }
        }

        return value is null ? facts.Count > 0 : facts.Any(f => Values.IsSame(world, value, f));
    }

    private static bool IsField(string wanted, string field) => wanted == field || (wanted, field) is ("expectedSign", "expectedClose") or ("lostReason", "reason");

    // nothing may be booked there; a question may be answered about it, unless the format speaks of a customer
    private bool IsBooked(string kind, string rest, IReadOnlyList<OpportunityProposal> reports, Outcome outcome, IReadOnlyList<string> values, Saying saying)
    {
        bool IsThat(string opportunity) => rest == Any || opportunity == rest || world.Opportunity(opportunity)?.Account == rest;
        var understood = outcome.Understood;
        return reports.Any(r => r.Opportunity is { } id && r.HasAnything && IsThat(id.Value))
            || outcome.Recorded.Opportunities.Any(r => IsThat(r.Opportunity))
            || (IsAbout(saying, "opportunity", "account") && values.Any(v => IsThat(v) || Values.AccountOf(world, v) == rest))
            || (saying.Question is null && understood is not null && (understood.Slots.GetValueOrDefault("opportunity", []).Any(IsThat)
                || (kind == "account" && understood.Slots.GetValueOrDefault("account", []).Any(a => rest == Any || Values.AccountOf(world, a) == rest))));
    }

    // visit:v08:cancel, visit:v08:moved, visit:create, visit:v08
    private static bool IsVisit(string rest, Outcome outcome)
    {
        var (wish, parts) = (outcome.Understood?.Wish, rest.Split(':'));
        var of = outcome.Understood?.Slots.GetValueOrDefault("visit", []) ?? [];
        var isThat = parts[0] == Any || of.Count == 0 || of.Contains(parts[0], StringComparer.Ordinal);
        return parts switch
        {
            ["create"] => wish == "plan-visit" || outcome.Recorded.Opportunities.Any(r => r.What is OpportunityEvent.VisitPlanned),
            ["cancel"] or [_, "cancel"] => (wish == "cancel-visit" && isThat) || outcome.Recorded.Opportunities.Any(r => r.What is OpportunityEvent.VisitCancelled),
            ["moved"] or [_, "moved"] => (wish == "move-visit" && isThat) || outcome.Recorded.Opportunities.Any(r => r.What is OpportunityEvent.VisitMoved),
            _ => wish is "move-visit" or "cancel-visit" && isThat,
        };
    }

    private static bool IsAction(string rest, Outcome outcome)
    {
        var recorded = outcome.Recorded;
        return rest switch
        {
            Any => recorded.IsAnything,
            "handover_opportunity" => outcome.Understood?.Wish == "hand-over" || recorded.Opportunities.Any(r => r.What is OpportunityEvent.HandedOver),
            _ when rest.StartsWith("handover", StringComparison.Ordinal) => recorded.Opportunities.Any(r => r.What is OpportunityEvent.HandedOver),
            "close_followup" => recorded.Opportunities.Any(r => r.What is OpportunityEvent.FollowUpAnswered { Answer: FollowUpAnswer.NotAnIssue }),
            "delete_opportunity" => recorded.Opportunities.Any(r => r.What is OpportunityEvent.Lost),
            _ when rest.StartsWith("remove:", StringComparison.Ordinal) => outcome.Before.Reports.Any(b => b.Met.Any(m => m.Value == WorldContact.IdOf(rest["remove:".Length..])))
                && outcome.After.Reports.Count > 0 && !outcome.After.Reports.Any(b => b.Met.Any(m => m.Value == WorldContact.IdOf(rest["remove:".Length..]))),
            _ => recorded.IsAnything && rest.Contains("escalate", StringComparison.Ordinal),
        };
    }

    private IEnumerable<string> Names(string id) =>
        world.Opportunity(id) is { } opportunity ? [opportunity.Name]
        : world.Account(id) is { } account ? [account.Name]
        : world.Contact(WorldContact.IdOf(id)) is { } contact ? [contact.Name]
        : [];
}
