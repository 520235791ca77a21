namespace KeyAccountBot.Language;

/// <summary>
/// Reads a reply in the light of the question that stands open: an answer, a step back, the end of the talk, something else, or a question
/// about the question. It guesses nothing: what cannot be decided is asked again.
/// </summary>
public static class ReplyReadings
{
    private const int LongestYes = 12;

    private const int Longest = 4000;
    private const int LongestControl = 120;
    private const int FewestWordsOfAReport = 6;
    private const int MostWordsOfAChoice = 12;

    /// <summary>Whether the words are a yes or a no and nothing else.</summary>
    public static bool IsYesOrNo(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var folded = Spelling.Fold(words).Trim();
        return folded.Length <= LongestYes && (ReplyWords.Is("yes", folded) || ReplyWords.Is("no", folded));
    }

    /// <summary>Reads it. Any text is read as something.</summary>
    /// <param name="text">As written.</param>
    /// <param name="question">What stands open.</param>
    public static ReplyReading Read(string text, OpenQuestion question)
    {
        var said = text.Length > Longest ? text[..Longest] : text;
        var folded = Spelling.Fold(said);
        if (string.IsNullOrWhiteSpace(folded))
        {
            return new ReplyReading(ReplyEffect.Reask) { Score = 0 };
        }

        return Plain(folded, question) ?? Control(folded, question) ?? InParts(said, folded, question);
    }

    /// <summary>Whether the words want something of the bot: a question, an order.</summary>
    public static bool Asks(string text) => text.Length <= Longest && ReplyPart.Of(Spelling.Fold(text)).Any(p => p.Asks);

    // the very words of a choice; nothing at all
    private static ReplyReading? Plain(string folded, OpenQuestion question)
    {
        if (question.Choices.Count > 0 && new ChoiceReplies(question.Choices).Exact(folded) is { } exact)
        {
            return Answer(question.Choices[exact].Value);
        }

        if (ReplyWords.Is("leftOut", folded) && !(question.Kind == QuestionKind.Confirm || IsYesNo(question)))
        {
            return question.Kind switch
            {
                QuestionKind.Choices or QuestionKind.People => Answer(),
                QuestionKind.Choice => TurnedDown(folded, question),
                QuestionKind.Person or QuestionKind.Number or QuestionKind.Amount or QuestionKind.PastDay or QuestionKind.DayAhead or QuestionKind.Period or QuestionKind.Moment =>
                    ByKind(folded, folded, question) is { Effect: ReplyEffect.Answer, Values.Count: > 0 } answer ? answer : LeftOut(question),
                _ when question.MayBeLeftOut => LeftOut(question),
                _ => null,
            };
        }

        return null;
    }

    // none of these; or it is not known, where one of the choices says so
    private static ReplyReading? TurnedDown(string folded, OpenQuestion question) =>
        new ChoiceReplies(question.Choices).Read(folded) is { Taken: [var one] } ? Answer(question.Choices[one].Value)
        : ReplyWords.Is("none", folded) ? Answer()
        : LeftOut(question);

    private static ReplyReading? Control(string folded, OpenQuestion question)
    {
        if (folded.Length > LongestControl)
        {
            return null;
        }

        var clauses = ReplyPart.Clauses(folded, new TextSpan(0, folded.Length));
        var first = clauses.Count > 0 ? clauses[0].Of(folded) : folded.Trim();
        if (ReplyWords.Has("premise/" + question.Field) && clauses.Any(c => ReplyWords.Is("premise/" + question.Field, c.Of(folded))))
        {
            return new ReplyReading(ReplyEffect.Abandon);
        }

        if (ReplyWords.Is("startOver", folded))
        {
            return new ReplyReading(ReplyEffect.Back) { To = ReplyReading.ToStart };
        }

        // an answer first, where yes and no are asked for: "no", "not now"
        var isYesNo = question.Kind == QuestionKind.Confirm || IsYesNo(question);
        if (isYesNo && (ReplyWords.Is("no", folded) || ReplyWords.Is("yes", folded)) && !ReplyWords.Is("clarify", folded))
        {
            return null;
        }

        if (question.Kind is QuestionKind.PastDay && clauses.Any(c => ReplyWords.Is("notHappened", WithoutNo(c.Of(folded)))))
        {
            return new ReplyReading(ReplyEffect.Correct) { Changes = [new ReplyField("milestones", [])] };
        }

        if (ReplyWords.Is("clarify", folded) && !(question.Kind == QuestionKind.Choice && new ChoiceReplies(question.Choices).Read(folded).Taken.Count == 1))
        {
            return new ReplyReading(ReplyEffect.Clarify);
        }

        if (ReplyWords.Is("back", folded) || ReplyWords.Is("back", first) || (clauses.Count > 1 && ReplyWords.Is("back", clauses[^1].Of(folded))))
        {
            return new ReplyReading(ReplyEffect.Back) { To = FieldIn(folded, question) };
        }

        if (ReplyWords.Is("abandon", folded) || IsOnly("abandon", folded))
        {
            return new ReplyReading(ReplyEffect.Abandon);
        }

        var parts = ReplyPart.Of(folded);
        return !parts.Any(p => p.Asks) && ReplyWords.Is("abandon", first) && !(isYesNo && ReplyWords.Is("no", first)) ? new ReplyReading(ReplyEffect.Abandon) : null;
    }

