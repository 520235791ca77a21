using System.Globalization;
using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>
/// Keeps of claims about a message what stands in its text and on record. A quote that is not in the text, an id that is not on record, words
/// that the rules read as denied, doubted, told by others or forwarded, a stage that is still shut: none of it is proposed. Dates are read
/// from the text, never believed.
/// </summary>
public static class SupportedMessage
{
    /// <summary>What remains of the claims.</summary>
    public static MessageReport Of(MessageClaims claims, string text, ReportScene scene)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(scene);
        var rules = MessageReports.Read(text, scene);
        var check = new Check(text, scene, rules);
        List<OpportunityReport> reports = [.. (claims.Reports ?? []).Select(check.Of).Where(r => !r.IsEmpty).DistinctBy(r => r.Opportunity)];

        // what the rules left out on purpose is named all the same
        return reports.Count == 0 ? rules : new MessageReport([.. reports.Select(r => r with
        {
            Left = r.Left.Count > 0 ? r.Left : rules.Opportunities.FirstOrDefault(o => o.Opportunity == r.Opportunity)?.Left ?? [],
        })]);
    }

    /// <summary>Whether words stand in a text, whatever their capitals.</summary>
    public static TextSpan? Find(string? quote, string text)
    {
        var words = quote?.Trim() ?? "";
        var at = words.Length == 0 ? -1 : Spelling.Fold(text).IndexOf(Spelling.Fold(words), StringComparison.Ordinal);
        return at < 0 ? null : new TextSpan(at, words.Length);
    }

    private sealed class Check
    {
        private readonly string text;
        private readonly ReportScene scene;
        private readonly MessageReport rules;
        private readonly IReadOnlyList<NameMention> names;
        private readonly IReadOnlyList<SpokenDate> dates;
        private readonly IReadOnlyList<Statement> statements;

        public Check(string text, ReportScene scene, MessageReport rules)
        {
            (this.text, this.scene, this.rules) = (text, scene, rules);
            names = NameMentions.In(text, scene.Names);
            dates = SpokenDates.In(text, scene.Today, scene.Culture);
            statements = Statements.Of(ReportText.Of(text, scene), scene.Today);
        }

        public OpportunityReport Of(OpportunityClaims claims)
        {
            var opportunity = OpportunityOf(claims.Opportunity);
            var account = opportunity is null ? null : scene.AccountOf(opportunity);
            var met = (claims.Met ?? []).Select(c => Met(c, account)).OfType<ProposedContact>().DistinctBy(c => c.Contact);
            var (open, later) = InOrder([.. (claims.Milestones ?? []).Select(Reached).OfType<ProposedMilestone>().DistinctBy(m => m.Milestone)], opportunity);
            var ruled = rules.Opportunities.FirstOrDefault(r => r.Opportunity == opportunity?.Id);
            return new OpportunityReport(opportunity?.Id, opportunity is null ? Candidates() : [opportunity.Id], opportunity is not null)
            {
                On = ruled?.On,
                Met = [.. met],
                NewContacts = [.. (claims.NewContacts ?? []).Select(c => New(c, account)).OfType<ProposedNewContact>().DistinctBy(c => c.Name, StringComparer.Ordinal)],
                Milestones = open,
                Later = later,
                Answers = [.. (claims.Answers ?? []).Select(c => Answered(c, opportunity)).OfType<ProposedAnswer>().DistinctBy(a => a.Question)],
                NextSteps = [.. (claims.NextSteps ?? []).Select(Step).OfType<ProposedStep>().OrderBy(s => s.Due ?? DateOnly.MaxValue)],
                Status = Status(claims.Status, ruled),
                Facts = [.. (claims.Facts ?? []).Select(Fact).OfType<ProposedFact>().DistinctBy(f => f.Field)],
                Left = ruled?.Left ?? [],
            };
        }

        private IReadOnlyList<OpportunityId> Candidates() => rules.Opportunities is [{ Candidates: var candidates }, ..] ? candidates : [];

        // one that the text points at, that was spoken of, that the rules take it for, or the only one there is
        private Opportunity? OpportunityOf(string? id)
        {
            var found = scene.Opportunities.FirstOrDefault(o => o.Id.Value == id);
            return found is not null && (scene.Opportunities.Count == 1 || scene.SpokenOf == found.Id || rules.Opportunities.Any(r => r.Candidates.Contains(found.Id) || r.Opportunity == found.Id)
                || names.Any(n => n.Fits.Any(f => f.Id == found.Id.Value || f.Id == found.Facts.AccountId?.Value || (f.Account is not null && f.Account == found.Facts.AccountId?.Value)))) ? found : null;
        }

        // what the writer's own words state, through and through; a fact may stand in what they hand on
        private (TextSpan Said, Statement In)? Stated(string? quote, bool mayBeQuoted = false) =>
            Find(quote, text) is { } said && !IsLeft(said) && statements.Where(s => s.Span.Start < said.End && said.Start < s.Span.End).ToList() is { Count: > 0 } across
            && across.TrueForAll(s => (s.Tone & ~(mayBeQuoted ? Tone.Quoted : Tone.Stated)) == Tone.Stated && (s.Voice == Voice.Writer || (mayBeQuoted && s.Voice == Voice.Quoted))) ? (said, across[0]) : null;

        private bool IsWriters(TextSpan said) => Statements.At(statements, said) is { Voice: Voice.Writer };

        private bool IsLeft(TextSpan said) => rules.Opportunities.Any(r => r.Left.Any(l => l.Words.Start < said.End && said.Start < l.Words.End));

        private ProposedContact? Met(ClaimedPart claim, Account? account) =>
            claim.Id is { } id && account?.Find(new ContactId(id)) is { IsActive: true } contact && Stated(claim.Quote) is var (said, _)
            && names.FirstOrDefault(n => said.Holds(n.Span) && n.Fits.Any(f => f.Id == contact.Id.Value)) is { } named ? new ProposedContact(contact.Id, named.Span) : null;

        private ProposedNewContact? New(ClaimedPart claim, Account? account) =>
            Find(claim.Id, text) is { } named && Find(claim.Quote, text) is { } said && IsWriters(said) && !(account?.Contacts ?? []).Any(c => string.Equals(c.Name, claim.Id, StringComparison.OrdinalIgnoreCase))
            && !names.Any(n => n.Kind is NameKind.Contact or NameKind.Colleague && n.Span.Start < named.End && named.Start < n.Span.End)
                ? new ProposedNewContact(named.Of(text), named, null, null, null, Stated(claim.Quote) is not null) : null;

        private ProposedMilestone? Reached(ClaimedPart claim)
        {
            if (claim.Id is null || scene.Playbook.Find(new MilestoneId(claim.Id)) is null || Stated(claim.Quote) is not var (said, statement))
            {
                return null;
            }

            var date = (dates.FirstOrDefault(d => statement.Span.Holds(d.Span)) ?? statement.Since)?.Behind(scene.Today);
            return date?.On > scene.Today ? null : new ProposedMilestone(new MilestoneId(claim.Id), date?.On ?? scene.Today, said, statement.Span, date?.Span);
        }

        private ProposedAnswer? Answered(ClaimedPart claim, Opportunity? opportunity) =>
            claim.Id is { } id && scene.Playbook.Find(new QuestionId(id)) is not null && opportunity?.Facts.Answers.ContainsKey(new QuestionId(id)) != true
            && Stated(claim.Quote) is var (_, statement) ? new ProposedAnswer(new QuestionId(id), statement.Span) : null;

        private ProposedStep? Step(string? quote)
        {
            if (Find(quote, text) is not { } said || Statements.At(statements, said) is not { Voice: Voice.Writer } at || (at.Tone & (Tone.Denied | Tone.Foreign | Tone.Asked | Tone.Conditional | Tone.Ironic | Tone.Retracted)) != Tone.Stated)
            {
                return null;
            }

            var date = dates.FirstOrDefault(d => said.Holds(d.Span) && d.Shape != SpokenDateShape.Unreadable)?.Ahead(scene.Today);
            return date?.On < scene.Today ? null : new ProposedStep(said, date?.On, date?.To, date?.Span);
        }

        // a change of status has consequences: it is taken only where the rules read it as well
        private static ProposedStatus? Status(ClaimedPart? claim, OpportunityReport? ruled) =>
            ruled?.Status is { } status && string.Equals(claim?.Id, status.To.ToString(), StringComparison.OrdinalIgnoreCase) ? status : null;

        private ProposedFact? Fact(ClaimedPart claim)
        {
            if (!Enum.TryParse<FactField>(claim.Id, ignoreCase: true, out var field) || Stated(claim.Quote, mayBeQuoted: true) is not var (said, _))
            {
                return null;
            }

            var words = said.Of(text);
            return field switch
            {
                FactField.Amount when Amounts.In(words) is [var amount] =>
                    new ProposedFact(field, amount.Amount.ToString("0.##", CultureInfo.InvariantCulture), said) { Amount = amount.Amount, Currency = amount.Currency },
                FactField.ExpectedClose or FactField.BidDeadline when dates.FirstOrDefault(d => said.Holds(d.Span) && d.Shape != SpokenDateShape.Unreadable)?.Ahead(scene.Today) is { } date =>
                    new ProposedFact(field, date.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), said) { On = date.On, Latest = date.To },
                FactField.Competitor when names.FirstOrDefault(n => n.Kind == NameKind.Competitor && said.Holds(n.Span)) is { Fits: [var competitor] } => new ProposedFact(field, competitor.Name, said),
                _ => null,
            };
        }

        // in the playbook's order, as the record takes them: one may open the gate for the next
        private (IReadOnlyList<ProposedMilestone> Open, IReadOnlyList<ProposedMilestone> Later) InOrder(IReadOnlyList<ProposedMilestone> milestones, Opportunity? opportunity)
        {
            if (opportunity is null)
            {
                return (milestones, []);
            }

            var playbook = scene.Playbook;
            var reached = new HashSet<MilestoneId>(opportunity.Facts.Reached.Keys);
            List<ProposedMilestone> open = [];
            List<ProposedMilestone> later = [];
            foreach (var milestone in milestones.Where(m => !reached.Contains(m.Milestone)).OrderBy(m => playbook.NumberOf(playbook.StageOf(m.Milestone)!.Id)).ToList())
            {
                var isOpen = playbook.NumberOf(playbook.StageOf(milestone.Milestone)!.Id) <= playbook.NumberOf(playbook.StandingAt(reached, opportunity.Facts.StartedIn));
                (isOpen ? open : later).Add(milestone);
                if (isOpen)
                {
                    reached.Add(milestone.Milestone);
                }
            }

            return (open, later);
        }
    }
}
