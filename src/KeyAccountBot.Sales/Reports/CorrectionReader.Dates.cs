using System.Globalization;
using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <content>Days, and what comes next.</content>
internal sealed partial class CorrectionReader
{
    // "the next step is to send the drawings, by Friday"
    private bool TakeStep(CorrectionSegment segment)
    {
        var words = Words(segment);
        if (CorrectionWords.List("nextStepIs").In(words).FirstOrDefault() is not { } named || CorrectionWords.Has(Bare(segment), "takeOff"))
        {
            return false;
        }

        var from = segment.Span.Start + named.Index + named.Length;
        var what = text[from..segment.Span.End].ToCharArray();
        foreach (var date in dates.Where(d => d.Span.Start >= from && d.Span.End <= segment.Span.End))
        {
            what.AsSpan(date.Span.Start - from, date.Span.Length).Fill(' ');
        }

        var said = new string(what);
        if (!CorrectionWords.SaysMore(Spelling.Fold(said), "filler", "due", "replace", "dates", "common", "remove"))
        {
            return false;
        }

        var part = PartOf(segment);
        var step = new StepToCome(Proposals.Cut(Tidied(said)), DateIn(segment) is { } date2 ? date2.Ahead(scene.Today).On : Part(part).NextSteps is [{ Due: var due }, ..] ? due : null);
        Change(part, Part(part) with { NextSteps = [step, .. Part(part).NextSteps.Skip(1)] }, DateIn(segment) is null ? [ProposalFields.NextStep] : [ProposalFields.NextStep, ProposalFields.NextStepDate]);
        return true;
    }