    private static ReplyReading InParts(string said, string folded, OpenQuestion question)
    {
        var parts = ReplyPart.Of(folded);
        var isWords = question.Kind is QuestionKind.Text or QuestionKind.Name;
        if (isWords && question.Field.Length == 0)
        {
            // nothing is known of what is asked: the words are the answer
            return Answer(said.Trim());
        }

        if (isWords)
        {
            return parts.Count > 0 && parts.All(p => p.Asks) ? Interrupt(said) : TextReplies.Read(said, folded, parts, question);
        }

        var isDay = question.Kind is QuestionKind.PastDay or QuestionKind.DayAhead or QuestionKind.Moment or QuestionKind.Period;
        if (isDay && !folded.Contains('?', StringComparison.Ordinal) && ReplyWords.Leads("dependsOn", ReplyWords.Bare(folded, new TextSpan(0, folded.Length)).Of(folded)) > 0
            && ByKind(said, folded, question) is not { Effect: ReplyEffect.Answer })
        {
            return new ReplyReading(ReplyEffect.Reask);
        }

        // the whole of it, where nothing in it is put as a question
        if (!parts.Any(p => p.Asks) && ByKind(said, folded, question) is { } all)
        {
            return With(all, said, folded, question, from: 0);
        }

        foreach (var part in parts.Where(p => !p.Asks))
        {
            if (ByKind(part.Span.Of(said), part.Span.Of(folded), question) is { Effect: ReplyEffect.Answer or ReplyEffect.Correct } answer)
            {
                var rest = parts.Where(p => p.Span.Start > part.Span.Start && (p.Asks || ReplyWords.IsAll("orders", p.Span.Of(folded)))).Select(p => p.Span).ToList();
                var also = With(answer, said, folded, question, part.Span.End);
                return rest.Count == 0 ? also : also with { Rest = said[rest[0].Start..].Trim() };
            }
        }

        return parts.Any(p => p.Asks) ? Interrupt(said)
            : ByKind(said, folded, question) is { } whole ? whole
            : IsOrder(folded, parts) || Words(folded) >= FewestWordsOfAReport ? Interrupt(said) with { Score = 0.5 }
            : new ReplyReading(ReplyEffect.Reask) { Score = 0.3 };
    }

    private static ReplyReading? ByKind(string said, string folded, OpenQuestion question) => question.Kind switch
    {
        QuestionKind.Confirm => YesNo(folded) is { } yes ? Answer(yes ? "yes" : "no") : ReplyWords.Is("unsure", folded) ? new ReplyReading(ReplyEffect.Reask) : null,
        QuestionKind.Choice when IsYesNo(question) => YesNo(folded) is { } yes ? Answer(question.Choices[YesAt(question) == 0 == yes ? 0 : 1].Value)
            : OneOf(said, folded, question) ?? (ReplyWords.Is("unsure", folded) ? new ReplyReading(ReplyEffect.Reask) : null),
        QuestionKind.Choice => Scale(folded, question) ?? OneOf(said, folded, question) ?? SomePeople(said, folded, question),
        QuestionKind.Choices => SomePeople(said, folded, question) ?? AnyOf(folded, question),
        QuestionKind.PastDay or QuestionKind.DayAhead or QuestionKind.Moment or QuestionKind.Period => DayReplies.Read(said, folded, question),
        QuestionKind.Number or QuestionKind.Amount => Scale(folded, question) ?? NumberReplies.Read(said, folded, question),
        QuestionKind.Person or QuestionKind.People => PeopleReplies.Read(said, folded, question),
        QuestionKind.Text or QuestionKind.Name => null,
        _ => throw new ArgumentOutOfRangeException(nameof(question), question.Kind, null),
    };

