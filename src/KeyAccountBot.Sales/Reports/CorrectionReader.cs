using KeyAccountBot.Language;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Reads one reply, stretch by stretch, and changes what each speaks of.</summary>
internal sealed partial class CorrectionReader
{
    private readonly string text;
    private readonly string folded;
    private readonly Proposal shown;
    private readonly ReportScene scene;
    private readonly IReadOnlyList<NameMention> names;
    private readonly IReadOnlyList<SpokenDate> dates;
    private readonly List<CorrectionSegment> segments;
    private readonly List<ProposalField> changed = [];
    private readonly bool meansAnother;
    private Proposal now;
    private CorrectionDoubt? doubt;
    private bool hasTakenOff;
    private bool isConfirmed;
    private int confirmedAt;
    private bool isHalfRight;
    private bool isDenied;
    private bool isAbandoned;
    private string? rest;

    /// <summary>A reader of this reply.</summary>
    public CorrectionReader(string text, Proposal shown, ReportScene scene)
    {
        (this.text, this.shown, this.scene, now) = (text, shown, scene, shown);
        folded = Spelling.Fold(text);
        names = NameMentions.In(CorrectionSegments.Apart(text, folded), scene.Names);
        dates = [.. SpokenDates.In(text, scene.Today, scene.Culture, names.Where(n => n.Kind is NameKind.Contact).Select(n => n.Span)).Where(d => d.Shape != SpokenDateShape.TimeOnly)];
        segments = [.. CorrectionSegments.Of(folded, [.. names.Select(n => n.Span), .. dates.Select(d => d.Span)])];
        meansAnother = CorrectionWords.Has(folded, "wrongDeal");
    }

    /// <summary>What the reply does.</summary>
    public CorrectionReading Read()
    {
        List<CorrectionSegment> left = [];
        for (var i = 0; i < segments.Count && rest is null; i++)
        {
            if (!Take(i))
            {
                left.Add(segments[i]);
            }
        }

        if (left.Count > 0 && doubt is null && !isAbandoned && TakeAsReport(left))
        {
            left.Clear();
        }

        return Result(left);
    }

    private CorrectionReading Result(List<CorrectionSegment> left)
    {
        if (doubt is not null)
        {
            return new CorrectionReading(ReplyEffect.Correct, Marked()) { Changes = Changes(), Doubt = doubt };
        }

        if (changed.Count > 0)
        {
            var isSure = isConfirmed && !isHalfRight && left.Count == 0;
            return new CorrectionReading(ReplyEffect.Correct, Marked()) { Changes = Changes(), IsConfirmed = isSure, Rest = isSure ? rest : null };
        }

        if (isAbandoned)
        {
            return new CorrectionReading(ReplyEffect.Abandon, shown);
        }

        // what stands before the yes, follows a "but", names something or gives a day was to change something
        var wantsMore = isHalfRight || left.Exists(s => s.Span.Start < confirmedAt || CorrectionWords.KindIn(Words(s)) is not null || s.Cut.Length > 0 || CorrectionWords.Has(Words(s), "remove")
            || dates.Any(d => s.Span.Holds(d.Span)) || names.Any(n => s.Span.Holds(n.Span)));
        if (isConfirmed && !isDenied && !wantsMore)
        {
            return new CorrectionReading(ReplyEffect.Answer, shown) { Rest = rest };
        }

        if (isDenied && left.Count == 0 && rest is null)
        {
            return new CorrectionReading(ReplyEffect.Abandon, shown);
        }

        return isConfirmed || isDenied || isHalfRight || left.Exists(s => CorrectionWords.Has(Words(s), "no"))
            ? new CorrectionReading(ReplyEffect.Reask, shown) { Doubt = new CorrectionDoubt(DoubtAbout.Change, "", []) }
            : new CorrectionReading(ReplyEffect.Interrupt, shown);
    }

