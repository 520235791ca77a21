namespace KeyAccountBot.Language;

/// <summary>An answer in words: taken as said, without the politeness, and without what fills another field or asks for something else.</summary>
internal static class TextReplies
{
    /// <summary>Reads it; words always answer.</summary>
    public static ReplyReading Read(string said, string folded, IReadOnlyList<ReplyPart> parts, OpenQuestion question)
    {
        if (question.MayBeLeftOut && parts.SelectMany(p => ReplyPart.Clauses(folded, p.Span)).Any(c => ReplyWords.Is("emptyField/" + question.Field, c.Of(folded)) || ReplyWords.In("emptyField/" + question.Field, c.Of(folded))))
        {
            return new ReplyReading(ReplyEffect.Answer) { IsLeftOut = true };
        }

        if (ReplyWords.Is("sameAsBefore", folded))
        {
            return question.Former is { } former ? ReplyReadings.Answer(former) with { Also = question.FormerFurther } : new ReplyReading(ReplyEffect.Reask);
        }

        List<ReplyField> also = [.. ReplyReadings.Reasons(said, folded, question)];
        List<ReplyField> changes = [];
        List<TextSpan> words = [];
        string? rest = null;
        foreach (var part in parts)
        {
            var text = part.Span.Of(folded);
            if (part.Asks || (words.Count > 0 && ReplyWords.IsAll("orders", text) && Set(said, folded, part.Span, question) is null))
            {
                rest ??= said[part.Span.Start..].Trim();
                continue;
            }

            if (words.Count > 0 && Corrected(said, folded, part.Span, question) is { } corrected)
            {
                changes.Add(corrected);
            }
            else if (Set(said, folded, part.Span, question) is { } set && set.All(f => f.Field != question.Field) && (words.Count > 0 || parts.Count == 1 || set.Count > 0))
            {
                also.AddRange(set);
            }
            else if (words.Count > 0 && DayField(question) is { } field && OnlyDate(said, folded, part.Span, question) is { } day)
            {
                also.Add(new ReplyField(field, [day]));
            }
            else
            {
                words.Add(part.Span);
            }
        }

        if (words.Count == 0)
        {
            return (also.Count + changes.Count > 0 && rest is null) || changes.Count > 0
                ? new ReplyReading(ReplyEffect.Correct) { Changes = [.. changes, .. also] }
                : new ReplyReading(ReplyEffect.Interrupt) { Rest = rest ?? said.Trim() };
        }

        // what belongs together stays together, as it was written
        var span = new TextSpan(words[0].Start, words.TakeWhile((w, i) => i == 0 || IsNextTo(parts, words[i - 1], w)).Last().End - words[0].Start);
        var (answer, date) = WithoutDate(said, folded, span, question);
        if (date is not null && DayField(question) is { } dayField && also.All(a => a.Field != dayField))
        {
            also.Add(new ReplyField(dayField, [date]));
        }

        answer = WithItsEnd(folded, ReplyWords.Without(folded, answer, "textBefore", "textAfter"), answer.End);
        var value = answer.Of(said).Trim().Trim(',', ';', '，', '；').Trim();
        return changes.Count > 0
            ? new ReplyReading(ReplyEffect.Correct) { Changes = [.. changes, new ReplyField(question.Field, [value])], Also = also, Rest = rest }
            : ReplyReadings.Answer(value) with { Also = also, Rest = rest, Cause = ReplyReadings.IsReason(question) ? ReplyReadings.Cause(folded) : null, Score = 0.8 };
    }

    // a bracket, a full stop, a question mark belongs to what it ends
    private static TextSpan WithItsEnd(string folded, TextSpan answer, int until)
    {
        var (start, end) = (answer.Start, answer.End);
        while (start > 0 && folded[start - 1] is '"' or '“' or '*' or '\'' or '(')
        {
            start--;
        }

        while (end >= until && end < folded.Length && folded[end] is '.' or '!' or '?' or '。' or '"' or '”' or '…' or ')' or '\'')
        {
            end++;
        }

        // a full stop between two things is no part of the first
        while (end > answer.End && end < folded.Length && folded[end - 1] is '.' or '。')
        {
            end--;
        }

        return new TextSpan(start, end - start);
    }

    private static bool IsNextTo(IReadOnlyList<ReplyPart> parts, TextSpan one, TextSpan next)
    {
        var at = parts.ToList().FindIndex(p => p.Span == one);
        return at + 1 < parts.Count && parts[at + 1].Span == next;
    }

    // the field of the dialog that holds a day
    private static string? DayField(OpenQuestion question) =>
        question.Further.FirstOrDefault(f => f.EndsWith("Date", StringComparison.Ordinal) && f != "milestoneDate") ?? question.Further.FirstOrDefault(f => f is "until" or "expectedClose");

    // "my next step as call Marco on the 14th", 金额改成三百一十万: another field and what it is to be
    private static List<ReplyField>? Set(string said, string folded, TextSpan part, OpenQuestion question)
    {
        var words = part.Of(folded);
        foreach (var field in ReplyReadings.Fields)
        {
            foreach (var name in ReplyWords.Places("field/" + field, words))
            {
                var after = words[name.End..];
                var sign = after.Length - after.TrimStart().Length;
                var becomes = after.TrimStart().StartsWith(':') || after.TrimStart().StartsWith('=') ? sign + 1
                    : ReplyWords.Leads("becomes", after.TrimStart()) is > 0 and var lead ? sign + lead : 0;
                if (becomes == 0)
                {
                    continue;
                }

                var start = part.Start + name.End + becomes;
                var value = ReplyWords.Trim(folded, new TextSpan(start, part.End - start));
                if (value.Length == 0)
                {
                    continue;
                }

                if (ValueOf(field, said, folded, value, question) is { Count: > 0 } values)
                {
                    return values;
                }
            }
        }

        return null;
    }

