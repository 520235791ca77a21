using System.Globalization;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Language;

/// <summary>What the method calls a thing, so that a message can name it.</summary>
/// <param name="Slot">Which slot it fills: <c>stage</c>, <c>milestone</c>, <c>question</c>, <c>department</c>.</param>
/// <param name="Value">Its id.</param>
/// <param name="Words">What it is called, in any language.</param>
public sealed record MethodWord(string Slot, string Value, string Words);

/// <summary>Reads what a wish is about, beside the names on record: days, periods, numbers, what the method names, words of its own.</summary>
public static class WishSlots
{
    private const string Day = "yyyy-MM-dd";
    private static readonly LanguageFiles Files = LanguageFiles.Part("slots");
    private static readonly Regex Mail = new(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\w.+-]+ at [\w-]+(?: dot [\w-]+)+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex Phone = new(@"\+?[0-9][0-9 ()/-]{5,20}[0-9]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex Bare = new("[0-9](?:[0-9.,]*[0-9])?", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private static readonly Regex Year = new(@"(?:^|[^0-9./-])(?<year>20[2-9][0-9])(?:[^0-9./-]|$)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private static readonly HashSet<string> Lists = new(["deals", "pipeline", "forecast", "at-risk", "stuck", "visits", "unvisited", "coverage", "follow-ups", "next-steps", "check-in-status", "today", "export"], StringComparer.Ordinal);

    /// <summary>The slots of a wish that the message fills by its own words.</summary>
    /// <param name="wish">Which wish.</param>
    /// <param name="text">The message, or the sentence that asks.</param>
    /// <param name="today">Where the speaker is.</param>
    /// <param name="method">What the method names.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string wish, WishText text, DateOnly today, IReadOnlyList<MethodWord> method)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slots = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        switch (wish)
        {
            case "remind":
                Moment(slots, text, today);
                Set(slots, "text", ReminderText(text));
                break;
            case "plan-visit":
                Start(slots, "start", text, today, Planned(text));
                Set(slots, "reason", Reason(text));
                break;
            case "move-visit":
                Move(slots, text, today);
                break;
            case "cancel-visit":
                Set(slots, "date", Planned(text).Select(d => d.Ahead(today).On.ToString(Day, CultureInfo.InvariantCulture)).FirstOrDefault());
                Set(slots, "reason", Reason(text));
                break;
            case "absence" or "end-absence":
                Absence(slots, text, today);
                break;
            case "evaluate":
                Scores(slots, text);
                break;
            case "change-fact":
                Fact(slots, text, today, method);
                break;
            case "change-contact":
                ContactFact(slots, text, method);
                break;
            case "add-contact":
                NewContact(slots, text, method);
                break;
            case "create-opportunity":
                NewOpportunity(slots, text, today);
                break;
            case "hold" or "lost" or "reopen" or "won" or "hand-over" or "take-back" or "undo":
                Set(slots, "reason", Reason(text));
                Set(slots, "until", text.Dates.Where(d => d.Shape != SpokenDateShape.TimeOnly).Select(d => d.Ahead(today).On.ToString(Day, CultureInfo.InvariantCulture)).FirstOrDefault());
                Many(slots, "milestones", "milestone", text, method);
                break;
            case "settings":
                Setting(slots, text);
                break;
            case "explain":
                Set(slots, "term", Valued("term", text.Folded));
                break;
            case "help-how" or "help":
                Set(slots, "topic", Valued("topic", text.Folded));
                break;
            case "out-of-scope":
                Set(slots, "topic", Valued("outOfScope", text.Folded));
                break;
            case "missing" or "questions" or "next-questions" or "history" or "status":
                Many(slots, "milestone", "milestone", text, method, 1);
                Many(slots, "question", "question", text, method, 1);
                if (wish == "missing")
                {
                    Set(slots, "toward", Valued("toward", text.Named));
                }

                break;
            case "snooze-follow-up":
                Moment(slots, text, today);
                break;
            case "escalation-route":
                Set(slots, "cause", Valued("cause", text.Named));
                break;
            case "small-talk":
                Set(slots, "topic", Valued("talk", text.Folded));
                break;
            case "nudge-rep":
                Set(slots, "text", QuestionIn(text));
                break;
            case "brief" or "next-visit" or "visit-history":
                Set(slots, "date", text.Dates.Where(d => d.Shape is not SpokenDateShape.TimeOnly && d.From == d.To).Select(d => d.On.ToString(Day, CultureInfo.InvariantCulture)).FirstOrDefault());
                break;
            default:
                break;
        }

        if (Lists.Contains(wish))
        {
            List(slots, wish, text, today, method);
        }

        return slots;
    }

