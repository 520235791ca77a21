using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Somebody of the customer whom a text names.</summary>
/// <param name="Span">The words.</param>
/// <param name="Fits">Who may be meant.</param>
/// <param name="Newcomer">Where they are not on record.</param>
internal sealed record NamedPerson(TextSpan Span, IReadOnlyList<KnownName> Fits, Newcomer? Newcomer);

/// <summary>Tells with whom of those named the writer was in touch: met, spoken to, called.</summary>
internal static class Meetings
{
    private const Tone Against = Tone.Denied | Tone.Planned | Tone.Asked | Tone.Ironic | Tone.Quoted | Tone.Retracted;
    private const int FarthestPronoun = 240;
    private const int NearBefore = 30;
    private static readonly LanguageFiles Wording = LanguageFiles.Part("reports");
    private static readonly LanguageFiles Moods = LanguageFiles.Part("moods");

    /// <summary>Those the writer was in touch with, in the text's order.</summary>
    public static IReadOnlyList<NamedPerson> In(ReportText text, IReadOnlyList<Statement> statements)
    {
        var people = text.Names.Where(n => n.Kind == NameKind.Contact).Select(n => new NamedPerson(n.Span, n.Fits, null))
            .Concat(text.Newcomers.Select(n => new NamedPerson(n.Named, [], n))).OrderBy(p => p.Span.Start).ToList();
        if (people.Count == 0 || IsInternal(text))
        {
            return [];
        }

        SortedSet<int> touched = [];
        foreach (var sentence in statements.Where(s => s.Voice == Voice.Writer).GroupBy(s => s.Sentence))
        {
            var clauses = sentence.ToList();
            var span = new TextSpan(clauses[0].Span.Start, clauses[^1].Span.End - clauses[0].Span.Start);
            if (people.Exists(p => span.Holds(p.Span)))
            {
                BySaying(text, clauses, span, people, touched);
            }

            ByPronoun(text, clauses, span, people, touched);
            ByList(text, clauses, people, touched);
        }

        Attending(text, people, touched);
        foreach (var i in touched.ToList())
        {
            for (var n = i + 1; n < people.Count && Joined(text, people[n - 1].Span.End, people[n].Span.Start) && !SpeaksOfItself(text, people[n - 1].Span, people[n].Span); n++)
            {
                touched.Add(n);
            }

            // "Anna and Tom walked me through": who stands before the "and" as well
            for (var n = i - 1; n >= 0 && JoinedByAnd(text, people[n].Span.End, people[n + 1].Span.Start); n--)
            {
                touched.Add(n);
            }
        }

        return [.. touched.Select(i => people[i])];
    }

    private static void BySaying(ReportText text, List<Statement> clauses, TextSpan sentence, List<NamedPerson> people, SortedSet<int> touched)
    {
        foreach (var match in Wording.Pattern("met").In(text.Masked.Substring(sentence.Start, sentence.Length)))
        {
            var span = new TextSpan(sentence.Start + match.Index, match.Length);
            var from = clauses.LastOrDefault(c => c.Span.Start <= span.Start) ?? clauses[0];
            for (var i = 0; i < people.Count; i++)
            {
                if (people[i].Span.Start < span.Start || people[i].Span.End > span.End || IsSomeoneOfTheirs(text, people[i].Span))
                {
                    continue;
                }

                var until = Math.Max(span.End, people[i].Span.End);
                var begin = Math.Max(from.Span.Start, span.Start - NearBefore);
                var tone = text.ToneOf(new TextSpan(begin, until - begin));
                var at = Statements.At(clauses, people[i].Span) ?? from;
                var late = clauses.Where(c => c.Index > at.Index).Take(1).Select(c => c.Span).ToList();
                var isFuture = at.Date is not null && (at.Tone & Tone.Planned) != Tone.Stated && at.Since != at.Date && !text.IsMood("past", new TextSpan(begin, until - begin));
                var followed = late.Count > 0 && text.Has("notMet", late[0]) && late[0].Length < 40 && !people.Exists(p => p.Span.Start == late[0].Start);
                if ((tone & Against) == Tone.Stated && (at.Tone & (Tone.Quoted | Tone.Retracted | Tone.Ironic)) == Tone.Stated && !isFuture && !followed
                    && !text.Has("notMet", at.Span))
                {
                    touched.Add(i);
                }
            }
        }
    }

    // "… told him": whoever was named last
    private static void ByPronoun(ReportText text, List<Statement> clauses, TextSpan sentence, List<NamedPerson> people, SortedSet<int> touched)
    {
        foreach (var match in text.All("metPronoun", sentence))
        {
            var at = match.Start;
            var from = clauses.LastOrDefault(c => c.Span.Start <= at) ?? clauses[0];
            var begin = Math.Max(from.Span.Start, at - NearBefore);
            var tone = text.ToneOf(new TextSpan(begin, at + match.Length - begin));
            var last = people.FindLastIndex(p => p.Span.End <= at && at - p.Span.End < FarthestPronoun);
            if (last >= 0 && (tone & Against) == Tone.Stated && (from.Tone & (Tone.Quoted | Tone.Retracted | Tone.Denied)) == Tone.Stated
                && (from.Date is null || from.Since == from.Date || text.IsMood("past", new TextSpan(begin, at + match.Length - begin))) && text.Voices[people[last].Span.Start] == Voice.Writer)
            {
                touched.Add(last);
                if (last > 0 && Wording.Pattern("bothPronoun").IsIn(text.Masked.AsSpan(match.Start, match.Length)) && people[last].Span.Start - people[last - 1].Span.End < FarthestPronoun)
                {
                    touched.Add(last - 1);
                }
            }
        }
    }

