using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Sales.Reports;

/// <content>Whom the rep met.</content>
internal sealed partial class CorrectionReader
{
    private enum Sense
    {
        /// <summary>Only named.</summary>
        Bare,

        /// <summary>Was there.</summary>
        There,

        /// <summary>Was not.</summary>
        Absent,
    }

    private sealed record Named(int Part, ContactId Contact, TextSpan Span, Sense Sense);

    // the customer's people that a stretch names
    private List<Named> PeopleIn(CorrectionSegment segment)
    {
        List<Named> people = [];
        var mentions = names.Where(n => n.Kind == NameKind.Contact && segment.Span.Holds(n.Span)).ToList();
        for (var i = 0; i < mentions.Count; i++)
        {
            foreach (var (part, contact) in FitsOf(mentions[i]))
            {
                var before = folded[(i == 0 ? segment.Span.Start : mentions[i - 1].Span.End)..mentions[i].Span.Start];
                var behind = folded[mentions[i].Span.End..(i + 1 < mentions.Count ? mentions[i + 1].Span.Start : segment.Span.End)];
                people.Add(new Named(part, contact, mentions[i].Span, SenseOf(before, behind, isLast: i + 1 == mentions.Count)));
            }
        }

        // "Chen and Zhao were not there"
        for (var i = people.Count - 2; i >= 0; i--)
        {
            var between = folded[people[i].Span.End..people[i + 1].Span.Start];
            people[i] = people[i].Sense == Sense.Bare && CorrectionWords.Has(between, "joint") && !CorrectionWords.SaysMore(between, "joint", "filler") ? people[i] with { Sense = people[i + 1].Sense } : people[i];
        }

        return people;
    }

    // one fits, among the people of the customers shown
    private IEnumerable<(int Part, ContactId Contact)> FitsOf(NameMention mention)
    {
        var isOfTheHouse = NameMentions.RankIn(mention.Span.Of(text)) == NameRank.Executive;
        for (var part = 0; part < now.Opportunities.Count; part++)
        {
            var account = Find(Part(part).Opportunity)?.Facts.AccountId;
            var fits = mention.Fits.Where(f => f.Account is not null && f.Account == account?.Value).ToList();
            var met = fits.Where(f => Part(part).Met.Contains(new ContactId(f.Id))).ToList();

            // a title that nobody of the name has, and who is not shown: somebody else may be meant
            if ((fits.Count == 1 ? fits : met) is [var one] && !(isOfTheHouse && one.Rank is not (null or NameRank.Executive) && met.Count == 0))
            {
                yield return (part, new ContactId(one.Id));
                yield break;
            }
        }
    }

    private static Sense SenseOf(string before, string behind, bool isLast)
    {
        if (CorrectionWords.EndsWith(before, "notBefore"))
        {
            return Sense.Absent;
        }

        // "… not Marco": the "not" belongs to who comes next
        var own = isLast || !CorrectionWords.EndsWith(behind, "notBefore") ? behind : "";
        return CorrectionWords.Has(own, "notBehind") ? Sense.Absent
            : CorrectionWords.Has(before, "add") || CorrectionWords.Has(own, "add") || CorrectionWords.Has(before, "only") ? Sense.There
            : Sense.Bare;
    }

    private bool TakePeople(int index, List<Named> people)
    {
        var segment = segments[index];
        if (people.Count == 0 && CorrectionWords.Has(Bare(segment), "none") && CorrectionWords.Has(Bare(segment), "presence")
            && !CorrectionWords.SaysMore(Bare(segment), "none", "add", "presence", "filler", "before", "common") && Enumerable.Range(0, now.Opportunities.Count).FirstOrDefault(p => Part(p).Met.Count > 0, -1) is >= 0 and var at)
        {
            Change(at, Part(at) with { Met = [] }, ProposalFields.Contacts);
            return true;
        }

        if (people.Count == 0)
        {
            // somebody of that name is on record, and the title is another
            if (names.FirstOrDefault(n => n.Kind == NameKind.Contact && segment.Span.Holds(n.Span)) is { } another && CorrectionWords.Has(Bare(segment), "add"))
            {
                return Ask(new CorrectionDoubt(DoubtAbout.Person, another.Span.Of(text), []));
            }

            return IsAddingSomebody(index) is { } unknown && Ask(new CorrectionDoubt(DoubtAbout.Person, unknown, []));
        }

        // "Emma did not buy the five-year cost" speaks of the cost
        if (!CorrectionWords.Has(Bare(segment), "presence") && Items(segment).Count > 0 && CorrectionWords.Has(Bare(segment), "remove"))
        {
            return false;
        }

        var settled = people.ConvertAll(p => p.Sense == Sense.Bare ? p with { Sense = Inherited(index, p) } : p);
        if (!settled.Exists(p => p.Sense != Sense.Bare))
        {
            return false;
        }

        foreach (var group in settled.GroupBy(p => p.Part))
        {
            var part = Part(group.Key);
            var absent = group.Where(p => p.Sense == Sense.Absent).Select(p => p.Contact).ToHashSet();
            var there = group.Where(p => p.Sense == Sense.There).Select(p => p.Contact).ToList();
            var isAll = there.Count > 0 && absent.Count == 0 && CorrectionWords.EndsWith(folded[segment.Span.Start..group.Min(p => p.Span.Start)], "only");
            List<ContactId> met = [.. (isAll ? [] : part.Met).Where(m => !absent.Contains(m)), .. there.Where(t => isAll || !part.Met.Contains(t))];
            if (!met.SequenceEqual(part.Met))
            {
                Change(group.Key, part with { Met = met }, ProposalFields.Contacts);
            }
        }

        if (settled.Exists(p => p.Sense == Sense.Absent) && IsAddingSomebody(index) is { } unnamed)
        {
            return Ask(new CorrectionDoubt(DoubtAbout.Person, unnamed, []));
        }

        // the same stretch may give a day as well: "Helen joined on Monday"
        return true;
    }

