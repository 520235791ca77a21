using System.Globalization;
using System.Text.Json.Serialization;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>One cause followed up step by step.</summary>
/// <param name="Key">The cause and since when: a later lapse is another chain.</param>
/// <param name="Cause">Why.</param>
/// <param name="Since">When it fell due, UTC.</param>
/// <param name="Steps">What was done, in order.</param>
/// <param name="QuietUntil">Until when the last answer quiets, UTC.</param>
/// <param name="Answer">The last answer of anybody but the owner.</param>
/// <param name="AnsweredBy">Who gave it.</param>
/// <param name="Note">What they said with it: why it is not an issue, or what the rep is asked.</param>
/// <param name="GivenTo">Whom they asked to look after it.</param>
public sealed record FollowUpChain(
    string Key,
    FollowUpCause Cause,
    DateTimeOffset Since,
    IReadOnlyList<StepTaken> Steps,
    DateTimeOffset? QuietUntil,
    FollowUpAnswer? Answer,
    PersonId? AnsweredBy,
    string? Note = null,
    PersonId? GivenTo = null)
{
    private const int MostAnswers = 12;

    /// <summary>What everybody answered last, the owner too; the newest last. Empty where nothing was said since such was kept.</summary>
    public IReadOnlyList<StandingAnswer> Answers { get => field ?? []; init; }

    /// <summary>How often it was answered: a step that was planned before an answer is planned again.</summary>
    public int Answered { get; init; }

    /// <summary>How often its owner snoozed it.</summary>
    public int OwnersSnoozes { get; init; }

    /// <summary>What was replied last to the question that was asked; <c>null</c> for nothing since it was asked.</summary>
    public string? Replied { get; init; }

    /// <summary>The owner asked for more time; the last time they did.</summary>
    public TimeAsked? TimeAsked { get; init; }

    /// <summary>Answered for good, by somebody other than its owner.</summary>
    [JsonIgnore]
    public bool IsOver => Answer == FollowUpAnswer.NotAnIssue;

    /// <summary>Every answer that counts; of a chain kept before each person's was, its last one.</summary>
    [JsonIgnore]
    public IReadOnlyList<StandingAnswer> All =>
        Answers.Count > 0 || Answer is not { } last ? Answers : [new StandingAnswer(AnsweredBy, last, QuietUntil, Note)];

    /// <summary>The newest answer; <c>null</c> for none.</summary>
    [JsonIgnore]
    public StandingAnswer? Last => All is [.., var last] ? last : null;

    /// <summary>The answers that concern a step, the newest last.</summary>
    public IEnumerable<StandingAnswer> AnswersFor(Role level, PersonId? reader) => All.Where(a => a.Quiets(level, reader));

    /// <summary>Until when a step is quiet, UTC; <c>null</c> where no answer concerns it. It may have passed.</summary>
    public DateTimeOffset? QuietFor(Role level, PersonId? reader) => AnswersFor(level, reader).Max(a => (DateTimeOffset?)a.Until);

    /// <summary>
    /// Whether it is a person's to answer, since they were told of it or asked to look after it. Who was told in another's place may
    /// answer while they still hear for them.
    /// </summary>
    public bool Concerns(PersonId person, Company company) => GivenTo == person || Steps.Any(s =>
        s is { Room: null, To: { } to } && (s.InPlaceOf is { } away
            ? company.StandInFor(away)?.Id == person
            : to == person || company.ActingFor(to)?.Id == person));

    /// <summary>Whether it was told in the message of another chain.</summary>
    public bool IsToldWith(string chain) => Steps.Any(s => s.HeldBack is { Reason: HeldBackReason.ToldTogether } held && held.With == chain);

    /// <summary>Until when somebody looks after an opportunity, UTC: the longest of the chains that they took and whose cause still stands; <c>null</c> where nobody does.</summary>
    public static DateTimeOffset? TakenUntil(IEnumerable<FollowUpChain> chains, IEnumerable<string> standing) =>
        chains.Where(c => c.Answer == FollowUpAnswer.TakeIt && standing.Contains(c.Key, StringComparer.Ordinal)).Max(c => c.QuietUntil);

    /// <summary>The key of a cause since a moment; used in row keys, so without <c>/ \ # ?</c>.</summary>
    public static string KeyOf(FollowUpCause cause, DateTimeOffset since) =>
        string.Create(CultureInfo.InvariantCulture, $"{cause}@{since.UtcDateTime:yyyyMMddTHHmmss}Z");

    internal static IReadOnlyList<FollowUpChain> With(
        IReadOnlyList<FollowUpChain> chains, OpportunityEvent.FollowUpStepTaken taken, DateTimeOffset at, int keep)
    {
        var step = new StepTaken(taken.Step, at, taken.To, taken.HeldBack, taken.Room, taken.InPlaceOf);
        return chains.Any(c => c.Key == taken.Chain)
            ? [.. chains.Select(c => c.Key == taken.Chain ? c with { Steps = [.. c.Steps, step] } : c)]
            : [.. Trimmed(chains, taken.Cause, keep - 1), new FollowUpChain(taken.Chain, taken.Cause, taken.Since, [step], null, null, null)];
    }

    // the last chain of a cause may still run, however many of another cause came after it: forgotten, it would start again
    private static List<FollowUpChain> Trimmed(IReadOnlyList<FollowUpChain> chains, FollowUpCause cause, int keep)
    {
        List<FollowUpChain> kept = [.. chains];
        while (kept.Count > keep)
        {
            var oldest = kept.FindIndex(c => c.Cause == cause || kept.FindLast(o => o.Cause == c.Cause) != c);
            kept.RemoveAt(Math.Max(oldest, 0));
        }

        return kept;
    }

    internal static IReadOnlyList<FollowUpChain> With(
        IReadOnlyList<FollowUpChain> chains, OpportunityEvent.FollowUpAnswered answered, PersonId? by, PersonId owner) =>
        [.. chains.Select(c => c.Key == answered.Chain ? c.With(answered, by, owner) : c)];

    internal static IReadOnlyList<FollowUpChain> With(IReadOnlyList<FollowUpChain> chains, OpportunityEvent.TimeAskedFor asked, PersonId? by) =>
        [.. chains.Select(c => c.Key == asked.Chain ? c with { TimeAsked = new TimeAsked(by, asked.Until, asked.Of) } : c)];

    internal static IReadOnlyList<FollowUpChain> With(IReadOnlyList<FollowUpChain> chains, OpportunityEvent.TimeAnswered answered, PersonId? by) =>
        [.. chains.Select(c => c.Key == answered.Chain ? c with { TimeAsked = c.TimeAsked! with { Allowed = answered.Allowed, AnsweredBy = by } } : c)];

    internal static IReadOnlyList<FollowUpChain> With(IReadOnlyList<FollowUpChain> chains, OpportunityEvent.FollowUpReplied replied) =>
        [.. chains.Select(c => c.Key == replied.Chain ? c with { Replied = replied.Text } : c)];

    // kept before the owner's word was told apart from that of those above: it never quiets these
    internal static IReadOnlyList<FollowUpChain> OwnersApart(IReadOnlyList<FollowUpChain> chains, PersonId owner) =>
        chains.All(c => c.Answers.Count > 0 || c.Answer is null || c.AnsweredBy != owner)
            ? chains
            : [.. chains.Select(c => c.Answers.Count > 0 || c.Answer is not { } said || c.AnsweredBy != owner
                ? c
                : c with
                {
                    Answer = null, AnsweredBy = null, QuietUntil = null, Note = null, GivenTo = null,
                    Answers = [new StandingAnswer(owner, said, c.QuietUntil, c.Note, IsOwners: true)],
                    Answered = 1, OwnersSnoozes = said == FollowUpAnswer.Snooze ? 1 : 0,
                })];

    private FollowUpChain With(OpportunityEvent.FollowUpAnswered answered, PersonId? by, PersonId owner)
    {
        var isOwners = answered.IsOwners || by == owner;
        var said = new StandingAnswer(by, answered.Answer, answered.QuietUntil, answered.Note, isOwners, answered.Reach);
        var next = this with
        {
            Answers = [.. All.Where(a => a.By != by || a.IsOwners != isOwners).TakeLast(MostAnswers - 1), said],
            Answered = Answered + 1,
            OwnersSnoozes = OwnersSnoozes + (isOwners && answered.Answer == FollowUpAnswer.Snooze ? 1 : 0),
        };
        return isOwners ? next : next with
        {
            Answer = answered.Answer, AnsweredBy = by, QuietUntil = answered.QuietUntil, Note = answered.Note, GivenTo = answered.To, Replied = null,
        };
    }
}