    // a list of people behind a head: "Visit yesterday: Anna, Tom"
    private static void ByList(ReportText text, List<Statement> clauses, List<NamedPerson> people, SortedSet<int> touched)
    {
        for (var n = 1; n < clauses.Count; n++)
        {
            var between = text.Masked[clauses[n - 1].Span.End..clauses[n].Span.Start];
            if (!between.Contains(':', StringComparison.Ordinal) && !between.Contains('：', StringComparison.Ordinal))
            {
                continue;
            }

            var head = clauses[n - 1];
            var first = people.FindIndex(p => p.Span.Start == clauses[n].Span.Start || (p.Span.Start > clauses[n].Span.Start && p.Span.Start - clauses[n].Span.Start < 6 && clauses[n].Span.End >= p.Span.End));
            if (first < 0 || (head.Tone & (Tone.Denied | Tone.Planned | Tone.Asked)) != Tone.Stated)
            {
                continue;
            }

            var headWords = text.Masked.AsSpan(head.Span.Start, head.Span.Length);
            var isList = people[first].Span.End + 2 >= clauses[n].Span.End || (first + 1 < people.Count && Joined(text, people[first].Span.End, people[first + 1].Span.Start));
            var isMeeting = (head.Date is { } date && head.Since == date) || Wording.Pattern("meetingHead").IsIn(headWords);
            if (isList && isMeeting && !Wording.Pattern("ourList").IsIn(text.Masked.AsSpan(head.Span.Start, head.Span.Length + 1)))
            {
                touched.Add(first);
            }
        }
    }

    // who was there, as minutes list them; and a line of notes that begins with a name
    private static void Attending(ReportText text, List<NamedPerson> people, SortedSet<int> touched)
    {
        var isNotes = Wording.Pattern("notesHead").IsIn(text.Masked);
        foreach (var line in Sections.LinesOf(text.Masked))
        {
            var words = line.Of(text.Masked);
            if (Wording.Pattern("ourList").IsIn(words) || text.Voices.AsSpan(line.Start, line.Length).Contains(Voice.Quoted))
            {
                continue;
            }

            var list = Wording.Pattern("theirList").In(words).FirstOrDefault();
            for (var i = 0; i < people.Count; i++)
            {
                if (!line.Holds(people[i].Span))
                {
                    continue;
                }

                var isFirst = text.Masked.AsSpan(line.Start, people[i].Span.Start - line.Start).Trim().Trim("•-*– ").Length == 0 && words.TrimStart().Length > 0 && words.TrimStart()[0] is '•' or '-' or '*';
                var rest = text.Plain.AsSpan(people[i].Span.End, line.End - people[i].Span.End);
                if ((list is not null && people[i].Span.Start >= line.Start + list.Index + list.Length && IsUnbroken(text.Masked, line.Start + list.Index + list.Length, people[i].Span.Start))
                    || (isNotes && isFirst && rest.TrimStart() is { Length: > 0 } and not [':', ..] && (text.ToneOf(new TextSpan(people[i].Span.End, line.End - people[i].Span.End)) & Against) == Tone.Stated))
                {
                    touched.Add(i);
                }
            }
        }
    }

    private static bool IsUnbroken(string text, int from, int to) => to >= from && text.IndexOfAny(['.', ';', '。', '；'], from, to - from) < 0;

    private static bool IsInternal(ReportText text) => Wording.Pattern("internal").IsIn(text.Masked.AsSpan(0, Math.Min(text.Masked.Length, 160)));

    // "met Anna's deputy"
    private static bool IsSomeoneOfTheirs(ReportText text, TextSpan person) =>
        Wording.Pattern("someoneOfTheirs").IsIn(text.Masked.AsSpan(person.End, Math.Min(24, text.Masked.Length - person.End)));

    private static bool JoinedByAnd(ReportText text, int from, int to) =>
        to >= from && to - from < 20 && Wording.Pattern("jointAnd").IsIn(text.Masked.AsSpan(from, to - from));

    // ", Anna was on holiday"
    private static bool SpeaksOfItself(ReportText text, TextSpan before, TextSpan person) =>
        text.Masked.AsSpan(before.End, person.Start - before.End).IndexOfAny(',', '，', '、') >= 0
        && Wording.Pattern("ownVerb").IsIn(text.Masked.AsSpan(person.End, Math.Min(24, text.Masked.Length - person.End)));

    private static bool Joined(ReportText text, int from, int to) => to >= from && to - from < 44 && Wording.Pattern("joint").IsIn(text.Masked.AsSpan(from, to - from));

    /// <summary>Whether a contact who fits is one of this account.</summary>
    public static ContactId? Of(NamedPerson person, Account? account)
    {
        var here = person.Fits.Where(f => account is not null && f.Account == account.Id.Value && account.Find(new ContactId(f.Id)) is { IsActive: true }).ToList();
        return here.Count == 1 ? new ContactId(here[0].Id) : null;
    }

    /// <summary>Words that show that something was taken back or left open, whatever the statement.</summary>
    public static bool IsNotToBeRecorded(ReportText text) => Moods.Pattern("dontRecord").IsIn(text.Masked);
}
