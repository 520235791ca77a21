using System.Globalization;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Sayings.Judging;

/// <summary>Holds what is proposed of a report against what was told. Pure.</summary>
internal sealed class ReportJudge(World world, DateOnly today)
{
    private readonly List<string> missed = [];
    private readonly List<string> wrong = [];
    private int right;

    /// <summary>Facts that were told and proposed.</summary>
    public int Right => right;

    /// <summary>Facts that were told and not proposed.</summary>
    public IReadOnlyList<string> Missed => missed;

    /// <summary>Facts that were proposed and not told.</summary>
    public IReadOnlyList<string> Wrong => wrong;

    /// <summary>What is wrong beside the facts.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Judges all that is proposed of one message.</summary>
    public void Judge(IReadOnlyList<ExpectedReport> told, IReadOnlyList<OpportunityProposal> proposed)
    {
        var left = proposed.Where(p => p.HasAnything || p.Candidates.Count > 0).ToList();
        foreach (var expected in told)
        {
            var part = Take(expected, left);
            Judge(expected, part);
        }

        foreach (var surplus in left.Where(p => p.HasAnything))
        {
            Judge(new ExpectedReport(surplus.Opportunity?.Value) { Optional = [.. told.SelectMany(t => t.Optional)] }, surplus);
        }
    }

    // the one of the same opportunity; where it has to be asked, or may be, the one that is asked about; a contact alone names no opportunity
    private OpportunityProposal? Take(ExpectedReport expected, List<OpportunityProposal> left)
    {
        var part = left.FirstOrDefault(p => p.Opportunity?.Value == expected.Opportunity && expected.Opportunity is not null)
            ?? left.FirstOrDefault(p => p.Opportunity is null && IsAskedAbout(expected, p))
            ?? left.FirstOrDefault(p => p.Opportunity is { } given && expected.Opportunity is null && expected.Candidates.Count == 1 && expected.Candidates[0] == given.Value)
            ?? left.FirstOrDefault(p => p.Opportunity is null && p.Candidates.Count == 0);
        if (part is null)
        {
            return null;
        }

        left.Remove(part);
        if (part.Opportunity is null && part.Candidates.Count > 1 && expected.Opportunity is not null && !expected.Candidates.Contains(expected.Opportunity, StringComparer.Ordinal))
        {
            Faults.Add($"asks which opportunity, which is clear: {expected.Opportunity}");
        }

        return part;
    }

    private static bool IsAskedAbout(ExpectedReport expected, OpportunityProposal part)
    {
        var asked = part.Candidates.Select(c => c.Value).ToList();
        return expected.Opportunity is { } id ? asked.Contains(id, StringComparer.Ordinal) : expected.Candidates.Count == 0 || expected.Candidates.Any(c => asked.Contains(c, StringComparer.Ordinal));
    }

    private void Judge(ExpectedReport expected, OpportunityProposal? part)
    {
        var proposed = part ?? new OpportunityProposal(null);
        var signed = proposed.Milestones.Any(m => m.Milestone.Value == "contract-signed");

        // without a day of its own a milestone is recorded on the report's day, else today
        Each(expected.Milestones, proposed.Milestones, (e, p) => e.Id == p.Milestone.Value,
            (e, p) => e.On.Accepts(e.On.IsNotSaid ? p.On : p.On ?? proposed.On ?? today, today), e => $"milestone:{e.Id} {e.On}", p => $"milestone:{p.Milestone.Value} {Day(p.On)}", expected);
        Each(expected.TakenBack, proposed.TakenBack, (e, p) => e == p.Milestone.Value, null, e => $"takenBack:{e}", p => $"takenBack:{p.Milestone.Value}", expected);
        Each(expected.Met, proposed.Met, (e, p) => e == p.Value, null, e => $"contact:{NameOf(e)}", p => $"contact:{NameOf(p.Value)}", expected, p => [$"contact:{p.Value}"]);
        Each(expected.NewContacts, proposed.NewContacts, (e, p) => Likeness.IsName(e, p.Name), null, e => $"newContact:{e}", p => $"newContact:{p.Name}", expected);
        Each(expected.Answers, proposed.Answers, (e, p) => e == p.Question.Value, null, e => $"answer:{e}", p => $"answer:{p.Question.Value}", expected);
        Each(expected.NextSteps.Where(s => !s.IsOptional), proposed.NextSteps, (e, p) => IsStep(e, p),
            (e, p) => e.Due.IsNotSaid ? p.Due is null : e.Due.Accepts(p.Due, today), e => $"next:{string.Join('/', e.Words)} {e.Due}", p => $"next:{p.What} {Day(p.Due)}", expected,
            p => expected.NextSteps.Any(s => s.IsOptional && IsStep(s, p)) ? ["next"] : ["next", "nextStep"], isUnfinished: p => p.Due is null);
        Each(expected.Status is { } to ? [to] : (string[])[], proposed.Status is { } status ? [status] : (StatusToRecord[])[], (e, p) => e == NameOf(p.To), null,
            e => $"status:{e}", p => $"status:{NameOf(p.To)}", expected, isDone: e => e == "won" && signed);
        Each(expected.Facts, proposed.Facts, (e, p) => IsField(e.Field, p), (e, p) => IsValue(e.Value, p), e => $"fact:{e.Field}={ValueOf(e.Value)}",
            p => $"fact:{ProposalFields.Of(p.Field)}={p.Value}", expected, p => [$"fact:{ProposalFields.Of(p.Field)}", $"fact:{Theirs(p.Field)}"]);
    }