    // whether the stretch is understood
    private bool Take(int index)
    {
        WithoutYes(index);
        var segment = segments[index];
        var words = Words(segment);
        if (CorrectionWords.Has(words, "nearly"))
        {
            isHalfRight = true;
            return true;
        }

        if (CorrectionWords.IsOnly(words, "yes"))
        {
            (isConfirmed, confirmedAt) = (isConfirmed || !isDenied || index > 0, segment.Span.Start);
            return true;
        }

        if (CorrectionWords.IsOnly(words, "no") && !CorrectionWords.Has(words, "wrongDeal"))
        {
            (isDenied, isConfirmed) = (true, false);
            return true;
        }

        var people = PeopleIn(segment);
        if (people.Count == 0 && dates.All(d => !segment.Span.Holds(d.Span) || CorrectionWords.Has(words, "abandon")) && CorrectionWords.Has(words, "abandon") && CorrectionWords.KindIn(words) is null && Items(segment).Count == 0)
        {
            isAbandoned = true;
            return true;
        }

        if (!CorrectionWords.SaysMore(words, "filler", "before") && !segments.Skip(index).Take(1).Any(s => dates.Any(d => s.Span.Holds(d.Span))))
        {
            return true;
        }

        if (TakeStatus(segment))
        {
            return true;
        }

        if (IsSomethingElse(words))
        {
            rest = text[segment.Span.Start..].Trim();
            return true;
        }

        return Explains(words) || TakeName(segment) || TakeOpportunity(segment) || TakeAmount(segment) || TakePlaces(segment) || TakePeople(index, people)
            || TakeOff(segment) || TakeStep(segment) || TakeDate(segment) || (meansAnother && !CorrectionWords.SaysMore(words, "wrongDeal", "filler", "before"));
    }

    // "yes due Monday": a yes that more follows without a stop
    private void WithoutYes(int index)
    {
        var segment = segments[index];
        var words = Words(segment);
        if (CorrectionWords.IsOnly(words, "yes") || CorrectionWords.List("yesFirst").In(words).FirstOrDefault(m => m.Index == 0) is not { } yes)
        {
            return;
        }

        var from = segment.Span.Start + yes.Length;
        while (from < segment.Span.End && char.IsWhiteSpace(folded[from]))
        {
            from++;
        }

        isConfirmed |= !isDenied || index > 0;
        segments[index] = segment with { Span = new TextSpan(from, segment.Span.End - from) };
    }

    // "that is planned for the 4th", after something was taken off, says why
    private bool Explains(string words) => hasTakenOff && CorrectionWords.BeginsWith(words, "because");

    private static bool IsSomethingElse(string words) => CorrectionWords.BeginsWith(CorrectionWords.WithoutBefore(words), "other");

    private string Words(CorrectionSegment segment) => segment.Span.Of(folded);

    // the words of a stretch without the names and dates in it, place by place the same
    private string Bare(CorrectionSegment segment)
    {
        var bare = folded.ToCharArray();
        foreach (var span in names.Select(n => n.Span).Concat(dates.Select(d => d.Span)))
        {
            bare.AsSpan(span.Start, span.Length).Fill(' ');
        }

        return new string(bare, segment.Span.Start, segment.Span.Length);
    }

    private IReadOnlyList<ShownItem> Items(CorrectionSegment segment)
    {
        var words = folded.ToCharArray();
        foreach (var name in names.Where(n => n.Kind is NameKind.Contact or NameKind.Colleague && segment.Span.Holds(n.Span)))
        {
            words.AsSpan(name.Span.Start, name.Span.Length).Fill(' ');
        }

        foreach (var date in dates.Where(d => segment.Span.Holds(d.Span)))
        {
            words.AsSpan(date.Span.Start, date.Span.Length).Fill(' ');
        }

        return ShownItems.Named(new string(words, segment.Span.Start, segment.Span.Length), ShownItems.Of(now, scene.Playbook));
    }

    private OpportunityProposal Part(int part) => now.Opportunities[part];

    private void Change(int part, OpportunityProposal to, params ReadOnlySpan<string> fields)
    {
        now = now.With(part, to);
        foreach (var field in fields)
        {
            if (!changed.Contains(new ProposalField(part, field)))
            {
                changed.Add(new ProposalField(part, field));
            }
        }
    }

    // the part whose opportunity or customer the stretch names, else the only one or the first
    private int PartOf(CorrectionSegment segment)
    {
        for (var part = 0; part < now.Opportunities.Count; part++)
        {
            if (names.Any(n => segment.Span.Holds(n.Span) && OpportunitiesOf(n).Contains(Part(part).Opportunity)))
            {
                return part;
            }
        }

        return 0;
    }

    private Proposal Marked() => now with { Changed = [.. changed] };

    private IReadOnlyList<ReplyField> Changes() => [.. changed.Select(c => new ReplyField(c.Name, ProposalFields.ValuesOf(Part(c.Part), c.Name)))];

    private IEnumerable<OpportunityId?> OpportunitiesOf(NameMention mention) => mention.Kind switch
    {
        NameKind.Opportunity => mention.Fits.Select(f => (OpportunityId?)new OpportunityId(f.Id)),
        NameKind.Account => scene.Opportunities.Where(o => o.Facts.AccountId is { } account && mention.Fits.Any(f => f.Id == account.Value)).Select(o => (OpportunityId?)o.Id),
        _ => [],
    };

    private Opportunity? Find(OpportunityId? id) => scene.Opportunities.FirstOrDefault(o => o.Id == id);
}