    /// <summary>Whether the message speaks of the speaker's own team.</summary>
    public static bool OfTeam(WishText text) => Files.Pattern("team").IsIn(text.Folded);

    /// <summary>Whether the message points at what was spoken of before: "there", "him", "it".</summary>
    public static bool RefersBack(WishText text) => Files.Pattern("refersBack").IsIn(text.Named);

    /// <summary>Whether the message speaks of the whole company.</summary>
    public static bool OfAll(WishText text) => Files.Pattern("all").IsIn(text.Folded);

    /// <summary>Whether a colleague is the one who is away, not the one who covers.</summary>
    public static bool IsAbsent(WishText text, NameMention colleague)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(colleague);
        return Files.Pattern("absentAfter").In(text.Named[colleague.Span.End..]).FirstOrDefault() is { Index: <= 3 };
    }

    /// <summary>Whether something goes to a colleague: the words before or behind say so.</summary>
    public static bool IsGoal(WishText text, NameMention colleague)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(colleague);
        var before = text.Named[Math.Max(0, colleague.Span.Start - 12)..colleague.Span.Start].TrimEnd();
        return Files.Pattern("goalBefore").In(before).Any(m => m.Index + m.Length == before.Length)
            || Files.Pattern("goalAfter").In(text.Named[colleague.Span.End..]).FirstOrDefault() is { Index: <= 2 };
    }

    /// <summary>Whether a visit is moved to another day at the time that it has.</summary>
    public static bool IsSameTime(WishText text) => Files.Pattern("sameTime").IsIn(text.Folded);

    private static void List(Dictionary<string, IReadOnlyList<string>> slots, string wish, WishText text, DateOnly today, IReadOnlyList<MethodWord> method)
    {
        Set(slots, "groupBy", Valued("groupBy", text.Folded));
        Set(slots, "filter", Valued("filter", text.Folded));
        if (wish is "deals" or "pipeline" or "export")
        {
            Set(slots, "status", Valued("status", text.Named));
            Many(slots, "stage", "stage", text, method, 1);
        }

        if (wish is "forecast" or "pipeline" or "deals")
        {
            Set(slots, "currency", Valued("currency", text.Named));
            if (text.Amounts is [var amount, ..])
            {
                var before = text.Dated[Math.Max(0, amount.Span.Start - 16)..Math.Min(text.Dated.Length, amount.Span.End + 4)];
                Set(slots, Files.Pattern("lessThan").IsIn(before) ? "maxAmount" : "minAmount", Number(amount.Amount));
            }
        }

        if (wish is "stuck" or "check-in-status" or "unvisited" or "follow-ups" && Days(text.Named) is { } days)
        {
            Set(slots, "minDays", Number(days + (Files.Pattern("moreThan").IsIn(text.Named) ? 1 : 0)));
        }

        var past = wish is "deals" && slots.GetValueOrDefault("status") is ["lost" or "won"];
        var dates = text.Dates.Where(d => d.Shape is not (SpokenDateShape.TimeOnly or SpokenDateShape.Unreadable)).Select(d => past ? d.Behind(today) : d.Ahead(today)).ToList();
        if (dates is not [var date, ..])
        {
            if (wish is "forecast" or "pipeline" or "deals" && YearIn(text.Dated) is { } year)
            {
                Set(slots, "period", year);
            }

            // "bids due in the next 7 days"
            if (slots.GetValueOrDefault("filter") is ["bidDeadline"] && Days(text.Named) is { } ahead)
            {
                Set(slots, "until", today.AddDays(ahead).ToString(Day, CultureInfo.InvariantCulture));
            }

            return;
        }

        if (date.IsUntil || (slots.GetValueOrDefault("filter") is ["bidDeadline"] && date.To > today && date.From <= today.AddDays(1)))
        {
            Set(slots, "until", date.To.ToString(Day, CultureInfo.InvariantCulture));
        }
        else if (date.From == date.To)
        {
            Set(slots, "date", date.From.ToString(Day, CultureInfo.InvariantCulture));
        }
        else if (wish is not ("stuck" or "check-in-status" or "unvisited" or "today"))
        {
            Set(slots, "period", Period(date));
        }
    }

    // a year by itself is no date
    private static string? YearIn(string text) => Year.Match(text) is { Success: true, Groups: var groups } ? groups["year"].Value : null;

    // 2027-Q1, 2027-03, 2027, otherwise its first and last day
    private static string Period(SpokenDate date)
    {
        var (from, to) = (date.From, date.To);
        var whole = to == new DateOnly(to.Year, to.Month, DateTime.DaysInMonth(to.Year, to.Month)) && from.Day == 1 && from.Year == to.Year;
        return whole && from.Month == to.Month ? from.ToString("yyyy-MM", CultureInfo.InvariantCulture)
            : whole && from.Month % 3 == 1 && to.Month == from.Month + 2 ? $"{from.Year}-Q{(from.Month + 2) / 3}"
            : whole && from.Month == 1 && to.Month == 12 ? from.Year.ToString(CultureInfo.InvariantCulture)
            : from.DayOfWeek == DayOfWeek.Monday && to.DayNumber - from.DayNumber is 4 or 6 ? $"{ISOWeek.GetYear(from.ToDateTime(default))}-W{ISOWeek.GetWeekOfYear(from.ToDateTime(default)):00}"
            : $"{from.ToString(Day, CultureInfo.InvariantCulture)}/{to.ToString(Day, CultureInfo.InvariantCulture)}";
    }

    private static void Moment(Dictionary<string, IReadOnlyList<string>> slots, WishText text, DateOnly today)
    {
        var days = text.Dates.Where(d => d.Shape is not (SpokenDateShape.TimeOnly or SpokenDateShape.Unreadable)).ToList();
        if (days is [var day, ..])
        {
            Set(slots, "date", day.Ahead(today).On.ToString(Day, CultureInfo.InvariantCulture));
        }

        var time = text.Dates.Select(d => d.Time).FirstOrDefault(t => t is not null);
        if (time is { } clock)
        {
            Set(slots, "time", clock.ToString("HH:mm", CultureInfo.InvariantCulture));
            if (days.Count == 0)
            {
                Set(slots, "date", text.Dates.First(d => d.Time is not null).On.ToString(Day, CultureInfo.InvariantCulture));
            }
        }
        else
        {
            Set(slots, "time", Valued("time", text.Named));
        }
    }

    private static IReadOnlyList<SpokenDate> Planned(WishText text) => [.. text.Dates.Where(d => d.Shape is not (SpokenDateShape.TimeOnly or SpokenDateShape.Unreadable))];

    private static void Start(Dictionary<string, IReadOnlyList<string>> slots, string slot, WishText text, DateOnly today, IReadOnlyList<SpokenDate> days)
    {
        var time = text.Dates.Select(d => d.Time).LastOrDefault(t => t is not null);
        if (days is [.., var day])
        {
            Set(slots, slot, day.Ahead(today).On.ToString(Day, CultureInfo.InvariantCulture) + (time is { } at ? $"T{at.ToString("HH:mm", CultureInfo.InvariantCulture)}" : ""));
        }
        else if (time is { } alone)
        {
            Set(slots, "time", alone.ToString("HH:mm", CultureInfo.InvariantCulture));
        }

        if (time is null)
        {
            Set(slots, "time", Valued("time", text.Named));
        }
    }

    // of two days the later one said is where it goes, the other is where it stands; one alone is where it goes
    private static void Move(Dictionary<string, IReadOnlyList<string>> slots, WishText text, DateOnly today)
    {
        List<SpokenDate> days = [.. Planned(text).Where(d => !Files.Pattern("howFar").IsIn(d.Span.Of(text.Folded)))];
        Start(slots, "to", text, today, days);
        if (days.Count > 1)
        {
            Set(slots, "date", days[0].Ahead(today).On.ToString(Day, CultureInfo.InvariantCulture));
        }

        else if (days.Count == 0 && Later(text) is { } shift)
        {
            // "a day later": from where it stands
            Set(slots, "shift", Number(shift));
        }

        Set(slots, "reason", Reason(text));
    }

    // minutes; fewer than none for earlier
    private static int? Later(WishText text) =>
        (Days(text.Named) * 24 * 60 ?? Counted(text.Named, "hours") * 60) is { } minutes ? (Files.Pattern("earlier").IsIn(text.Named) ? -minutes : minutes) : null;

    private static void Absence(Dictionary<string, IReadOnlyList<string>> slots, WishText text, DateOnly today)
    {
        var days = Planned(text).Select(d => d.Ahead(today)).ToList();
        if (days.Count == 0)
        {
            return;
        }

        var (first, last) = (days[0], days[^1]);
        if (days.Count == 1)
        {
            Set(slots, "from", (first.IsUntil ? today : first.From).ToString(Day, CultureInfo.InvariantCulture));
            Set(slots, "to", first.To.ToString(Day, CultureInfo.InvariantCulture));
        }
        else
        {
            Set(slots, "from", first.From.ToString(Day, CultureInfo.InvariantCulture));
            Set(slots, "to", (last.To < first.From ? first.To : last.To).ToString(Day, CultureInfo.InvariantCulture));
        }
    }

    private static void Scores(Dictionary<string, IReadOnlyList<string>> slots, WishText text)
    {
        foreach (var name in Under("score"))
        {
            foreach (Match match in Files.Pattern("score/" + name).In(text.Folded))
            {
                var rest = text.Folded[(match.Index + match.Length)..];
                var digit = rest.AsSpan(0, Math.Min(6, rest.Length)).IndexOfAnyInRange('0', '9');
                if (digit >= 0 && rest[digit] <= '4' && !(digit + 1 < rest.Length && char.IsDigit(rest[digit + 1])) && !rest[..digit].Contains(',', StringComparison.Ordinal))
                {
                    Set(slots, name, rest[digit].ToString());
                    break;
                }
            }
        }
    }

    private static void Fact(Dictionary<string, IReadOnlyList<string>> slots, WishText text, DateOnly today, IReadOnlyList<MethodWord> method)
    {
        Many(slots, "milestones", "milestone", text, method);
        var dates = Planned(text).Select(d => d.Ahead(today)).ToList();
        if (slots.ContainsKey("milestones"))
        {
            Set(slots, "date", Planned(text).Select(d => d.Behind(today).On.ToString(Day, CultureInfo.InvariantCulture)).FirstOrDefault());
            return;
        }

        var field = Valued("field", text.Named);
        field ??= text.Amounts.Count > 0 ? "amount" : dates.Count > 0 ? "expectedClose" : text.Names.Any(n => n.Kind == NameKind.Competitor) ? "competitor" : null;
        Set(slots, "field", field);
        switch (field)
        {
            case "amount":
                Set(slots, "value", Meant(text) is { } amount ? Number(amount.Amount) : BareNumber(text));
                Set(slots, "currency", Meant(text)?.Currency);
                break;
            case "expectedClose" or "bidDeadline":
                Set(slots, "value", dates is [.., var date] ? date.On.ToString(Day, CultureInfo.InvariantCulture) + (field == "bidDeadline" && date.Time is { } time ? $"T{time.ToString("HH:mm", CultureInfo.InvariantCulture)}" : "") : null);
                break;
            case "competitor":
                Set(slots, "value", text.Names.LastOrDefault(n => n.Kind == NameKind.Competitor)?.Fits[0].Name);
                break;
            default:
                break;
        }

        Set(slots, "reason", Reason(text));
    }

    // the last one that is not what it was: "230k, not 210k"
    private static AmountMention? Meant(WishText text) => text.Amounts.LastOrDefault(a => !IsOld(text.Dated[..a.Span.Start])) ?? (text.Amounts is [.., var last] ? last : null);

    // the last number that is no part of a date or a name
    private static string? BareNumber(WishText text)
    {
        var numbers = Bare.Matches(text.Dated).Where(m => decimal.TryParse(m.Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out _)).ToList();
        var meant = numbers.LastOrDefault(m => !IsOld(text.Dated[..m.Index])) ?? numbers.LastOrDefault();
        return meant is null ? null : Number(decimal.Parse(meant.Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture));
    }

    // what stands there says that what follows is what it was: "not 210k"
    private static bool IsOld(string before) => before.TrimEnd() is var words && Files.Pattern("notThis").In(words).Any(m => m.Index + m.Length == words.Length);

    private static void ContactFact(Dictionary<string, IReadOnlyList<string>> slots, WishText text, IReadOnlyList<MethodWord> method)
    {
        var (mail, phone) = (MailIn(text.Text), PhoneIn(text.Text));
        Set(slots, "email", mail);
        Set(slots, "phone", mail is null ? phone : null);
        var field = mail is not null ? "email" : phone is not null ? "phone" : Files.Pattern("contactGone").IsIn(text.Named) ? "contactLeft" : Valued("contactField", text.Named);
        Set(slots, "field", field);
        Set(slots, "value", mail ?? phone ?? (field is "department" ? Called("department", text, method) ?? Valued("department", text.Named)
            : field is "level" ? Valued("level", text.Named)
            : field is "role" or "decisionMaker" ? Valued("role", text.Named)
            : null));
    }

    private static void NewContact(Dictionary<string, IReadOnlyList<string>> slots, WishText text, IReadOnlyList<MethodWord> method)
    {
        Set(slots, "email", MailIn(text.Text));
        Set(slots, "phone", PhoneIn(text.Text));
        Set(slots, "department", Called("department", text, method) ?? Valued("department", text.Named));
        Set(slots, "level", Valued("level", text.Named));
        Set(slots, "role", Valued("role", text.Named));
        Set(slots, "name", NameIn("newName", text));
    }

    private static void NewOpportunity(Dictionary<string, IReadOnlyList<string>> slots, WishText text, DateOnly today)
    {
        if (text.Amounts is [var amount, ..])
        {
            Set(slots, "amount", Number(amount.Amount));
            Set(slots, "currency", amount.Currency);
        }

        Set(slots, "date", Planned(text).Select(d => d.Ahead(today).On.ToString(Day, CultureInfo.InvariantCulture)).FirstOrDefault());
        Set(slots, "text", NameIn("newOpportunity", text));
    }

    private static string? NameIn(string list, WishText text)
    {
        // as it was said, then with the names on record masked: "add Sean Daly Ridgeline"
        foreach (var match in Files.Pattern(list).In(text.Folded).Concat(Files.Pattern(list).In(text.Named)))
        {
            if (match.Groups["called"] is { Success: true, Length: > 1 } name)
            {
                return text.Text.Substring(name.Index, name.Length).Trim(' ', ',', '，', '.', '。', ':', '：', '-');
            }
        }

        return null;
    }

    private static void Setting(Dictionary<string, IReadOnlyList<string>> slots, WishText text)
    {
        var setting = Valued("setting", text.Folded);
        Set(slots, "setting", setting);
        Set(slots, "value", setting == "language" ? Valued("language", text.Folded) : null);
        if (text.Dates.Select(d => d.Time).FirstOrDefault(t => t is not null) is { } time)
        {
            Set(slots, "until", time.ToString("HH:mm", CultureInfo.InvariantCulture));
        }
    }

    private static string? ReminderText(WishText text)
    {
        // what is left without the lead and without the day
        var kept = text.Text.ToCharArray();
        foreach (var date in text.Dates)
        {
            kept.AsSpan(date.Span.Start, date.Span.Length).Clear();
        }

        // "they want a guarantee, remind me tomorrow to ask finance": what comes before is no part of it
        if (Files.Pattern("reminderWithin").In(text.Folded).FirstOrDefault(m => m.Index > 0) is { } within && text.Folded.AsSpan(0, within.Index).TrimEnd() is [.., ',' or '.' or ';' or '，' or '。' or '；'])
        {
            kept.AsSpan(0, within.Index).Clear();
            kept.AsSpan(within.Index, within.Length).Clear();
        }

        var lead = Files["reminderLead"].Count == 0 ? null : Leads.Value.Select(l => l.Match(text.Dated)).FirstOrDefault(m => m.Success);
        if (lead is not null)
        {
            kept.AsSpan(lead.Index, lead.Length).Clear();
        }

        var rest = string.Join(' ', new string(kept).Split('\0', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        for (var i = 0; i < 6; i++)
        {
            var folded = Spelling.Fold(rest);
            if (Files.Pattern("reminderJoint").In(folded).FirstOrDefault(m => m.Length > 0 && (m.Index == 0 || m.Index + m.Length == folded.Length)) is not { } joint)
            {
                break;
            }

            rest = (joint.Index == 0 ? rest[joint.Length..] : rest[..joint.Index]).Trim();
        }

        return rest.Length > 0 ? rest
            : text.Names.FirstOrDefault(n => n.Kind is NameKind.Contact or NameKind.Colleague && lead is not null && n.Span.Start < lead.Index + lead.Length) is { } who ? who.Span.Of(text.Text)
            : null;
    }

    // what follows who is asked; "about Nordwind" alone is no question
    private static string? QuestionIn(WishText text)
    {
        var from = text.Names.FirstOrDefault(n => n.Kind == NameKind.Colleague)?.Span.End ?? 0;
        var question = text.Text[from..].Trim(' ', ',', ':', '，', '：', '-', '–');
        var bare = text.Unnamed[from..].ToCharArray();
        foreach (var joint in Files.Pattern("questionJoint").In(new string(bare)))
        {
            bare.AsSpan(joint.Index, joint.Length).Clear();
        }

        return bare.Any(char.IsLetterOrDigit) ? question : null;
    }

    private static readonly Lazy<IReadOnlyList<Regex>> Leads = new(static () =>
        [.. Files["reminderLead"].Select(l => new Regex(l.Text.Replace("{who}", $"[{WishText.Contact}{WishText.Colleague}{WishText.Somebody}]*", StringComparison.Ordinal), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking))]);

    private static string? Reason(WishText text)
    {
        if (Files.Pattern("reason").In(text.Dated).FirstOrDefault() is not { } match)
        {
            // what follows the last break says why, where it is more than a word
            var cut = text.Dated.LastIndexOfAny([',', ':', ';', '–', '—']);
            var rest = cut > 8 ? text.Text[(cut + 1)..].Trim(' ', '.', '。', '!') : "";
            if (rest.Length == 0)
            {
                // "hold Nordwind until May budget frozen": what is left behind the last name or day
                var end = text.Names.Select(n => n.Span.End).Concat(text.Dates.Select(d => d.Span.End)).DefaultIfEmpty(text.Text.Length).Max();
                rest = text.Text[end..].Trim(' ', '.', '。', '!', '?');
                return rest.Contains(' ', StringComparison.Ordinal) || rest.Count(Spelling.IsHan) >= 2 ? rest : null;
            }

            return rest.Length > 0 && (rest.Count(c => c == ' ') >= 2 || rest.Count(Spelling.IsHan) >= 4) ? rest : null;
        }

        var reason = text.Text[(match.Index + match.Length)..].Trim(' ', ':', '：', ',', '，', '.', '。');
        return reason.Length > 2 ? reason : null;
    }

    private static string? MailIn(string text) =>
        Mail.Match(text) is { Success: true, Value: var found } ? found.Replace(" at ", "@", StringComparison.OrdinalIgnoreCase).Replace(" dot ", ".", StringComparison.OrdinalIgnoreCase) : null;

    private static string? PhoneIn(string text) => Phone.Match(text) is { Success: true, Value: var found } && found.Count(char.IsAsciiDigit) >= 7 ? found.Trim() : null;

    private static int? Days(string text) => Under("days").Select(unit => Counted(text, "days/" + unit) * int.Parse(unit, CultureInfo.InvariantCulture)).FirstOrDefault(n => n is not null);

    // how many a list's words count
    private static int? Counted(string text, string list)
    {
        if (Files.Pattern(list).In(text).FirstOrDefault(m => m.Groups["n"].Success) is not { } match)
        {
            return null;
        }

        var n = match.Groups["n"].Value;
        return (int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits
            : int.TryParse(Valued("count", n), NumberStyles.None, CultureInfo.InvariantCulture, out var word) ? word : (int?)null) is { } some && some < 1000 ? some : null;
    }

    private static void Many(Dictionary<string, IReadOnlyList<string>> slots, string slot, string kind, WishText text, IReadOnlyList<MethodWord> method, int most = 5)
    {
        List<(int At, string Value, int Length)> found = [];
        foreach (var word in method.Where(m => m.Slot == kind).OrderByDescending(m => m.Words.Length))
        {
            var at = IndexOf(text.Named, Spelling.Fold(word.Words));
            if (at >= 0 && found.All(f => at >= f.At + f.Length || at + word.Words.Length <= f.At) && found.All(f => f.Value != word.Value))
            {
                found.Add((at, word.Value, word.Words.Length));
            }
        }

        // "when did we agree the terms" names "terms agreed" by its words
        if (found.Count == 0 && kind == "milestone")
        {
            found.AddRange(method.Where(m => m.Slot == kind && StandsInOtherOrder(text.Named, Spelling.Fold(m.Words))).Take(1).Select(m => (0, m.Value, 0)));
        }

        if (found.Count > 0)
        {
            slots[slot] = [.. found.OrderBy(f => f.At).Take(most).Select(f => f.Value)];
        }
    }

    private static bool StandsInOtherOrder(string folded, string words)
    {
        var parts = words.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 3 && w.All(Spelling.IsLetter)).ToList();
        return parts.Count is >= 2 and <= 4 && parts.TrueForAll(p => folded.Contains(" " + p[..Math.Min(5, p.Length)], StringComparison.Ordinal));
    }

    private static string? Called(string kind, WishText text, IReadOnlyList<MethodWord> method) =>
        method.Where(m => m.Slot == kind && IndexOf(text.Named, Spelling.Fold(m.Words)) >= 0).OrderByDescending(m => m.Words.Length).FirstOrDefault()?.Value;

    // as a word of its own; ids are said with spaces or with hyphens
    private static int IndexOf(string folded, string words)
    {
        if (words.Length < 2)
        {
            return -1;
        }

        for (var at = folded.IndexOf(words, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            var before = at > 0 && Spelling.IsLetter(folded[at - 1]) && Spelling.IsLetter(words[0]);
            var end = at + words.Length;
            end += end < folded.Length && folded[end] == 's' && words[^1] != 's' ? 1 : 0;
            var after = end < folded.Length && Spelling.IsLetter(folded[end]) && Spelling.IsLetter(words[^1]);
            if (!before && !after)
            {
                return at;
            }
        }

        return -1;
    }

    // the value whose words stand there; of several the one said first, the longer at the same place
    private static string? Valued(string slot, string folded) => Under(slot)
        .Select(value => (value, Match: Files.Pattern($"{slot}/{value}").In(folded).FirstOrDefault()))
        .Where(f => f.Match is not null)
        .OrderBy(f => f.Match!.Index).ThenByDescending(f => f.Match!.Length)
        .Select(f => f.value).FirstOrDefault();

    private static IEnumerable<string> Under(string list) => Files.Lists.Where(l => l.StartsWith(list + "/", StringComparison.Ordinal)).Select(l => l[(list.Length + 1)..]);

    private static void Set(Dictionary<string, IReadOnlyList<string>> slots, string slot, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            slots[slot] = [value];
        }
    }

    private static string Number(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