    private static string Tidied(string said)
    {
        var words = string.Join(' ', said.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim(' ', ',', ':', '-', '=');
        while (CorrectionWords.List("due").In(Spelling.Fold(words)).LastOrDefault() is { } last && last.Index + last.Length == words.Length && last.Index > 0)
        {
            words = words[..last.Index].TrimEnd(' ', ',');
        }

        return words;
    }

    private SpokenDate? DateIn(CorrectionSegment segment) => dates.LastOrDefault(d => segment.Span.Holds(d.Span) && !CorrectionWords.EndsWith(folded[segment.Span.Start..d.Span.Start], "notBefore"));

    private bool TakeDate(CorrectionSegment segment)
    {
        if (DateIn(segment) is not { } date)
        {
            // "no, not Friday" without another day
            return false;
        }

        if (date.Shape == SpokenDateShape.Unreadable)
        {
            return Ask(new CorrectionDoubt(DoubtAbout.Day, date.Span.Of(text), []));
        }

        var bare = Bare(segment);
        var items = Items(segment);
        if (items.Count == 1 && items[0].Field is ProposalFields.NextStep or ProposalFields.Milestones)
        {
            var item = items[0];
            return item.Field == ProposalFields.NextStep ? SetDue(item.Part, item.Index, date) : SetReached(item.Part, item.Index, date);
        }

        if (CorrectionWords.SaysMore(bare, "filler", "before", "replace", "dates", "due", "past", "visit", "of/steps", "add", "that", "common", "yes", "no", "remove", "nextStep", "only"))
        {
            return false;
        }

        var part = PartOf(segment);
        if (FactDate(part, bare) is { } fact)
        {
            return SetFact(part, fact, date);
        }

        if (CorrectionWords.Has(bare, "of/steps") || CorrectionWords.Has(bare, "nextStep") || ((date.IsUntil || CorrectionWords.Has(bare, "due")) && Part(part).NextSteps.Count > 0))
        {
            return SetDue(part, 0, date);
        }

        return CorrectionWords.Has(bare, "visit") || CorrectionWords.Has(bare, "past") ? SetPast(part, date) : SetLikeliest(part, date);
    }

    // by what is shown: a day to come belongs to the step, one behind to what happened; what fits both is asked
    private bool SetLikeliest(int part, SpokenDate date)
    {
        var of = Part(part);
        var (ahead, behind) = (date.Ahead(scene.Today).On, date.Behind(scene.Today).On);
        var hasStep = of.NextSteps.Count > 0 && ahead >= scene.Today;
        var hasPast = behind <= scene.Today && (of.On is not null || of.Milestones.Any(m => m.On is not null));
        var hadPast = behind <= scene.Today && (of.Milestones.Count > 0 || of.Met.Count > 0);
        var isSame = hasStep && of.NextSteps[0].Due == ahead;
        if (hasStep && ((hasPast && behind != ahead) || (isSame && hadPast && behind != ahead)))
        {
            List<DoubtOption> options = [];
            if (!isSame)
            {
                options.Add(Option(ProposalFields.NextStepDate, ahead, of with { NextSteps = [of.NextSteps[0] with { Due = ahead }, .. of.NextSteps.Skip(1)] }));
            }

            options.Add(Option(of.Milestones.Count > 0 ? ProposalFields.MilestoneDate : ProposalFields.On, behind, WithPast(of, behind)));
            return Ask(new CorrectionDoubt(DoubtAbout.WhichDate, date.Span.Of(text), options));
        }

        if (hasStep)
        {
            return SetDue(part, 0, date);
        }

        return hadPast && SetPast(part, date);

        DoubtOption Option(string field, DateOnly day, OpportunityProposal after) =>
            new(field, Iso(day), now.With(part, after) with { Changed = [.. changed, new ProposalField(part, field)] });
    }

    private bool SetDue(int part, int index, SpokenDate date)
    {
        var of = Part(part);
        var due = date.Ahead(scene.Today).On;
        if (of.NextSteps.Count <= index)
        {
            return false;
        }

        // nobody calls today by its weekday to put a step off: "due Monday" said on a Monday is the next one
        due = date.Shape == SpokenDateShape.BareWeekday && due == scene.Today && of.NextSteps[index].Due > due ? due.AddDays(7) : due;
        var step = of.NextSteps[index] with { Due = due, IsSure = false };
        Change(part, of with { NextSteps = [.. of.NextSteps.Select((s, i) => i == index ? step : s)] }, ProposalFields.NextStepDate);
        return true;
    }

    private bool SetReached(int part, int index, SpokenDate date)
    {
        var of = Part(part);
        var on = date.Behind(scene.Today).On;
        if (on > scene.Today)
        {
            // what is still to come was not reached
            var item = ShownItems.Of(now, scene.Playbook).First(i => i.Part == part && i.Field == ProposalFields.Milestones && i.Index == index);
            Change(part, Without(item), ProposalFields.Milestones);
            hasTakenOff = true;
            return true;
        }

        Change(part, of with { Milestones = [.. of.Milestones.Select((m, i) => i == index ? m with { On = on } : m)] }, ProposalFields.MilestoneDate);
        return true;
    }

    private bool SetPast(int part, SpokenDate date)
    {
        var of = Part(part);
        var on = date.Behind(scene.Today).On;
        if (on > scene.Today || of.Met.Count + of.Milestones.Count + of.Answers.Count == 0)
        {
            return on > scene.Today && SetDue(part, 0, date);
        }

        Change(part, WithPast(of, on), of.Milestones.Count > 0 ? (of.Met.Count > 0 ? [ProposalFields.MilestoneDate, ProposalFields.On] : [ProposalFields.MilestoneDate]) : [ProposalFields.On]);
        return true;
    }

    // what happened on the same day moves with it
    private OpportunityProposal WithPast(OpportunityProposal of, DateOnly on)
    {
        var former = of.On ?? scene.Today;
        return of with
        {
            On = on,
            Milestones = [.. of.Milestones.Select(m => of.Milestones.Count == 1 || (m.On ?? former) == former ? m with { On = on } : m)],
        };
    }

    private FactField? FactDate(int part, string bare) =>
        Part(part).Facts.Where(f => f is { On: not null, Field: FactField.ExpectedClose or FactField.BidDeadline }).Select(f => (FactField?)f.Field).FirstOrDefault(f => Part(part).NextSteps.Count == 0 || CorrectionWords.Has(bare, "facts/" + ProposalFields.Of(f!.Value)));

    private bool SetFact(int part, FactField field, SpokenDate date)
    {
        var of = Part(part);
        var on = date.Ahead(scene.Today).On;
        Change(part, of with { Facts = [.. of.Facts.Select(f => f.Field == field ? f with { On = on, Value = Iso(on) } : f)] }, ProposalFields.Of(field));
        return true;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
