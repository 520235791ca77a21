using System.Globalization;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>A correction that can be meant in more than one way.</summary>
/// <param name="After">The proposal as far as it was understood.</param>
/// <param name="Doubt">What is not clear.</param>
internal sealed record OpenCorrection(Proposal After, CorrectionDoubt Doubt);

/// <summary>The one question that settles a correction.</summary>
/// <param name="Question">As asked.</param>
/// <param name="Options">What may be chosen.</param>
internal sealed record CorrectionQuestion(Message Question, IReadOnlyList<CorrectionOption> Options);

/// <summary>One answer to it.</summary>
/// <param name="Id">What it stands for.</param>
/// <param name="Label">As shown.</param>
/// <param name="IsNone">Nothing is changed.</param>
internal sealed record CorrectionOption(string Id, string Label, bool IsNone = false);

/// <summary>Asks about a correction that can be meant in more than one way, with a button for each.</summary>
internal static class OpenCorrections
{
    private const string Nobody = "-";
    private const string AddPrefix = "+";
    private const int MostPeople = 4;

    /// <summary>The question.</summary>
    public static async ValueTask<CorrectionQuestion> OfAsync(Scene scene, Playbook playbook, Dossiers dossiers, OpenCorrection open, CancellationToken cancellationToken)
    {
        var doubt = open.Doubt;
        List<CorrectionOption> options = [];
        var question = "";
        switch (doubt.About)
        {
            case DoubtAbout.Opportunity:
                foreach (var id in open.After.Opportunities.First(o => o.Opportunity is null).Candidates)
                {
                    if (await dossiers.FindAsync(scene.Asker, id, cancellationToken) is { } opportunity)
                    {
                        options.Add(new CorrectionOption(id.Value, ProposalWords.LineOf(scene, opportunity)));
                    }
                }

                question = ProposalWords.Say(scene, "free-text.which");
                break;
            case DoubtAbout.Person:
                var dossier = open.After.Opportunities.FirstOrDefault(o => o.Opportunity is not null) is { Opportunity: { } about } ? await dossiers.OpenAsync(scene.Asker, about, cancellationToken) : null;
                question = ProposalWords.Say(scene, "free-text.who-is", doubt.Words, scene.AccountOf(dossier?.Opportunity.Facts.Account ?? ""));
                options.AddRange((dossier?.Contacts ?? []).OrderByDescending(c => c.Name.Length > 0 && doubt.Words.StartsWith(c.Name[0])).Take(MostPeople).Select(c => new CorrectionOption(c.Id.Value, c.Name)));
                options.Add(new CorrectionOption(AddPrefix + doubt.Words, ProposalWords.Say(scene, "free-text.add", doubt.Words)));
                options.Add(new CorrectionOption(Nobody, ProposalWords.Say(scene, "free-text.nobody"), IsNone: true));
                break;
            case DoubtAbout.WhichDate:
                question = ProposalWords.Say(scene, "free-text.which-date", doubt.Words);
                options.AddRange(doubt.Options.Select((o, i) => new CorrectionOption(
                    i.ToString(CultureInfo.InvariantCulture),
                    scene.Say("fact", ProposalWords.FieldName(scene, o.Field), scene.Format(DateOnly.ParseExact(o.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture))))));
                options.Add(new CorrectionOption(Nobody, ProposalWords.Say(scene, "free-text.neither"), IsNone: true));
                break;
            case DoubtAbout.Item:
                question = ProposalWords.Say(scene, "free-text.which-item");
                options.AddRange(doubt.Options.Select((o, i) => new CorrectionOption(i.ToString(CultureInfo.InvariantCulture), ProposalWords.ItemName(scene, playbook, o.Field, o.Value))));
                options.Add(new CorrectionOption(Nobody, ProposalWords.Say(scene, "free-text.neither"), IsNone: true));
                break;
            default:
                return new CorrectionQuestion(Message.Of(ProposalWords.Say(scene, "free-text.which-day", doubt.Words)), []);
        }

        return new CorrectionQuestion(Prompts.Ask(scene, question, [.. options.Select(o => new Choice(o.Label))]), options);
    }

    /// <summary>The proposal once it is settled.</summary>
    public static Proposal Settled(OpenCorrection open, string chosen)
    {
        if (chosen == Nobody)
        {
            return open.After;
        }

        if (open.Doubt.About != DoubtAbout.Person)
        {
            return open.Doubt.Options[int.Parse(chosen, CultureInfo.InvariantCulture)].After;
        }

        var part = open.After.Opportunities[0];
        return chosen.StartsWith(AddPrefix, StringComparison.Ordinal)
            ? Marked(open.After.With(0, part with { NewContacts = [.. part.NewContacts, new ContactToAdd(chosen[1..], null, null, null, IsMet: true)] }), ProposalFields.NewContacts)
            : Marked(open.After.With(0, part with { Met = [.. part.Met.Where(m => m.Value != chosen), new ContactId(chosen)] }), ProposalFields.Contacts);
    }

    /// <summary>The proposal with the day that was asked for.</summary>
    public static Proposal WithDue(Proposal proposal, DateOnly due)
    {
        var at = proposal.Opportunities.ToList().FindIndex(o => o.NextSteps.Count > 0);
        return at < 0 ? proposal : Marked(
            proposal.With(at, proposal.Opportunities[at] with { NextSteps = [proposal.Opportunities[at].NextSteps[0] with { Due = due }, .. proposal.Opportunities[at].NextSteps.Skip(1)] }),
            ProposalFields.NextStepDate, at);
    }

    private static Proposal Marked(Proposal proposal, string field, int part = 0) => proposal with { Changed = [.. proposal.Changed, new ProposalField(part, field)] };
}
