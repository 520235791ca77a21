using System.Globalization;
using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <content>Milestones, answers, steps, facts: what is taken off, by name or by place.</content>
internal sealed partial class CorrectionReader
{
    private const string Steps = "steps";

    // "only the first three", "not the last one"
    private bool TakePlaces(CorrectionSegment segment)
    {
        var bare = Bare(segment);
        var (place, count) = (CorrectionWords.PlaceIn(bare), CorrectionWords.CountIn(bare));
        var isOnly = CorrectionWords.Has(bare, "only");
        if (isOnly && Items(segment) is [{ Field: ProposalFields.Answers or ProposalFields.Milestones } only] && !CorrectionWords.Has(bare, "remove") && DateIn(segment) is null)
        {
            Keep(only.Part, only.Field, i => i == only.Index);
            return true;
        }

        if ((place ?? count) is null || PeopleIn(segment).Count > 0 || CorrectionWords.Has(bare, "amount") || Items(segment) is { Count: 1 } || !(isOnly || CorrectionWords.Has(bare, "remove") || IsException(segment)))
        {
            return false;
        }

        // "the first 3" is a count, "the first one" a place
        var keeps = isOnly && count > 1 ? count : null;
        if (ListOf(CorrectionWords.KindIn(bare), keeps is { } n ? n + 1 : Math.Max(2, place ?? 0)) is not var (part, kind) || (keeps is null && place is null))
        {
            return false;
        }

        var length = LengthOf(part, kind);
        var at = place is 0 ? length : place ?? 0;
        if (isOnly)
        {
            Keep(part, kind, i => keeps is { } first ? (place is 0 ? i >= length - first : i < first) : i == at - 1);
        }
        else
        {
            // "the last two", "the first two"
            var many = count > 1 && place is 0 or 1 ? count.Value : 1;
            Keep(part, kind, i => many == 1 ? i != at - 1 : place is 0 ? i < length - many : i >= many);
        }

        return true;
    }

    private static bool IsException(CorrectionSegment segment) => segment.Cut.Length > 0 && CorrectionWords.Has(segment.Cut, "except");

    // the list that is spoken of, else the longest that is long enough
    private (int Part, string Kind)? ListOf(string? kind, int fewest)
    {
        string[] kinds = kind is not null ? [kind] : [ProposalFields.Answers, ProposalFields.Milestones, ProposalFields.Contacts, Steps];
        var lists = from part in Enumerable.Range(0, now.Opportunities.Count)
                    from k in kinds
                    let length = LengthOf(part, k)
                    where length >= fewest
                    orderby length descending
                    select ((int Part, string Kind)?)(part, k);
        return lists.FirstOrDefault();
    }

    private int LengthOf(int part, string kind) => kind switch
    {
        ProposalFields.Contacts => Part(part).Met.Count,
        ProposalFields.Milestones => Part(part).Milestones.Count,
        ProposalFields.Answers => Part(part).Answers.Count,
        _ => Part(part).NextSteps.Count,
    };

    private void Keep(int part, string kind, Func<int, bool> which)
    {
        var of = Part(part);
        switch (kind)
        {
            case ProposalFields.Contacts:
                Change(part, of with { Met = [.. of.Met.Where((_, i) => which(i))] }, ProposalFields.Contacts);
                break;
            case ProposalFields.Milestones:
                Change(part, of with { Milestones = [.. of.Milestones.Where((_, i) => which(i))] }, ProposalFields.Milestones);
                break;
            case ProposalFields.Answers:
                Change(part, of with { Answers = [.. of.Answers.Where((_, i) => which(i))] }, ProposalFields.Answers);
                break;
            default:
                Change(part, of with { NextSteps = [.. of.NextSteps.Where((_, i) => which(i))] }, ProposalFields.NextStep);
                break;
        }
    }

