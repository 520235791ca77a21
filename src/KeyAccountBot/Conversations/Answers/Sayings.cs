using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Conversations.Answers;

/// <summary>Something that one of ours wrote of an opportunity or its customer.</summary>
/// <param name="On">The local date it speaks of.</param>
/// <param name="By">Who wrote it; <c>null</c> where nobody knows.</param>
/// <param name="With">Whom of the customer it speaks of.</param>
/// <param name="Words">In their words.</param>
internal sealed record Saying(DateOnly On, PersonId? By, IReadOnlyList<string> With, string Words);

/// <summary>Gathers what was written: reports of visits, notes of touches, answers to the customer, the next step.</summary>
internal static class Sayings
{
    /// <summary>The newest first.</summary>
    /// <param name="dossier">The opportunity and its customer.</param>
    /// <param name="entries">Its entries, oldest first; empty where they were not read, then only what the record itself holds counts.</param>
    /// <param name="by">Only what this person wrote; <c>null</c> for everybody.</param>
    /// <param name="contact">Only what concerns this contact; <c>null</c> for all.</param>
    public static IReadOnlyList<Saying> Of(Dossier dossier, IReadOnlyList<OpportunityEntry> entries, PersonId? by, string? contact)
    {
        var undone = entries.Select(e => e.What).OfType<OpportunityEvent.EntryUndone>().Select(u => u.Entry).ToHashSet();
        List<(Saying Said, IReadOnlyList<ContactId> With)> all = [];
        foreach (var entry in entries.Where(e => !undone.Contains(e.Command)))
        {
            if (entry.What is OpportunityEvent.VisitReported { Notes: { } notes } visit)
            {
                all.Add((new Saying(visit.On, entry.By, [.. dossier.NamesOf(visit.Met)], notes), visit.Met));
            }
            else if (entry.What is OpportunityEvent.QuestionAnswered answered)
            {
                IReadOnlyList<ContactId> told = answered.ToldTo is { } to ? [to] : [];
                all.Add((new Saying(answered.On, entry.By, [.. dossier.NamesOf(told)], answered.Answer), told));
            }
        }

        if (entries.Count == 0 && dossier.Opportunity.Facts.LastVisit is { Notes: { } last } reported)
        {
            all.Add((new Saying(reported.On, reported.By, [.. dossier.NamesOf(reported.Met)], last), reported.Met));
        }

        // the notes of a visit stand at each contact who was met: once is enough
        foreach (var touched in dossier.Contacts)
        {
            all.AddRange(touched.Touches.Where(t => !all.Any(a => a.Said.Words == t.What && a.Said.On == t.On))
                .Select(t => (new Saying(t.On, t.By, [touched.Name], t.What), (IReadOnlyList<ContactId>)[touched.Id])));
        }

        // a dash is no words
        return [.. all.Where(a => a.Said.Words.Any(char.IsLetterOrDigit) && (by is null || a.Said.By == by) && (contact is null || a.With.Contains(new ContactId(contact))))
            .Select(a => a.Said).OrderByDescending(s => s.On)];
    }
}
