using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Reads what a message tells, in every language that has files. Pure; the same text always gives the same.</summary>
public static class MessageReports
{
    /// <summary>What the text tells of the opportunities on record.</summary>
    /// <param name="text">As written; of what is very long only the beginning is read.</param>
    /// <param name="scene">What is on record.</param>
    public static MessageReport Read(string text, ReportScene scene)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(scene);
        var read = ReportText.Of(text, scene);
        var statements = Statements.Of(read, scene.Today);
        var milestones = Milestones.In(read, statements, scene.Playbook, scene.Today);
        var met = Meetings.In(read, statements);
        var subjects = new Subjects(read, scene, o => milestones.Any(m => IsOpen(o, m.Id, scene)), met.Count > 0);
        subjects.Settle(statements);
        var message = new Message(read, statements, scene)
        {
            Milestones = milestones,
            Met = met,
            Answers = Answers.In(read, statements, scene.Playbook),
            Steps = Steps.In(read, statements, scene.Today),
            Standings = Standings.In(read, statements, scene),
            Facts = ChangedFacts.In(read, statements, scene),
        };
        var settled = statements.Select(s => s.Subject).OfType<OpportunityId>().Distinct().ToList();
        if (settled.Count == 0)
        {
            return new MessageReport([message.Of(null, subjects.Candidates, subjects.IsNamed)]);
        }