    private static ReplyReading? OneOf(string said, string folded, OpenQuestion question)
    {
        var list = new ChoiceReplies(question.Choices);
        var taking = list.Read(folded);
        if (taking.IsNone)
        {
            return Answer();
        }

        if (taking.Taken.Count > 1 && question.Choices.Count > 0)
        {
            // the first clause that takes one thing answers, unless it is taken back
            var clauses = ReplyPart.Clauses(folded, new TextSpan(0, folded.Length));
            var fromLast = ReplyWords.In("noWait", folded);
            var one = (fromLast ? clauses.Reverse() : clauses).Select(c => list.Read(c.Of(folded)).Taken).FirstOrDefault(t => t.Count > 0);
            taking = one is { Count: 1 } ? taking with { Taken = one } : taking;
        }

        return taking switch
        {
            // many words that name it may be a report
            { Taken: [var one] } => Answer(question.Choices[one].Value) with { Also = Reasons(said, folded, question), Score = Words(folded) > MostWordsOfAChoice ? 0.6 : 0.9 },
            { Taken.Count: > 1 } => new ReplyReading(ReplyEffect.Reask) { Candidates = [.. taking.Taken.Select(t => question.Choices[t].Value)] },
            { Denied.Count: > 0 } when question.Choices.Count - taking.Denied.Count == 1 =>
                Answer(question.Choices[Enumerable.Range(0, question.Choices.Count).First(i => !taking.Denied.Contains(i))].Value) with { Score = 0.7 },
            { Denied.Count: > 0 } => new ReplyReading(ReplyEffect.Reask)
            {
                Candidates = [.. Enumerable.Range(0, question.Choices.Count).Where(i => !taking.Denied.Contains(i)).Select(i => question.Choices[i].Value)],
            },
            _ => null,
        };
    }

    // people to choose from are called by any name that fits: the surname, a title
    private static ReplyReading? SomePeople(string said, string folded, OpenQuestion question)
    {
        if (!PeopleFields.Contains(question.Field, StringComparer.Ordinal))
        {
            return null;
        }

        var names = question.Choices.Select(c => new KnownName(NameKind.Contact, c.Value, c.Synonyms is [var first, ..] ? first : NameOf(c.Label)) { Beside = [.. c.Beside, c.Label] }).ToList();
        return PeopleReplies.Read(said, folded, question with { Kind = question.Kind == QuestionKind.Choice ? QuestionKind.Person : QuestionKind.People, Names = names }) is { } people
            && (people.Values.Count > 0 || people.Effect == ReplyEffect.Reask) ? people : null;

        static string NameOf(string label) => label.IndexOf('·', StringComparison.Ordinal) is > 0 and var at ? label[..at].Trim() : label;
    }

    private static readonly string[] PeopleFields = ["contacts", "contact", "decisionMaker", "person", "reportsTo", "delegate", "maintainer", "approver"];

    private static ReplyReading? AnyOf(string folded, OpenQuestion question)
    {
        var taking = new ChoiceReplies(question.Choices).Read(folded);
        return !taking.IsSaid ? YesNo(folded) switch
        {
            true when question.Choices.Count == 1 => Answer(question.Choices[0].Value),
            false when ReplyWords.Is("no", folded) => Answer(),
            _ => null,
        }
            : Answer([.. taking.Taken.Select(t => question.Choices[t].Value)]) with { Score = 0.9 };
    }

    /// <summary>Whether it asks why.</summary>
    internal static bool IsReason(OpenQuestion question) => question.Field.EndsWith("Reason", StringComparison.Ordinal);

    /// <summary>Which of the usual reasons the words give first.</summary>
    internal static string? Cause(string folded)
    {
        foreach (var clause in ReplyPart.Clauses(folded, new TextSpan(0, folded.Length)).Select(c => c.Of(folded)).Prepend(folded))
        {
            var but = ReplyWords.Places("but", clause).FirstOrDefault();
            var first = but.Length > 0 && but.Start > 0 ? clause[..but.Start] : clause;
            var cause = UsualReasons.Select(r => (Reason: r, At: ReplyWords.Places("means/" + r, first).FirstOrDefault())).Where(r => r.At.Length > 0)
                .OrderBy(r => r.Reason == Other).ThenBy(r => r.At.Start).ThenByDescending(r => r.At.Length).FirstOrDefault().Reason;
            if (cause is not null)
            {
                return cause;
            }
        }

        return null;
    }

