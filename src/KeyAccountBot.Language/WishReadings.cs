namespace KeyAccountBot.Language;

/// <summary>Reads what a message wants, in every language that has files. Pure; the same text always gives the same.</summary>
public static class WishReadings
{
    /// <summary>A message that tells what happened.</summary>
    public const string Report = "report";

    private const string Status = "status";
    private const int LongestTopic = 40;

    /// <summary>A message that is clear enough to be acted on.</summary>
    public const double Clear = 0.7;

    /// <summary>A message that may be offered as a reading.</summary>
    public const double Likely = 0.3;

    private const double Sure = 0.9;
    private const double Probable = 0.6;
    private const double Hint = 0.1;
    private const double Topical = 0.9;
    private const double Named = 0.5;
    private const double Outright = 0.8;
    private const double Close = 0.05;

    // where two are as sure, the more special one stands first
    private static readonly string[] Order =
    [
        "out-of-scope", "take-back", "undo", "evaluate", "hold-reason", "bid-deadline", "check-in-status", "escalation-route", "follow-ups", "coaches", "who-maintains",
        "coverage", "who-decides", "next-questions", "questions", "evaluation", "unvisited", "at-risk", "stuck", "missing", "brief", "remind", "absence", "end-absence",
        "hand-over", "create-opportunity", "add-contact", "change-contact", "nudge-rep", "cancel-visit", "move-visit", "plan-visit", "change-fact", "hold", "lost", "won", "reopen",
        "next-visit", "visit-history", "visits", "next-steps", "history", "export", "pipeline", "forecast", "deals", "contact-info", "contacts", "today",
        "settings", "take-follow-up", "snooze-follow-up", "explain", "help-how", "help", "status", "complaint", "small-talk", "thanks", "greet",
    ];

    private static readonly HashSet<string> Talk = new(["complaint", "greet", "thanks", "small-talk"], StringComparer.Ordinal);
    private static readonly HashSet<string> Courtesies = new(["greet", "thanks", "small-talk"], StringComparer.Ordinal);
    private static readonly HashSet<string> Orders = new(
    [
        "remind", "plan-visit", "move-visit", "cancel-visit", "absence", "end-absence", "hand-over", "create-opportunity", "add-contact", "change-contact", "change-fact", "evaluate",
        "hold", "lost", "won", "reopen", "take-back", "undo", "take-follow-up", "snooze-follow-up", "nudge-rep", "settings", "export", "out-of-scope",
    ], StringComparer.Ordinal);

    // said in words that other wishes have as well: a more special one may be meant
    private static readonly HashSet<string> Broad = new(
        ["status", "deals", "history", "today", "contact-info", "contacts", "pipeline", "next-steps", "visits", "questions", "settings", "create-opportunity"], StringComparer.Ordinal);

    // told as often as ordered: "the amount went to 90k", "Anna has a new number"
    private static readonly HashSet<string> Told = new(["change-fact", "change-contact", "hand-over", "take-back", "plan-visit", "move-visit"], StringComparer.Ordinal);

    private static readonly Lazy<Cues> Made = new(static () => new Cues());

    private static Cues Known => Made.Value;