    // "remove bid submitted", "the contract is not signed yet", "take that off"
    private bool TakeOff(CorrectionSegment segment)
    {
        var bare = Bare(segment);
        var isException = IsException(segment);

        // "Friday, not Wednesday": the day is denied, not what is to be done on it
        var deniesDay = dates.Any(d => segment.Span.Holds(d.Span) && CorrectionWords.EndsWith(folded[segment.Span.Start..d.Span.Start], "notBefore"));
        if ((!CorrectionWords.Has(bare, "remove") && !isException) || (deniesDay && DateIn(segment) is not null))
        {
            return false;
        }

        var items = Items(segment);
        if (items.Count == 0 && CorrectionWords.KindIn(bare) is { } kind && ListOf(kind, 1) is var (part, list)
            && (CorrectionWords.Has(bare, "none") || CorrectionWords.Has(bare, "takeOff")) && !CorrectionWords.SaysMore(bare, "remove", "of/" + kind, "filler", "before", "that", "common"))
        {
            Keep(part, list, _ => false);
            hasTakenOff = true;
            return true;
        }

        if (items.Count == 0 && CorrectionWords.Has(bare, "takeOff") && CorrectionWords.Has(bare, "that"))
        {
            // just named in the same breath, else the only one there is
            if (hasTakenOff)
            {
                return true;
            }

            items = ShownItems.Of(now, scene.Playbook);
            if (items.Count > 1)
            {
                return Ask(new CorrectionDoubt(DoubtAbout.Item, "", [.. items.Select(OptionWithout)]));
            }
        }

        switch (items.Count)
        {
            case 0:
                return false;
            case > 1:
                return Ask(new CorrectionDoubt(DoubtAbout.Item, segment.Span.Of(text), [.. items.Select(OptionWithout)]));
            default:
                Change(items[0].Part, Without(items[0]), FieldOf(items[0]));
                hasTakenOff = true;
                return true;
        }
    }

    private DoubtOption OptionWithout(ShownItem item)
    {
        var without = now.With(item.Part, Without(item)) with { Changed = [.. changed, new ProposalField(item.Part, FieldOf(item))] };
        return new DoubtOption(FieldOf(item), ValueOf(item), without);
    }

    private string FieldOf(ShownItem item) => item.Field == "facts" ? ProposalFields.Of(Part(item.Part).Facts[item.Index].Field) : item.Field;

    private string ValueOf(ShownItem item)
    {
        var of = Part(item.Part);
        return item.Field switch
        {
            ProposalFields.Milestones => of.Milestones[item.Index].Milestone.Value,
            ProposalFields.Answers => of.Answers[item.Index].Question.Value,
            ProposalFields.NextStep => of.NextSteps[item.Index].What,
            ProposalFields.NewContacts => of.NewContacts[item.Index].Name,
            _ => of.Facts[item.Index].Value,
        };
    }

    private OpportunityProposal Without(ShownItem item)
    {
        var of = Part(item.Part);
        return item.Field switch
        {
            ProposalFields.Milestones => of with { Milestones = Others(of.Milestones) },
            ProposalFields.Answers => of with { Answers = Others(of.Answers) },
            ProposalFields.NextStep => of with { NextSteps = Others(of.NextSteps) },
            ProposalFields.NewContacts => of with { NewContacts = Others(of.NewContacts) },
            _ => of with { Facts = Others(of.Facts) },
        };

        IReadOnlyList<T> Others<T>(IReadOnlyList<T> list) => [.. list.Where((_, i) => i != item.Index)];
    }

    // "it is not lost"
    private bool TakeStatus(CorrectionSegment segment)
    {
        var bare = Bare(segment);
        for (var part = 0; part < now.Opportunities.Count; part++)
        {
            if (Part(part).Status is { } said && isConfirmed && !CorrectionWords.SaysMore(bare, ListOf(said.To), "filler", "before"))
            {
                return true;
            }

            if (Part(part).Status is { } status && (CorrectionWords.Has(bare, "remove") || CorrectionWords.Has(bare, "whoSaid")) && CorrectionWords.Has(bare, ListOf(status.To)))
            {
                Change(part, Part(part) with { Status = null }, ProposalFields.Status);
                return true;
            }
        }

        return false;

        static string ListOf(StatusChange to) => to switch
        {
            StatusChange.Lost => "lost",
            StatusChange.OnHold => "onHold",
            StatusChange.Won => "won",
            StatusChange.Reopened => "reopened",
            StatusChange.HandedOver => "handedOver",
            _ => throw new ArgumentOutOfRangeException(nameof(to), to, null),
        };
    }

