using System.Globalization;
using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Finds what a message says changed of the opportunity's facts and of the customer's people.</summary>
internal static class ChangedFacts
{
    private const Tone Unsure = Tone.Denied | Tone.Doubted | Tone.Hearsay | Tone.Conditional | Tone.Asked | Tone.Ironic | Tone.Retracted | Tone.Foreign;
    private const int BestScore = 4;
    private static readonly LanguageFiles Wording = LanguageFiles.Part("reports");
    private static readonly string ScoreJoint = " :=-：" + string.Concat(Wording["scoreJoint"].Select(l => l.Text));

    /// <summary>The facts, with the statement that says them.</summary>
    public static IReadOnlyList<(ProposedFact Fact, Statement In)> In(ReportText text, IReadOnlyList<Statement> statements, ReportScene scene)
    {
        List<(ProposedFact, Statement)> found = [];
        foreach (var statement in statements.Where(s => s.Voice is Voice.Writer or Voice.Quoted))
        {
            var words = text.Masked.Substring(statement.Span.Start, statement.Span.Length);
            var isFirm = (statement.Tone & (Unsure & ~Tone.Denied)) == Tone.Stated;
            var isSame = text.Has("same", statement.Span);
            if ((statement.Tone & (Unsure & ~(Tone.Denied | Tone.Doubted))) == Tone.Stated && !isSame && statement.Voice == Voice.Writer && Amount(text, statements, statement, words, scene) is { } amount)
            {
                found.Add((amount, statement));
            }

            if (isFirm && !isSame && Day(text, statement, words, FactField.BidDeadline, "bidDeadline", "bidDeadlineNot", scene.Today) is { } deadline)
            {
                found.Add((deadline, statement));
            }
            else if (isFirm && !isSame && statement.Voice == Voice.Writer && Day(text, statement, words, FactField.ExpectedClose, "expectedClose", "bidDeadline", scene.Today) is { } close)
            {
                found.Add((close, statement));
            }

            if (statement.Voice == Voice.Writer && (statement.Tone & (Unsure & ~(Tone.Hearsay | Tone.Denied | Tone.Foreign))) == Tone.Stated)
            {
                found.AddRange(Competitors(text, statement, words).Select(f => (f, statement)));
            }

            if (statement.Voice == Voice.Writer && (statement.Tone & (Unsure & ~(Tone.Hearsay | Tone.Denied | Tone.Foreign | Tone.Conditional))) == Tone.Stated)
            {
                found.AddRange(People(text, statements, statement, words, scene).Select(f => (f, statement)));
            }
        }

        if (DecisionMaker(text, statements, scene) is { } decides)
        {
            found.Add(decides);
        }

        if (Evaluation(text, statements, scene) is { } scored)
        {
            found.Add(scored);
        }

        return found;
    }

    // ---- what it is worth

    private static ProposedFact? Amount(ReportText text, IReadOnlyList<Statement> statements, Statement statement, string words, ReportScene scene)
    {
        // the figure may stand in a clause of its own: "ours is lot 1, 480k"
        var around = statements.Where(s => s.Sentence == statement.Sentence && Math.Abs(s.Index - statement.Index) < 2).ToList();
        var span = new TextSpan(around[0].Span.Start, around[^1].Span.End - around[0].Span.Start);
        if (text.Has("amountNot", statement.Span) || (text.Has("amountNot", span) && !text.Has("amountFrom", statement.Span)))
        {
            return null;
        }

        _ = words;
        var froms = text.All("amountFrom", span).ToList();
        var current = scene.Opportunities.FirstOrDefault(o => o.Id == statement.Subject)?.Facts.Amount;
        foreach (var match in text.All("amount", span).Where(m => statement.Span.Start < m.End && m.End <= statement.Span.End))
        {
            if ((text.ToneBeside(statement.Span, match) & (Tone.Doubted | Tone.Hearsay)) != Tone.Stated)
            {
                continue;
            }

            var mentioned = text.Amounts.Where(a => match.Holds(a.Span) && !froms.Exists(f => f.Holds(a.Span))).ToList();
            if (mentioned.Count > 0)
            {
                return Worth(mentioned[^1].Amount, mentioned[^1].Currency, match);
            }

            // bare figures: what they are in thousands or millions shows from the figure that was
            var figures = Figures(text.Masked, span);
            var old = figures.Find(n => froms.Exists(f => f.Holds(n)));
            var fresh = figures.FindLast(n => match.Holds(n) && !froms.Exists(f => f.Holds(n)));
            if (old.Length > 0 && fresh.Length > 0 && current is { } was && Scale(Figure(old.Of(text.Masked)), was.Amount) is { } scale)
            {
                return Worth(Figure(fresh.Of(text.Masked)) * scale, null, match);
            }

            if (old.Length == 0 && fresh.Length > 0 && froms.Count == 0 && current is { } value && figures.Count == 1 && Figure(fresh.Of(text.Masked)) is >= 1000 and var sum && sum * 10 > value.Amount)
            {
                return Worth(sum, null, match);
            }
        }

        return null;
    }