    private void Each<TExpected, TProposed>(
        IEnumerable<TExpected> expected, IEnumerable<TProposed> proposed, Func<TExpected, TProposed, bool> isSame, Func<TExpected, TProposed, bool>? isRight,
        Func<TExpected, string> nameOf, Func<TProposed, string> shownOf, ExpectedReport report, Func<TProposed, IReadOnlyList<string>>? optionalAs = null,
        Func<TExpected, bool>? isDone = null, Func<TProposed, bool>? isUnfinished = null)
    {
        var left = proposed.ToList();
        foreach (var wanted in expected)
        {
            var found = left.FindIndex(p => isSame(wanted, p) && (isRight?.Invoke(wanted, p) ?? true));
            if (found < 0)
            {
                found = left.FindIndex(p => isSame(wanted, p));
            }

            if (found < 0)
            {
                if (isDone?.Invoke(wanted) == true)
                {
                    right++;
                }
                else
                {
                    missed.Add(nameOf(wanted));
                }

                continue;
            }

            var got = left[found];
            left.RemoveAt(found);
            if (isRight?.Invoke(wanted, got) ?? true)
            {
                right++;
                continue;
            }

            // what is asked about before it is recorded is not there yet, but it is not wrong either
            missed.Add(nameOf(wanted));
            if (isUnfinished?.Invoke(got) != true)
            {
                wrong.Add(shownOf(got));
            }
        }

        wrong.AddRange(left.Where(p => !IsOptional(report, shownOf(p), optionalAs?.Invoke(p) ?? [])).Select(shownOf));
    }

    // optional entries are written like what must not be: milestone:ID, contact:NAME, fact:amount, next; a value behind it is a further word
    private bool IsOptional(ExpectedReport report, string shown, IReadOnlyList<string> names)
    {
        // a signed contract is a win, whether it is said or not
        if (shown == "status:won" && report.Milestones.Any(m => m.Id == "contract-signed"))
        {
            return true;
        }

        var kind = shown.Split(':')[0];
        var named = shown.Split(' ')[0];
        return report.Optional.Any(o =>
        {
            var optional = o.Replace("addContact:", "newContact:", StringComparison.Ordinal).Replace("nextStep", "next", StringComparison.Ordinal);
            var (plain, value) = Split(optional);
            return optional == kind || optional == named || plain == named || names.Contains(plain, StringComparer.Ordinal)
                || (kind == "contact" && plain.StartsWith("contact:", StringComparison.Ordinal) && IsContact(plain["contact:".Length..], names))
                || (kind == "newContact" && (plain.StartsWith("newContact:", StringComparison.Ordinal) || plain.StartsWith("contact:", StringComparison.Ordinal))
                    && Likeness.IsName(plain[(plain.IndexOf(':', StringComparison.Ordinal) + 1)..], shown["newContact:".Length..]))
                || (kind == "next" && plain.StartsWith("next:", StringComparison.Ordinal) && Likeness.Tells(shown, plain["next:".Length..]))
                || (value is not null && plain == named && Likeness.Tells(shown, value));
        });
    }

    private bool IsContact(string name, IReadOnlyList<string> ids) =>
        ids.Any(id => id == "contact:" + WorldContact.IdOf(name) || (world.Contact(id["contact:".Length..]) is { } contact && Likeness.IsName(contact.Name, name)));

    private static (string Plain, string? Value) Split(string optional) =>
        optional.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (optional[..at], optional[(at + 1)..]) : (optional, null);

    private static bool IsStep(ExpectedStep expected, StepToCome step) => expected.Words.Count == 0 || expected.Words.Any(w => Likeness.Tells(step.What, w));

    private static bool IsField(string field, FactToRecord fact) => field == ProposalFields.Of(fact.Field) || field == Theirs(fact.Field);

    // as the Chinese format calls it
    private static string Theirs(FactField field) => field == FactField.ExpectedClose ? "expectedSign" : ProposalFields.Of(field);

    private bool IsValue(Entry expected, FactToRecord fact) => Values.AreAlike(world, expected, [fact.Value, .. fact.On is { } on ? [Day(on)] : (string[])[], .. fact.Contact is { } contact ? [contact.Value] : (string[])[], .. fact.Amount is { } amount ? [amount.ToString(CultureInfo.InvariantCulture)] : (string[])[]]);

    private string NameOf(string contact) => world.Contact(contact)?.Name ?? contact;

    /// <summary>A status as both formats call it.</summary>
    public static string NameOf(StatusChange to) => to switch
    {
        StatusChange.Won => "won",
        StatusChange.Lost => "lost",
        StatusChange.OnHold => "hold",
        StatusChange.Reopened => "reopened",
        StatusChange.HandedOver => "handedOver",
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, null),
    };

    private static string ValueOf(Entry value) => value.Line;

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "(no date)";
}