    /// <summary>What the message may want, the likeliest first; none where nothing speaks for anything.</summary>
    public static IReadOnlyList<WishReading> Read(WishText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cues = Known;
        var whole = Said(text, 0, text.Text.Length);
        text = text.IsPage ? text : text.Within(whole);
        var told = cues.Told(text);
        var words = text.Words;
        List<WishReading> readings = [];
        var sentences = text.IsPage ? [] : Sentences(text);
        if (!text.IsPage)
        {
            AddWishes(readings, cues, text, whole, sentences.Count == 1 ? 1 : 0.97);
        }

        List<(WishText Text, TextSpan Span)> parts = sentences.Count is > 1 and <= 6 ? [.. sentences.Select(s => (text.Within(s), s))] : [];
        foreach (var (part, span) in parts)
        {
            AddWishes(readings, cues, part, span, part.Words < 2 ? 0.8 : 1);
        }

        // no way of saying it is known: its words, in any order, then what is named
        if (!text.IsPage && text.Words <= LongestTopic && (told < 3 || IsAsked(text.Text)) && !readings.Exists(r => r.Score >= Clear && !Courtesies.Contains(r.Wish) && !Broad.Contains(r.Wish)))
        {
            // beside a broad one that all speaks for, the order decides
            var score = readings.Where(r => Broad.Contains(r.Wish)).Select(r => r.Score).Append(Topical).Max();
            AddTopics(readings, cues, text, whole, score, told > 0);
            foreach (var (part, span) in parts)
            {
                AddTopics(readings, cues, part, span, score, told > 0);
            }

            if (told == 0 && readings.TrueForAll(r => Courtesies.Contains(r.Wish)) && cues.Asks.IsIn(text) && cues.Pointed.IsIn(text))
            {
                readings.Add(new WishReading(Status, Named, whole));
            }
        }

        // what is said outright stands beside a broad one that more speaks for; the order decides
        var broad = readings.Where(r => Broad.Contains(r.Wish)).Select(r => r.Score).DefaultIfEmpty().Max();
        for (var i = 0; i < readings.Count; i++)
        {
            readings[i] = readings[i] is var r && r.Score >= Outright && r.Score < broad && !Broad.Contains(r.Wish) && !Talk.Contains(r.Wish) ? r with { Score = broad } : r;
        }

        // one reading a wish, its best
        var best = readings.GroupBy(r => r.Wish, StringComparer.Ordinal).Select(g => g.MaxBy(r => r.Score)!).ToList();
        if (best.Any(b => !Courtesies.Contains(b.Wish) && b.Score >= Probable))
        {
            // "good morning, what is due today?" wants what is due
            best = [.. best.Select(b => Courtesies.Contains(b.Wish) ? b with { Score = b.Score * 0.7 } : b)];
        }

        // what begins by telling, or tells at length and asks nothing outright, wants nothing
        var begins = Begins(cues, text);
        if (begins || (told >= 2 && TellsFirst(cues, text)) || (told >= 3 && words > 25 && !IsAsked(text.Text)))
        {
            best = [.. best.Select(b => b with { Score = b.Score * 0.8 })];
        }

        var report = ReportScore(cues, text, told, words, sentences.Count);
        if (report > 0.05)
        {
            best.Add(new WishReading(Report, report, whole));
        }

        return [.. best.OrderByDescending(b => Math.Round(b.Score / Close)).ThenBy(b => b.Wish == Report ? -1 : Array.IndexOf(Order, b.Wish)).ThenByDescending(b => b.Score)];
    }

    /// <summary>
    /// Whether a message that comes while a question stands open is clearly something else, whatever the question: a question of its own, an
    /// order, or a report. What may be an answer is none.
    /// </summary>
    /// <param name="text">The message.</param>
    /// <param name="readings">What it may want, as <see cref="Read"/> gives it.</param>
    /// <param name="isUnanswered">Whether none of the question's answers fits it: then it need not ask or order outright. Asked only where it matters.</param>
    /// <returns>What it is; <c>null</c> where it may be an answer.</returns>
    public static WishReading? IsClearlyAnother(WishText text, IReadOnlyList<WishReading> readings, Func<bool>? isUnanswered = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return readings is [{ Score: >= 0.85 } first, ..] && !Talk.Contains(first.Wish) && (first.Wish != Report || text.Words >= 8)
            && (Known.Asks.IsIn(text) || Orders.Contains(first.Wish) || first.Wish == Report || (text.Words > 1 && first.Wish != "status" && isUnanswered?.Invoke() == true))
            && first.Wish is not ("explain" or "help-how" or "snooze-follow-up" or "take-follow-up" or "undo" or "take-back" or "out-of-scope" or "change-fact" or "change-contact")
                ? first
                : null;
    }