    private const string Other = "other";
    private static readonly string[] UsualReasons = ["price", "competitor", "no-budget", "no-decision", "technical", Other];

    /// <summary>Why: the words beside the reason, and who else they name.</summary>
    internal static List<ReplyField> Reasons(string said, string folded, OpenQuestion question)
    {
        List<ReplyField> also = [];
        if (!IsReason(question))
        {
            return also;
        }

        if (NameMentions.In(said, question.Names).FirstOrDefault(m => m is { Kind: NameKind.Competitor, Fits.Count: 1 }) is { } rival)
        {
            also.Add(new ReplyField("competitor", [rival.Fits[0].Name]));
        }

        var clauses = ReplyPart.Clauses(folded, new TextSpan(0, folded.Length));
        if (clauses.Count > 1 || folded.Count(c => c == ' ') > 1 || folded.Any(Spelling.IsHan))
        {
            var but = ReplyWords.Places("but", folded).FirstOrDefault();
            also.Add(new ReplyField("reasonText", [(but.Length > 0 && but.End < said.Length ? said[but.End..] : said).Trim()]));
        }

        return also;
    }

    // "met once" on a scale from 0 to 4, "a solid three"
    private static ReplyReading? Scale(string folded, OpenQuestion question)
    {
        var scale = question.Field.StartsWith("evaluation", StringComparison.Ordinal) ? "any" : question.Field;
        if (!ReplyWords.Has($"scale/{scale}/0"))
        {
            return null;
        }

        var numbers = NumberReplies.Small(folded);
        if (numbers.Count > 1 && !ReplyWords.In("noWait", folded))
        {
            return new ReplyReading(ReplyEffect.Reask) { Candidates = [.. numbers.Select(n => $"{n}")] };
        }

        int? step = numbers.Count > 0 && !IsCounted(scale, folded) ? numbers[^1] : null;
        for (var i = 0; step is null && i <= 4; i++)
        {
            step = ReplyWords.Is($"scale/{scale}/{i}", folded) ? i : null;
        }

        for (var i = 4; step is null && i >= 0; i--)
        {
            step = ReplyPart.Clauses(folded, new TextSpan(0, folded.Length)).Any(c => ReplyWords.Is($"scale/{scale}/{i}", c.Of(folded))) ? i : null;
        }

        // somewhere in the words: the longest that fits, unless it is denied
        if (step is null && !ReplyWords.In("not", folded))
        {
            var fits = Enumerable.Range(0, 5).Select(i => (Step: i, Length: ReplyWords.Places($"scale/{scale}/{i}", folded).Select(p => p.Length).DefaultIfEmpty().Max())).Where(f => f.Length > 0).ToList();
            var longest = fits.Select(f => f.Length).DefaultIfEmpty().Max();
            step = fits.Count(f => f.Length == longest) == 1 ? fits.First(f => f.Length == longest).Step : null;
        }

        return step is not (>= 0 and <= 4) ? null
            : question.Kind != QuestionKind.Choice ? Answer($"{step}")
            : question.Choices.FirstOrDefault(c => c.Value == $"{step}" || c.Synonyms.Contains($"{step}", StringComparer.Ordinal)) is { } choice ? Answer(choice.Value)
            : null;
    }

    // "met one time": the number counts meetings, it is no mark
    private static bool IsCounted(string scale, string folded) => Enumerable.Range(0, 5).Any(i => ReplyWords.Is($"scale/{scale}/{i}", folded)) && folded.Any(char.IsLetter);

    /// <summary>Yes or no, or neither.</summary>
    internal static bool? YesNo(string folded)
    {
        if (ReplyWords.Is("unsure", folded))
        {
            return null;
        }

        var (yes, no) = (ReplyWords.Is("yes", folded), ReplyWords.Is("no", folded));
        if (yes != no)
        {
            return yes;
        }

        var plain = ReplyWords.Trim(folded, new TextSpan(0, folded.Length)).Of(folded);
        var bare = ReplyWords.Bare(folded, new TextSpan(0, folded.Length)).Of(folded);
        foreach (var words in new[] { plain, bare })
        {
            var (leadsYes, leadsNo) = (ReplyWords.Leads("yes", words), ReplyWords.Leads("no", words));
            if (leadsYes != leadsNo && ReplyWords.Leads("unsure", words) < Math.Max(leadsYes, leadsNo))
            {
                return leadsYes > leadsNo;
            }
        }

        return null;
    }