    // "amount is 2.1 not 2.4": the number that is not denied; without a unit it has that of the amount shown
    private bool TakeAmount(CorrectionSegment segment)
    {
        var words = Words(segment);
        var part = PartOf(segment);
        var former = Part(part).Facts.FirstOrDefault(f => f.Field == FactField.Amount);
        if (!CorrectionWords.Has(words, "amount") && !(former is not null && dates.All(d => !segment.Span.Holds(d.Span)) && SaysOnlyNumbers(segment)))
        {
            return false;
        }

        var on = Find(Part(part).Opportunity)?.Facts.Amount;
        var amounts = Amounts.In(segment.Span.Of(text)).Select(a => (a.Span, Value: a.Amount, a.Currency))
            .Concat(BareNumbers(segment)).OrderBy(n => n.Span.Start).ToList();
        var meant = amounts.Where(a => !CorrectionWords.EndsWith(words[..a.Span.Start], "notBefore")).ToList();
        if (meant.Count == 0)
        {
            return amounts.Count > 0;
        }

        var (_, value, currency) = meant[^1];
        value = Scaled(value, former?.Amount ?? on?.Amount ?? 0);
        var fact = (former ?? new FactToRecord(FactField.Amount, "")) with
        {
            Value = value.ToString("0.##", CultureInfo.InvariantCulture), Amount = value, Currency = currency ?? former?.Currency, Said = Proposals.Cut(segment.Span.Of(text)),
        };
        Change(part, Part(part) with { Facts = [.. Part(part).Facts.Where(f => f.Field != FactField.Amount), fact] }, ProposalFields.Amount);
        return true;
    }

    private bool SaysOnlyNumbers(CorrectionSegment segment) =>
        Words(segment).Any(char.IsAsciiDigit) && !CorrectionWords.SaysMore(new string([.. Words(segment).Where(c => !char.IsAsciiDigit(c))]), "filler", "before", "replace", "notBefore", "million", "thousand", "that", "common");

    private IEnumerable<(TextSpan Span, decimal Value, string? Currency)> BareNumbers(CorrectionSegment segment)
    {
        var words = Words(segment);
        var known = Amounts.In(segment.Span.Of(text)).Select(a => a.Span).ToList();
        for (var i = 0; i < words.Length;)
        {
            var end = i;
            while (end < words.Length && (char.IsAsciiDigit(words[end]) || (words[end] is '.' or ',' && end > i && end + 1 < words.Length && char.IsAsciiDigit(words[end + 1]))))
            {
                end++;
            }

            if (end > i && char.IsAsciiDigit(words[i]) && !known.Exists(k => k.Start < end && k.End > i)
                && decimal.TryParse(Grouped(words[i..end]), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                yield return (new TextSpan(i, end - i), value, null);
            }

            i = Math.Max(end, i + 1);
        }
    }

    // a comma before three digits groups them, any other is a point
    private static string Grouped(string number) =>
        number.Split(',') is [_, .. { Length: > 0 } groups] && groups.All(g => g.Length == 3) ? number.Replace(",", "", StringComparison.Ordinal) : number.Replace(',', '.');

    // "2.1" beside an amount of 2,400,000 is 2.1 million
    private static decimal Scaled(decimal value, decimal former)
    {
        if (value <= 0 || former <= 0 || value * 50 >= former)
        {
            return value;
        }

        decimal[] units = [1_000, 10_000, 1_000_000, 100_000_000];
        return units.Select(u => value * u).OrderBy(v => v > former ? v / former : former / v).First();
    }
}
