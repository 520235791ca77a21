using KeyAccountBot.Language;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>A milestone that a statement speaks of.</summary>
/// <param name="Id">Which.</param>
/// <param name="Said">The words.</param>
/// <param name="In">Where.</param>
/// <param name="Why">What stands against it; <c>null</c> where it is stated.</param>
internal sealed record SaidMilestone(MilestoneId Id, TextSpan Said, Statement In, LeftFor? Why);

/// <summary>Finds the milestones that a message speaks of, and whether it states them.</summary>
internal static class Milestones
{
    private const Tone Unproven = Tone.Hearsay;
    private const int NearProof = 2;
    private static readonly LanguageFiles Moods = LanguageFiles.Part("moods");

    /// <summary>Every mention, in the text's order.</summary>
    public static IReadOnlyList<SaidMilestone> In(ReportText text, IReadOnlyList<Statement> statements, Playbook playbook, DateOnly today)
    {
        List<SaidMilestone> found = [];
        var isVetoed = Meetings.IsNotToBeRecorded(text);
        var proof = Moods.Pattern("proof").In(text.Masked).Select(m => m.Index).ToList();
        foreach (var (id, phrases) in PlaybookPhrases.Of(playbook).Milestones)
        {
            foreach (var statement in Where(text, statements, phrases))
            {
                if (phrases.In(text.Masked, statement.Span) is not { } said)
                {
                    continue;
                }

                var tone = statement.Tone;
                if (text.Masked.AsSpan(statement.Span.Start, statement.Span.Length).Contains(Placeholder.Competitor))
                {
                    tone |= Tone.Foreign;
                }

                if (proof.Exists(p => Math.Abs(SentenceAt(statements, p) - statement.Sentence) < NearProof))
                {
                    tone &= ~Unproven;
                }

                // inside our own company is where these are reached
                if ((tone & Tone.OneSided) != Tone.Stated && IsOurs(playbook, id))
                {
                    tone &= ~Tone.OneSided;
                }

                // "presented today, next demo on Friday": the day behind says it happened
                if (statement.Dates.Any(d => d.To <= today) && (text.ToneOf(new TextSpan(statement.Span.Start, Math.Max(0, said.End - statement.Span.Start))) & Tone.Planned) == Tone.Stated)
                {
                    tone &= ~Tone.Planned;
                }

                found.Add(new SaidMilestone(id, said, statement, isVetoed && Tones.Why(tone) is null ? LeftFor.Doubted : Tones.Why(tone)));
            }
        }

        return [.. found.OrderBy(f => f.In.Index)];
    }

    // a text that holds none of the phrases is looked at once
    private static IEnumerable<Statement> Where(ReportText text, IReadOnlyList<Statement> statements, Phrase phrases) =>
        phrases.IsIn(text.Masked) ? statements : [];

    // reached by us alone: approved by our own side is what it means
    private static bool IsOurs(Playbook playbook, MilestoneId id) => playbook.StageOf(id)?.Milestones.FirstOrDefault(m => m.Id == id) is { } milestone
        && milestone.Phrases.All.Any(p => Moods.Pattern("ours").IsIn(Spelling.Fold(p)));

    private static int SentenceAt(IReadOnlyList<Statement> statements, int at) => statements.LastOrDefault(s => s.Span.Start <= at)?.Sentence ?? 0;
}
