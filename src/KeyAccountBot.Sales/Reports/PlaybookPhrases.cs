using System.Runtime.CompilerServices;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>A playbook's phrases, made ready once.</summary>
internal sealed class PlaybookPhrases
{
    private static readonly ConditionalWeakTable<Playbook, PlaybookPhrases> Ready = [];

    private PlaybookPhrases(Playbook playbook)
    {
        Milestones = [.. playbook.Stages.SelectMany(s => s.Milestones).Where(m => m.Phrases.All.Any()).Select(m => (m.Id, Phrase.Any(m.Phrases.All)))];
        Questions = [.. playbook.Stages.SelectMany(s => s.Questions).Where(q => q.Phrases.All.Any()).Select(q => (q.Id, Phrase.Any(q.Phrases.All)))];
    }

    /// <summary>How people say that each milestone was reached.</summary>
    public IReadOnlyList<(MilestoneId Id, Phrase Said)> Milestones { get; }

    /// <summary>How people speak of each question.</summary>
    public IReadOnlyList<(QuestionId Id, Phrase Said)> Questions { get; }

    /// <summary>The phrases of this playbook.</summary>
    public static PlaybookPhrases Of(Playbook playbook) => Ready.GetValue(playbook, static p => new PlaybookPhrases(p));
}