    private static List<ReplyField>? ValueOf(string field, string said, string folded, TextSpan value, OpenQuestion question)
    {
        switch (field)
        {
            case "nextStep" or "evidence":
                var (text, date) = WithoutDate(said, folded, value, question with { Further = [.. question.Further, "nextStepDate"] });
                List<ReplyField> fields = [new ReplyField(field, [ReplyWords.Without(folded, text, "textBefore", "textAfter").Of(said)])];
                if (field == "nextStep" && date is not null)
                {
                    fields.Add(new ReplyField("nextStepDate", [date]));
                }

                return fields;
            case "amount":
                return Amounts.In(value.Of(said)) is [var amount, ..] ? [new ReplyField(field, [amount.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)])]
                    : Amounts.Read(value.Of(said)) is { } number ? [new ReplyField(field, [number.ToString(System.Globalization.CultureInfo.InvariantCulture)])] : null;
            case "nextStepDate" or "expectedClose" or "until":
                return SpokenDates.In(value.Of(said), question.Today, question.Culture) is [var ahead, ..] && ahead.Shape != SpokenDateShape.Unreadable
                    ? [new ReplyField(field, [DayReplies.Iso(ahead.Ahead(question.Today).On)])] : null;
            case "milestoneDate":
                return SpokenDates.In(value.Of(said), question.Today, question.Culture) is [var past, ..] && past.Shape != SpokenDateShape.Unreadable
                    ? [new ReplyField(field, [DayReplies.Iso(past.Behind(question.Today).On)])] : null;
            default:
                return null;
        }
    }

    // "but the date is wrong: 30 November" of an answer given before
    private static ReplyField? Corrected(string said, string folded, TextSpan part, OpenQuestion question)
    {
        var words = part.Of(folded);
        if (!ReplyWords.In("wrong", words))
        {
            return null;
        }

        var field = ReplyReadings.Fields.FirstOrDefault(f => f != question.Field && ReplyWords.In("field/" + f, words));
        if (field is null)
        {
            return null;
        }

        var dates = SpokenDates.In(part.Of(said), question.Today, question.Culture).Where(d => d.Shape != SpokenDateShape.Unreadable).ToList();
        return (field, dates) switch
        {
            ("milestoneDate", [.., var past]) => new ReplyField(field, [DayReplies.Iso(past.Behind(question.Today).On)]),
            ("nextStepDate" or "until" or "expectedClose", [.., var ahead]) => new ReplyField(field, [DayReplies.Iso(ahead.Ahead(question.Today).On)]),
            ("amount", _) when Amounts.In(part.Of(said)) is [.., var amount] => new ReplyField(field, [amount.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)]),
            _ => null,
        };
    }

    private static string? OnlyDate(string said, string folded, TextSpan part, OpenQuestion question)
    {
        var dates = SpokenDates.In(part.Of(said), question.Today, question.Culture);
        return dates is [var date] && date.Shape != SpokenDateShape.Unreadable && part.Length - date.Span.Length <= 24 && Lone(part.Of(folded), date.Span)
            ? DayReplies.Iso(date.Ahead(question.Today).On) : null;
    }

    // beside the date only words that go with a date: "the end of Q1 at the earliest"
    private static bool Lone(string words, TextSpan date) =>
        ReplyWords.Is("besideDate", words[..date.Start].Trim()) | words[..date.Start].Trim().Length == 0
        && (words[date.End..].Trim(' ', '.', ',', '!').Length == 0 || ReplyWords.Is("besideDate", words[date.End..].Trim()));

    // a date at the edge is when, not what: "call Marco, Friday", 周五发图纸
    private static (TextSpan Text, string? Date) WithoutDate(string said, string folded, TextSpan span, OpenQuestion question)
    {
        if (DayField(question) is null)
        {
            return (span, null);
        }

        var dates = SpokenDates.In(span.Of(said), question.Today, question.Culture).Where(d => d.Shape is not (SpokenDateShape.Unreadable or SpokenDateShape.TimeOnly)).ToList();
        if (dates.Count == 0)
        {
            return (span, null);
        }

        var date = dates[^1];
        var iso = date.Ahead(question.Today) is var ahead && ahead.To >= question.Today ? DayReplies.Iso(ahead.On) : null;
        var (before, after) = (new TextSpan(span.Start, date.Span.Start), new TextSpan(span.Start + date.Span.End, span.Length - date.Span.End));
        var (lead, tail) = (ReplyWords.Trim(folded, before), ReplyWords.Trim(folded, after));
        if (tail.Length > 0 && ReplyWords.Is("besideDate", tail.Of(folded)))
        {
            tail = new TextSpan(tail.Start, 0);
        }

        if (lead.Length > 0 && tail.Length == 0)
        {
            var joint = ReplyWords.Trails("beforeDate", lead.Of(folded));
            lead = ReplyWords.Trim(folded, new TextSpan(lead.Start, lead.Length - joint));
            return lead.Length > 0 ? (lead, iso) : (span, iso);
        }

        if (tail.Length > 0 && (lead.Length == 0 || ReplyWords.Is("beforeDate", lead.Of(folded)) || ReplyWords.Is("textBefore", lead.Of(folded))))
        {
            var joint = ReplyWords.Leads("afterDate", tail.Of(folded));
            tail = ReplyWords.Trim(folded, new TextSpan(tail.Start + joint, tail.Length - joint));
            return tail.Length > 0 ? (tail, iso) : (span, iso);
        }

        return (span, iso);
    }
}