    // "Helen and Marco were not there", "add Helen and Marco", "not Helen. Marco": a bare name goes with its neighbours
    private Sense Inherited(int index, Named person)
    {
        var segment = segments[index];
        var isBare = !CorrectionWords.SaysMore(Bare(segment), "filler", "before", "replace", "that");
        var before = index > 0 ? PeopleIn(segments[index - 1]) : [];
        if (before.Exists(p => p.Sense == Sense.Absent))
        {
            var isInstead = !Part(person.Part).Met.Contains(person.Contact);
            return isInstead ? Sense.There : isBare && segments[index - 1].Sentence == segment.Sentence ? Sense.Absent : Sense.Bare;
        }

        var next = index + 1 < segments.Count ? PeopleIn(segments[index + 1]) : [];
        if (next.Exists(p => p.Sense == Sense.Absent) && !Part(person.Part).Met.Contains(person.Contact))
        {
            return Sense.There;
        }

        // "and Sam from quality"
        if (segment.Cut.Length > 0 && !isBare && !Part(person.Part).Met.Contains(person.Contact) && CorrectionWords.Without(Bare(segment), "filler", "before", "common").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= 1)
        {
            return Sense.There;
        }

        if (!isBare)
        {
            return PeopleIn(segment).Exists(p => p.Sense == Sense.Absent) ? Sense.There : Sense.Bare;
        }

        if (before.Exists(p => p.Sense == Sense.There))
        {
            return Sense.There;
        }

        if (next.Count > 0 && segments[index + 1].Sentence == segment.Sentence && next[0].Sense != Sense.Bare)
        {
            return next[0].Sense;
        }

        return segment.Cut.Length > 0 && CorrectionWords.Has(segment.Cut, "except") ? Sense.Absent
            : PeopleIn(segment).Exists(p => p.Sense == Sense.Absent) || !Part(person.Part).Met.Contains(person.Contact) ? Sense.There
            : Sense.Bare;
    }

    // somebody is to be added whom nobody on record fits: the words that name them
    private string? IsAddingSomebody(int index)
    {
        var segment = segments[index];
        var bare = Bare(segment);
        var isInstead = Neighbours(index).Any(s => PeopleIn(s).Exists(p => p.Sense == Sense.Absent));
        if (!CorrectionWords.Has(bare, "add") && !isInstead)
        {
            return null;
        }

        var report = MessageReports.Read(segment.Span.Of(text), Alone(PartOf(segment)));
        if (report.Opportunities.SelectMany(o => o.NewContacts).FirstOrDefault() is { } found)
        {
            return found.Name;
        }

        var left = CorrectionWords.Without(bare, "add", "replace", "notBefore", "notBehind", "presence", "dates", "due", "of/steps", "nextStep", "amount", "filler", "before", "common").ToCharArray();
        var from = Array.FindIndex(left, char.IsLetter);
        var to = Array.FindLastIndex(left, char.IsLetter) + 1;
        if (from < 0 || Items(segment).Count > 0 || ShownItems.IsOfPlaybook(bare, scene.Playbook))
        {
            return null;
        }

        var name = text.Substring(segment.Span.Start + from, to - from);
        var isName = name.Any(Spelling.IsHan) ? name.Length is > 1 and <= MostHan : char.IsUpper(name[0]) || CorrectionWords.BeginsWith(bare, "add");
        return isName && name.Split(' ').Length <= MostWords && !name.Any(char.IsDigit) ? name : null;
    }

    private IEnumerable<CorrectionSegment> Neighbours(int index) => segments.Skip(Math.Max(0, index - 1)).Take(index == 0 ? 2 : 3);

    private const int MostHan = 4;
    private const int MostWords = 3;

    private bool Ask(CorrectionDoubt asked)
    {
        doubt ??= asked;
        return true;
    }
}