    /// <summary>What a message is that has no words: <c>number</c>, <c>link</c> or <c>sign</c>, such as a thumb; <c>null</c> where it has some.</summary>
    public static string? Wordless(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var (links, others) = (words.Count(IsLink), words.Where(w => !IsLink(w)).ToList());
        return others.Any(w => w.Any(char.IsLetter)) ? null
            : links > 0 ? "link"
            : others.Any(w => w.Any(char.IsDigit)) ? "number"
            : "sign";

        static bool IsLink(string word) => word.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || word.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the wish has something done; the others only have something shown.</summary>
    public static bool IsOrder(string wish) => Orders.Contains(wish);

    /// <summary>Whether it is nothing but question marks.</summary>
    public static bool IsAsked(string text) => text is not null && text.AsSpan().ContainsAny('?', '\uff1f');

    /// <summary>Whether the message asks something.</summary>
    public static bool Asks(WishText text) => Known.Asks.IsIn(text);

    private static void AddWishes(List<WishReading> readings, Cues cues, WishText text, TextSpan span, double weight)
    {
        var (asks, orders) = (cues.Asks.IsIn(text), cues.Ordered.IsIn(text));
        foreach (var (wish, of) in cues.Wishes)
        {
            var score = of.Score(text);
            if (score == 0)
            {
                continue;
            }

            // a question wants what is asked for, an order what is ordered
            var fit = Orders.Contains(wish) ? (orders ? 1 : asks ? 0.85 : 0.95) : Talk.Contains(wish) ? 0.95 : asks || orders ? 1 : text.Words <= 6 ? 0.95 : 0.8;
            readings.Add(new WishReading(wish, score * fit * weight, span));
        }
    }

    // what tells and neither asks nor orders is about what it tells
    private static void AddTopics(List<WishReading> readings, Cues cues, WishText text, TextSpan span, double score, bool isTold)
    {
        var (told, words) = (cues.Told(text), text.Words);
        var (asks, orders) = (cues.Asks.IsIn(text), cues.Ordered.IsIn(text));
        if (told > (asks || orders ? 2 : 1) || (isTold && !asks && !orders) || (!asks && words > (orders ? 14 : 8)))
        {
            return;
        }

        foreach (var (wish, topics) in cues.Topics)
        {
            if ((orders || !Told.Contains(wish)) && topics.IsIn(text) && !cues.Wishes[wish].IsOut(text))
            {
                readings.Add(new WishReading(wish, score, span));
            }
        }
    }

    // the more it tells, and the less it asks or orders, the more it is a report
    private static double ReportScore(Cues cues, WishText text, int told, int words, int sentences)
    {
        if (text.IsPage)
        {
            return 0.99;
        }

        var (asks, orders) = (cues.Asks.IsIn(text), cues.Ordered.IsIn(text));
        var evidence = told + (Math.Max(0, words - 8) / 6.0) + (text.Names.Any(n => n.Kind == NameKind.Contact && !n.IsLoose) ? 0.3 : 0);
        if (words < 3)
        {
            evidence *= 0.3;
        }
        else if (Begins(cues, text))
        {
            evidence += 1;
        }

        // what begins by telling tells, even where it asks for something in the end
        var tellsFirst = told >= 2 && (asks || orders) && TellsFirst(cues, text);
        var damped = cues.Records.IsIn(text) ? 1 : tellsFirst ? 0.9 : sentences <= 1 && asks ? 0.35 : asks ? 0.7 : orders ? 0.5 : 1;
        return 1 - Math.Pow(0.6, evidence * damped);
    }

    private static bool Begins(Cues cues, WishText text) => cues.Records.IsIn(text) || (cues.Begins.IsIn(text) && !cues.Asks.IsIn(text) && !cues.Ordered.IsIn(text));

    private static bool TellsFirst(Cues cues, WishText text) => First(text) is var first && first != text && !cues.Asks.IsIn(first) && !cues.Ordered.IsIn(first) && cues.Told(first) > 0;

    private static readonly System.Buffers.SearchValues<char> Breaks = System.Buffers.SearchValues.Create(",;。、\n");

    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create(" \r\n\t.!?;。！？；");

    private static WishText First(WishText text)
    {
        var end = text.Folded.AsSpan().IndexOfAny(Breaks);
        return end <= 0 ? text : text.Within(new TextSpan(0, end));
    }

    private static List<TextSpan> Sentences(WishText said)
    {
        var text = said.Text;
        List<TextSpan> sentences = [];
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isEnd = text[i] is '\n' or '。' or '！' or '？' or '；' or '!' or '?' or ';'
                || (text[i] == '.' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])) && (i < 3 || !IsShort(text, i)));
            if (isEnd && (i + 1 == text.Length || text[i + 1] is not ('.' or '!' or '?' or '！' or '？' or '。')))
            {
                Add(i + 1);
            }
        }

        Add(text.Length);
        return sentences;

        void Add(int end)
        {
            if (text.AsSpan(start, end - start).ContainsAnyExcept(Ends))
            {
                sentences.Add(Said(said, start, end));
            }

            start = end;
        }
    }

    // what ends a sentence that asks nothing says nothing, but "15.12." is a day
    private static TextSpan Said(WishText text, int start, int end)
    {
        var last = start + text.Text.AsSpan(start, end - start).TrimEnd(" \r\n\t.!。！~～").Length;
        var named = text.Dates.Select(d => d.Span).Concat(text.Amounts.Select(a => a.Span)).Concat(text.Names.Select(n => n.Span)).Where(s => s.Start < last && s.End <= end).Select(s => s.End).Append(last).Max();
        return new TextSpan(start, named - start);
    }

    // "Dr. ", "Mr. ", "4. "
    private static bool IsShort(string text, int dot)
    {
        var from = dot;
        while (from > 0 && char.IsLetterOrDigit(text[from - 1]))
        {
            from--;
        }

        return dot - from <= 3 && (dot - from == 0 || char.IsUpper(text[from]) || char.IsDigit(text[from]));
    }

    private sealed class Cues()
    {
        private readonly IReadOnlyList<WishCues> told = WishCues.Each("told");

        public WishCues Asks { get; } = WishCues.Of("ask");

        public WishCues Ordered { get; } = WishCues.Of("order");

        public WishCues Begins { get; } = WishCues.Of("begins");

        public WishCues Records { get; } = WishCues.Of("records");

        public WishCues Pointed { get; } = WishCues.Of("pointed");

        public IReadOnlyDictionary<string, WishTopics> Topics { get; } = WishCues.Under("topic").ToDictionary(w => w, w => WishTopics.Of("topic/" + w), StringComparer.Ordinal);

        public IReadOnlyDictionary<string, Weighed> Wishes { get; } = WishCues.Under("sure").Union(WishCues.Under("likely"), StringComparer.Ordinal)
            .ToDictionary(w => w, w => new Weighed(w), StringComparer.Ordinal);

        public int Told(WishText text) => told.Count(t => t.IsIn(text));
    }

    private sealed class Weighed(string wish)
    {
        private static readonly IReadOnlySet<string> AtSure = new HashSet<string>(WishCues.Under("sure"), StringComparer.Ordinal);
        private static readonly IReadOnlySet<string> AtLikely = new HashSet<string>(WishCues.Under("likely"), StringComparer.Ordinal);
        private static readonly IReadOnlySet<string> AtHint = new HashSet<string>(WishCues.Under("hint"), StringComparer.Ordinal);
        private static readonly IReadOnlySet<string> AtNot = new HashSet<string>(WishCues.Under("not"), StringComparer.Ordinal);

        private readonly WishCues? sure = AtSure.Contains(wish) ? WishCues.Of("sure/" + wish) : null;
        private readonly WishCues? likely = AtLikely.Contains(wish) ? WishCues.Of("likely/" + wish) : null;
        private readonly WishCues? hint = AtHint.Contains(wish) ? WishCues.Of("hint/" + wish) : null;
        private readonly WishCues? not = AtNot.Contains(wish) ? WishCues.Of("not/" + wish) : null;

        public bool IsOut(WishText text) => not?.IsIn(text) == true;

        public double Score(WishText text)
        {
            var against = 1.0;
            against *= sure?.IsIn(text) == true ? 1 - Sure : 1;
            against *= likely?.IsIn(text) == true ? 1 - Probable : 1;
            against *= against < 1 && hint?.IsIn(text) == true ? 1 - Hint : 1;
            return against == 1 || not?.IsIn(text) == true ? 0 : 1 - against;
        }
    }
}