    // what else the reply tells, beside the answer
    private static ReplyReading With(ReplyReading answer, string said, string folded, OpenQuestion question, int from)
    {
        List<ReplyField> also = [.. answer.Also];
        if (from < folded.Length && question.Kind is not (QuestionKind.People or QuestionKind.Person) && question.Field != "contacts")
        {
            var there = NameMentions.In(said, question.Names)
                .Where(m => m.Kind == NameKind.Contact && m.Fits.Count == 1 && m.Span.Start >= from)
                .Where(m => IsThere(folded, m.Span))
                .Select(m => m.Fits[0].Id).Distinct(StringComparer.Ordinal).ToList();
            if (there.Count > 0 && question.Kind is QuestionKind.PastDay or QuestionKind.DayAhead or QuestionKind.Moment)
            {
                also.Add(new ReplyField("contacts", there));
            }
        }

        return answer with { Also = also };
    }

    private static bool IsThere(string folded, TextSpan name)
    {
        var part = ReplyPart.Of(folded).FirstOrDefault(p => p.Span.Start <= name.Start && p.Span.End >= name.End)?.Span ?? new TextSpan(0, folded.Length);
        return ReplyWords.In("present", part.Of(folded)) && !ReplyWords.In("not", part.Of(folded));
    }

    private static string? FieldIn(string folded, OpenQuestion question) =>
        Fields.FirstOrDefault(f => f != question.Field && ReplyWords.In("field/" + f, folded));

    private static bool IsOrder(string folded, IReadOnlyList<ReplyPart> parts) => ReplyWords.IsAll("orders", folded) || parts.Any(p => ReplyWords.IsAll("orders", p.Span.Of(folded)));

    // nothing else stands in it, whatever is said around it: "aiyo forget it la i do it tomorrow"
    private static bool IsOnly(string list, string folded)
    {
        var rest = folded;
        var found = false;
        for (var i = 0; i < 12; i++)
        {
            rest = rest.Trim().TrimStart(',', '.', '!', ';', '-', '。', '、', ' ');
            while (rest.Length > 0 && (char.IsSurrogate(rest[0]) || rest[0] == '\ufe0f'))
            {
                rest = rest[1..].TrimStart();
            }

            if (rest.Length == 0)
            {
                return found;
            }

            if (ReplyWords.Leads(list, rest) is > 0 and var lead)
            {
                (rest, found) = (rest[lead..], true);
            }
            else if (Math.Max(Math.Max(ReplyWords.Leads("before", rest), ReplyWords.Leads("after", rest)), ReplyWords.Leads("bareNo", rest)) is > 0 and var beside)
            {
                rest = rest[beside..];
            }
            else
            {
                return false;
            }
        }

        return false;
    }

    private static string WithoutNo(string folded)
    {
        var bare = ReplyWords.Without(folded, new TextSpan(0, folded.Length), "bareNo", ReplyWords.Nothing);
        bare = ReplyWords.Bare(folded, bare);
        return ReplyWords.Without(folded, bare, "bareNo", ReplyWords.Nothing).Of(folded);
    }

    private static bool IsYesNo(OpenQuestion question) => question.Kind == QuestionKind.Choice && question.Choices.Count == 2 && YesAt(question) is not null;

    private static int? YesAt(OpenQuestion question)
    {
        for (var i = 0; i < 2; i++)
        {
            var (one, other) = (question.Choices[i], question.Choices[1 - i]);
            if (Means("yes", one) && Means("no", other))
            {
                return i;
            }
        }

        return null;

        static bool Means(string list, ReplyChoice choice) => choice.Synonyms.Append(choice.Value).Append(choice.Label).Any(w => ReplyWords.IsAll(list, Spelling.Fold(w)));
    }

    private static int Words(string folded) => folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length + (folded.Count(Spelling.IsHan) / 2);

    private static ReplyReading LeftOut(OpenQuestion question) => question.MayBeLeftOut
        ? new ReplyReading(ReplyEffect.Answer) { IsLeftOut = true }
        : new ReplyReading(ReplyEffect.Reask);

    internal static ReplyReading Answer(params IReadOnlyList<string> values) => new(ReplyEffect.Answer) { Values = values };

    private static ReplyReading Interrupt(string said) => new(ReplyEffect.Interrupt) { Rest = said.Trim() };

    /// <summary>The fields that people name.</summary>
    internal static readonly string[] Fields = ["contacts", "nextStepDate", "nextStep", "milestoneDate", "milestones", "evidence", "amount", "expectedClose", "answers", "opportunity", "until"];
}