    /// <summary>Whether the figure in these words is what something is worth, in whatever thousands.</summary>
    public static bool IsWorth(ReportText text, TextSpan words, decimal amount) =>
        text.Amounts.Any(a => words.Holds(a.Span) && a.Amount == amount) || Figures(text.Masked, words).Exists(f => Scale(Figure(f.Of(text.Masked)), amount) is not null);

    private static List<TextSpan> Figures(string text, TextSpan within)
    {
        List<TextSpan> figures = [];
        for (var i = within.Start; i < within.End; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var start = i;
            while (i < within.End && (char.IsAsciiDigit(text[i]) || (text[i] is '.' or ',' && i + 1 < within.End && char.IsAsciiDigit(text[i + 1]))))
            {
                i++;
            }

            figures.Add(new TextSpan(start, i - start));
        }

        return figures;
    }

    private static ProposedFact Worth(decimal amount, string? currency, TextSpan said) =>
        new(FactField.Amount, amount.ToString("0.##", CultureInfo.InvariantCulture), said) { Amount = amount, Currency = currency };

    private static decimal Figure(string digits)
    {
        var last = digits.LastIndexOfAny(['.', ',']);
        var isDecimal = last >= 0 && digits.Length - last - 1 != 3;
        var whole = isDecimal ? digits[..last] : digits;
        var number = new string([.. whole.Where(char.IsAsciiDigit)]);
        return decimal.Parse((number.Length > 15 ? number[..15] : number) + (isDecimal ? "." + digits[(last + 1)..] : ""), CultureInfo.InvariantCulture);
    }

    private static decimal? Scale(decimal figure, decimal was)
    {
        foreach (var scale in new[] { 1m, 1_000m, 10_000m, 1_000_000m, 100_000m, 10_000_000m })
        {
            if (figure > 0 && Math.Abs((figure * scale) - was) <= was * 0.02m)
            {
                return scale;
            }
        }

        return null;
    }

    // ---- days

    private static ProposedFact? Day(ReportText text, Statement statement, string words, FactField field, string list, string except, DateOnly today)
    {
        if (text.Has(except, statement.Span))
        {
            return null;
        }

        foreach (var match in text.All(list, statement.Span))
        {
            var (from, to) = (match.Start, match.End);
            var dates = text.Dates.Where(d => d.Shape != SpokenDateShape.Unreadable && d.Span.Start >= from && d.Span.End <= to).Select(d => d.Ahead(today)).ToList();
            var date = dates.FindLast(d => d.To >= today) ?? null;
            if (date is not null)
            {
                var day = field == FactField.BidDeadline ? date.To : date.On;
                return new ProposedFact(field, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), match) { On = day, Latest = date.To };
            }
        }