        return new MessageReport([.. settled.Select(id => message.Of(id, [id], subjects.IsNamed)).Where((r, i) => i == 0 || !r.IsEmpty || r.Left.Count > 0)]);
    }

    private static bool IsOpen(Opportunity opportunity, MilestoneId milestone, ReportScene scene) =>
        !opportunity.Facts.Reached.ContainsKey(milestone) && scene.Playbook.StageOf(milestone) is { } stage && stage.Id == scene.Playbook.Find(opportunity.Facts.Stage)?.Id;

    /// <summary>What was found in a message, to be told apart by opportunity.</summary>
    private sealed record Message(ReportText Text, IReadOnlyList<Statement> Statements, ReportScene Scene)
    {
        public required IReadOnlyList<SaidMilestone> Milestones { get; init; }

        public required IReadOnlyList<NamedPerson> Met { get; init; }

        public required IReadOnlyList<(QuestionId Id, TextSpan Said, Statement In)> Answers { get; init; }

        public required IReadOnlyList<(ProposedStep Step, Statement In)> Steps { get; init; }

        public required IReadOnlyList<(ProposedStatus Status, Statement In)> Standings { get; init; }

        public required IReadOnlyList<(ProposedFact Fact, Statement In)> Facts { get; init; }

        public OpportunityReport Of(OpportunityId? id, IReadOnlyList<OpportunityId> candidates, bool isNamed)
        {
            var opportunity = Scene.Opportunities.FirstOrDefault(o => o.Id == id);
            var likely = opportunity ?? Scene.Opportunities.FirstOrDefault(o => candidates.Count > 0 && o.Id == candidates[0]);
            var account = likely is null ? null : Scene.AccountOf(likely);
            var met = Met.Where(p => IsHere(p.Span, id)).ToList();
            var contacts = met.Select(p => (p.Span, Id: Meetings.Of(p, account))).Where(p => p.Id is not null).DistinctBy(p => p.Id).Select(p => new ProposedContact(p.Id!.Value, p.Span)).ToList();
            var (reached, later, left) = Reached(id, opportunity);
            var facts = Facts.Where(f => f.In.Subject == id).Select(f => f.Fact).DistinctBy(f => (f.Field, f.Field is FactField.ContactLeft or FactField.ContactChanged or FactField.Competitor ? f.Value : "")).ToList();
            var status = Standings.Where(s => s.In.Subject == id).Select(s => s.Status).LastOrDefault() ?? Won(reached, opportunity);
            return new OpportunityReport(id, candidates, isNamed)
            {
                On = OnOf(met, id, reached),
                Met = contacts,
                NewContacts = [.. Text.Newcomers.Where(n => IsHere(n.Named, id)).Select(n => new ProposedNewContact(n.Name, n.Named, n.Department, n.Level, n.Role, met.Exists(m => m.Newcomer == n)))],
                Milestones = reached,
                Later = later,
                TakenBack = TakenBack(id, opportunity),
                Answers = [.. Answers.Where(a => a.In.Subject == id).Select(a => new ProposedAnswer(a.Id, a.Said))],
                NextSteps = [.. Steps.Where(s => s.In.Subject == id && status is null or { To: StatusChange.Reopened or StatusChange.Won }).Select(s => s.Step)],
                Status = status,
                Facts = facts,
                Left = left,
            };
        }

        private bool IsHere(TextSpan span, OpportunityId? id) => Reports.Statements.At(Statements, span) is { } statement ? statement.Subject == id && !statement.IsElsewhere : id is null;

        // the day of the meeting, else the only day behind that the text names
        private DateOnly? OnOf(List<NamedPerson> met, OpportunityId? id, IReadOnlyList<ProposedMilestone> reached)
        {
            foreach (var statement in met.Select(m => Reports.Statements.At(Statements, m.Span)).OfType<Statement>())
            {
                if (statement.Since is { } day && day.To <= Scene.Today)
                {
                    return day.On;
                }
            }

            var behind = Statements.Where(s => s.Subject == id && s.Voice == Voice.Writer && s.Date is { } d && d.To <= Scene.Today).Select(s => s.Date!.On).ToList();
            return met.Count > 0 ? (behind.Count > 0 ? behind[0] : null) : reached.FirstOrDefault(m => m.Dated is not null)?.On ?? (behind.Count > 0 ? behind[0] : null);
        }

        // each milestone by what is said of it last; a plan takes nothing back
        private (List<ProposedMilestone> Reached, List<ProposedMilestone> Later, List<NotProposed> Left) Reached(OpportunityId? id, Opportunity? opportunity)
        {
            List<ProposedMilestone> stated = [];
            List<NotProposed> left = [];
            foreach (var said in Milestones.Where(m => m.In.Subject == id || m.In.IsElsewhere).GroupBy(m => m.Id))
            {
                var here = said.Where(m => !m.In.IsElsewhere).ToList();
                var last = here.FindLast(m => m.Why is null);
                var denied = here.FindLast(m => m.Why is LeftFor.Denied);
                if (last is null || (denied is not null && denied.In.Index > last.In.Index))
                {
                    var one = denied ?? (here.Count > 0 ? here[^1] : said.Last());
                    if (opportunity?.Facts.Reached.ContainsKey(said.Key) != true)
                    {
                        left.Add(new NotProposed(one.In.Span, one.In.IsElsewhere ? LeftFor.Foreign : one.Why ?? LeftFor.Denied, said.Key));
                    }

                    continue;
                }

                if (opportunity?.Facts.Reached.ContainsKey(said.Key) == true)
                {
                    left.Add(new NotProposed(last.In.Span, LeftFor.OnRecord, said.Key));
                    continue;
                }

                var dated = last.In.Since;
                var unread = dated is null ? Text.Dates.FirstOrDefault(d => d.Shape == SpokenDateShape.Unreadable && last.In.Span.Start <= d.Span.Start && d.Span.End <= last.In.Span.End) : null;
                if (unread is not null)
                {
                    left.Add(new NotProposed(unread.Span, LeftFor.UnreadDate, said.Key));
                }

                stated.Add(new ProposedMilestone(said.Key, dated is { } day && day.From <= Scene.Today ? (day.To <= Scene.Today ? day.On : Scene.Today) : Scene.Today, last.Said, last.In.Span, dated?.Span));
            }

            return Gated(stated, left, opportunity);
        }

        // in the playbook's order, as the record takes them: one may open the gate for the next
        private (List<ProposedMilestone> Reached, List<ProposedMilestone> Later, List<NotProposed> Left) Gated(List<ProposedMilestone> stated, List<NotProposed> left, Opportunity? opportunity)
        {
            var playbook = Scene.Playbook;
            var order = playbook.Stages.SelectMany(s => s.Milestones).Select((m, i) => (m.Id, i)).ToDictionary(m => m.Id, m => m.i);
            var inOrder = stated.OrderBy(m => order.GetValueOrDefault(m.Milestone)).ToList();
            if (opportunity is null)
            {
                return (inOrder, [], left);
            }

            var reached = new HashSet<MilestoneId>(opportunity.Facts.Reached.Keys);
            List<ProposedMilestone> open = [];
            List<ProposedMilestone> later = [];
            foreach (var milestone in inOrder)
            {
                var stands = playbook.StandingAt(reached, opportunity.Facts.StartedIn);
                var isOpen = playbook.NumberOf(playbook.StageOf(milestone.Milestone)!.Id) <= playbook.NumberOf(stands);
                (isOpen ? open : later).Add(milestone);
                if (isOpen)
                {
                    reached.Add(milestone.Milestone);
                }
            }

            return (open, later, left);
        }

        // a contract signed where its approval is on record: won
        private ProposedStatus? Won(List<ProposedMilestone> reached, Opportunity? opportunity)
        {
            if (opportunity is null || reached.Find(m => m.Milestone == Scene.Playbook.WonBy) is not { } signed || Scene.Playbook.StageOf(signed.Milestone) is not { } stage)
            {
                return null;
            }

            var all = opportunity.Facts.Reached.Keys.Concat(reached.Select(m => m.Milestone)).ToHashSet();
            return stage.Gate.IsOpen(all) ? new ProposedStatus(StatusChange.Won, signed.Said) : null;
        }

        private List<ProposedMilestone> TakenBack(OpportunityId? id, Opportunity? opportunity) => opportunity is null ? [] :
        [
            .. Milestones.Where(m => m.In.Subject == id && opportunity.Facts.Reached.ContainsKey(m.Id) && m.Why is LeftFor.Denied && Reports.TakenBack.IsIn(Text, m.In))
                .DistinctBy(m => m.Id).Select(m => new ProposedMilestone(m.Id, Scene.Today, m.Said, m.In.Span, null)),
        ];
    }
}

/// <summary>Tells whether a statement takes back what was recorded.</summary>
internal static class TakenBack
{
    /// <summary>Whether it does.</summary>
    public static bool IsIn(ReportText text, Statement statement) =>
        text.Has("takenBack", statement.Span)
        || ((statement.Tone & Tone.Retracted) == Tone.Stated && text.IsMood("correction", new TextSpan(0, text.Masked.Length)));
}
