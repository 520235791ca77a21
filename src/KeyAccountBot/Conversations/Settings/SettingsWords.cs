using System.Globalization;
using KeyAccountBot.Language;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Settings;

/// <summary>What somebody wants set for themselves; <c>null</c> for what they do not speak of.</summary>
internal sealed record SettingsWords
{
    private static LanguageFiles Words => LanguageFiles.Part("settings");

    /// <summary>Nothing before this local time.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>Nothing at or after this local time.</summary>
    public TimeOnly? To { get; init; }

    /// <summary>The language, a culture name.</summary>
    public string? Language { get; init; }

    /// <summary>The channel.</summary>
    public Channel? Channel { get; init; }

    /// <summary>Whether the weekly digest comes.</summary>
    public bool? Digest { get; init; }

    /// <summary>All as the company has it.</summary>
    public bool IsUsual { get; init; }

    /// <summary>Whether nothing is spoken of.</summary>
    public bool IsEmpty => this == new SettingsWords();

    /// <summary>Reads "no messages before 10 am", "speak German to me", "write to me in Slack", 早上十点以前别发消息.</summary>
    public static SettingsWords Read(string words, DateOnly today, CultureInfo culture)
    {
        var folded = Spelling.Fold(words);
        var isUsual = Words.Pattern("usual").IsIn(folded);
        var (from, to) = isUsual ? (null, null) : HoursIn(words, folded, today, culture);
        return new SettingsWords
        {
            From = from,
            To = to,
            Language = Words.Pattern("language/asked").IsIn(folded) ? LanguageFiles.Languages.FirstOrDefault(l => Named(l, folded)) : null,
            Channel = !Words.Pattern("channel/asked").IsIn(folded) ? null
                : Words.Pattern("channel/Teams").IsIn(folded) ? Sales.People.Channel.Teams
                : Words.Pattern("channel/Slack").IsIn(folded) ? Sales.People.Channel.Slack
                : null,
            Digest = Words.Pattern("digest").IsIn(folded) ? !Words.Pattern("off").IsIn(folded) : null,
            IsUsual = isUsual,
        };
    }

    /// <summary>The same with what the slots of a wish say beside.</summary>
    public SettingsWords With(Asked asked) => IsUsual || From is not null || To is not null || asked.One("setting") is not "quiet hours" ? this : this with
    {
        From = asked.Time("until"),
        To = asked.Time("from"),
    };

    private static bool Named(string language, string folded) => Words.Lists.Contains("language/" + language, StringComparer.Ordinal) && Words.Pattern("language/" + language).IsIn(folded);

    // the words right before a time, or right behind it, say on which side of it there is to be quiet
    private static (TimeOnly? From, TimeOnly? To) HoursIn(string words, string folded, DateOnly today, CultureInfo culture)
    {
        (TimeOnly? from, TimeOnly? to) = (null, null);
        var times = SpokenDates.In(words, today, culture).Where(d => d.Time is not null).ToList();
        if (!Words.Pattern("hours").IsIn(folded))
        {
            return (null, null);
        }

        if (times.Count == 2 && Words.Pattern("between").IsIn(folded))
        {
            return (times[0].Time, times[1].Time);
        }

        var end = 0;
        foreach (var time in times)
        {
            var before = folded[end..time.Span.Start];
            var behind = folded[time.Span.End..Math.Min(folded.Length, time.Span.End + Near)];
            var whole = time.Span.Of(folded);
            end = time.Span.End;
            if (Words.Pattern("before").IsIn(before) || Words.Pattern("before").IsIn(whole) || (time.IsUntil && !Words.Pattern("after").IsIn(behind)) || Words.Pattern("beforeBehind").IsIn(behind))
            {
                from = time.Time;
            }
            else if (Words.Pattern("after").IsIn(before) || Words.Pattern("after").IsIn(whole) || Words.Pattern("afterBehind").IsIn(behind))
            {
                to = time.Time;
            }
        }

        return (from, to);
    }

    private const int Near = 4;
}