        return null;
    }

    // ---- people and competitors

    private static IEnumerable<ProposedFact> Competitors(ReportText text, Statement statement, string words)
    {
        if (text.Has("competitorNot", statement.Span))
        {
            yield break;
        }

        foreach (var match in text.All("competitor", statement.Span))
        {
            var (from, to) = (match.Start, match.End);
            if (text.Names.FirstOrDefault(n => n.Kind == NameKind.Competitor && n.Span.Start >= from && n.Span.End <= to) is { } named)
            {
                yield return new ProposedFact(FactField.Competitor, named.Fits[0].Name, match);
            }
        }
    }

    private static IEnumerable<ProposedFact> People(ReportText text, IReadOnlyList<Statement> statements, Statement statement, string words, ReportScene scene)
    {
        if (Contact(text, statement, words, "contactLeft", scene) is { } left && !text.Has("contactLeftNot", statement.Span))
        {
            var date = statement.Date ?? statements.FirstOrDefault(s => s.Index > statement.Index && s.Index <= statement.Index + 1 && s.Date is not null && text.Has("lastDay", s.Span))?.Date;
            yield return new ProposedFact(FactField.ContactLeft, left.Name, left.Said) { Contact = left.Id, On = date?.From };
        }
        else if (Contact(text, statement, words, "contactChanged", scene) is { } changed)
        {
            yield return new ProposedFact(FactField.ContactChanged, changed.Name, changed.Said) { Contact = changed.Id };
        }

        if (text.First("maintainer", statement.Span) is { } keeps && Contact(text, statement, words, "maintainer", scene) is { } kept
            && text.Names.FirstOrDefault(n => n.Kind == NameKind.Colleague && keeps.Holds(n.Span)) is { Fits: [var one] })
        {
            yield return new ProposedFact(FactField.Maintainer, one.Name, kept.Said) { Contact = kept.Id };
        }

        if (text.First("coach", statement.Span) is { } coach && Before(text, statement, scene) is { } who && !IsCoach(who, scene))
        {
            yield return new ProposedFact(FactField.Coach, who.Name, coach) { Contact = new ContactId(who.Id) };
        }
    }

    private static bool IsCoach(KnownName who, ReportScene scene) =>
        scene.Accounts.FirstOrDefault(a => a.Id.Value == who.Account)?.Find(new ContactId(who.Id)) is not { Data.IsCoach: false };

    // the contact named last, in the statement or just before it
    private static KnownName? Before(ReportText text, Statement statement, ReportScene scene) =>
        text.Names.LastOrDefault(n => n.Kind == NameKind.Contact && n.Span.Start < statement.Span.End && statement.Span.Start - n.Span.End < 120) is { } named ? One(named, statement, scene) : null;

    private static (string Name, ContactId Id, TextSpan Said)? Contact(ReportText text, Statement statement, string words, string list, ReportScene scene)
    {
        foreach (var match in text.All(list, statement.Span))
        {
            var (from, to) = (match.Start, match.End);
            if (text.Names.FirstOrDefault(n => n.Kind == NameKind.Contact && n.Span.Start >= from && n.Span.End <= to) is { } named && One(named, statement, scene) is { } one)
            {
                return (one.Name, new ContactId(one.Id), match);
            }
        }

        return null;
    }

    private static KnownName? One(NameMention named, Statement statement, ReportScene scene)
    {
        var account = scene.Opportunities.FirstOrDefault(o => o.Id == statement.Subject)?.Facts.AccountId?.Value;
        var here = named.Fits.Where(f => f.Account == account).ToList();
        return here.Count == 1 ? here[0] : null;
    }

    private static (ProposedFact Fact, Statement In)? DecisionMaker(ReportText text, IReadOnlyList<Statement> statements, ReportScene scene)
    {
        foreach (var sentence in statements.Where(s => s.Voice == Voice.Writer).GroupBy(s => s.Sentence))
        {
            var (start, end) = (sentence.First().Span.Start, sentence.Last().Span.End);
            if (text.First("decisionMaker", new TextSpan(start, end - start)) is not { } match || sentence.Any(s => (s.Tone & (Tone.Asked | Tone.Doubted | Tone.Conditional | Tone.Ironic)) != Tone.Stated))
            {
                continue;
            }

            // somebody new named with it decides; else the contact within the words
            var statement = sentence.First();
            var newcomers = text.Newcomers.Where(n => n.Named.Start >= start && n.Named.End <= end).ToList();
            if (newcomers.Count == 1)
            {
                return (new ProposedFact(FactField.DecisionMaker, newcomers[0].Name, match), statement);
            }

            var inWords = text.Names.Where(n => n.Kind == NameKind.Contact && match.Holds(n.Span)).ToList();
            if (inWords.Count == 1 && (text.ToneOf(match) & Tone.Denied) == Tone.Stated && One(inWords[0], statement, scene) is { } one)
            {
                return (new ProposedFact(FactField.DecisionMaker, one.Name, match) { Contact = new ContactId(one.Id) }, statement);
            }
        }

        return null;
    }

    // ---- scores

    private static (ProposedFact Fact, Statement In)? Evaluation(ReportText text, IReadOnlyList<Statement> statements, ReportScene scene)
    {
        var scores = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (first, last) = (int.MaxValue, 0);
        foreach (var criterion in scene.Playbook.Evaluation.Criteria)
        {
            var id = char.ToLowerInvariant(criterion.Id.ToString()[0]) + criterion.Id.ToString()[1..];
            if (!Wording.Lists.Contains("criterion/" + id, StringComparer.Ordinal))
            {
                continue;
            }

            foreach (var match in Wording.Pattern("criterion/" + id).In(text.Masked))
            {
                var after = text.Masked.AsSpan(match.Index + match.Length);
                var at = after.Length - after.TrimStart(ScoreJoint).Length;
                if (at < after.Length && char.IsAsciiDigit(after[at]) && after[at] - '0' <= BestScore && !(at + 1 < after.Length && (char.IsAsciiDigit(after[at + 1]) || after[at + 1] == '%' || (after[at + 1] is '.' or ',' && at + 2 < after.Length && char.IsAsciiDigit(after[at + 2])))))
                {
                    scores[id] = after[at] - '0';
                    (first, last) = (Math.Min(first, match.Index), Math.Max(last, match.Index + match.Length + at + 1));
                    break;
                }
            }
        }

        return scores.Count == scene.Playbook.Evaluation.Criteria.Count && scores.Count > 0 && Statements.At(statements, new TextSpan(first, 1)) is { Voice: Voice.Writer } statement
            ? (new ProposedFact(FactField.Evaluation, string.Join(' ', scores.Select(s => $"{s.Key}={s.Value}")), new TextSpan(first, last - first)) { Scores = scores }, statement)
            : null;
    }
}
