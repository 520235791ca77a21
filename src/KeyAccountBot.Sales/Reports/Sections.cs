using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Tells the writer's words from those that they hand on: a forwarded mail, a chat, a quotation.</summary>
internal static class Sections
{
    private const int ShortestQuotation = 14;
    private static readonly LanguageFiles Wording = LanguageFiles.Part("reports");

    /// <summary>Whose words stand at each position.</summary>
    public static Voice[] Voices(string text, string masked, IReadOnlyList<NameMention> names, ReportScene scene)
    {
        var voices = new Voice[text.Length];
        Lines(masked, voices);
        Chat(text, names, scene, voices);
        Quotations(text, voices);
        foreach (var match in Wording.Pattern("injected").In(masked))
        {
            voices.AsSpan(match.Index, match.Length).Fill(Voice.Injected);
        }

        return voices;
    }

    /// <summary>The lines of a text.</summary>
    public static IEnumerable<TextSpan> LinesOf(string text)
    {
        var start = 0;
        while (start <= text.Length)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            yield return new TextSpan(start, end - start);
            start = end + 1;
        }
    }

    // from the head of a forwarded mail to the end, and what an introduction hands on
    private static void Lines(string masked, Voice[] voices)
    {
        var headers = 0;
        foreach (var line in LinesOf(masked))
        {
            var words = line.Of(masked).Trim();
            if (headers == 0 && words.Length > 0 && Wording.Pattern("forwarded").IsIn(words))
            {
                headers = 1;
            }

            if (headers > 0)
            {
                voices.AsSpan(line.Start, line.Length).Fill(Voice.Quoted);
                continue;
            }

            if (Wording.Pattern("quoteIntro").IsIn(words) && line.End < masked.Length && words.Length > 0 && words[^1] is ':' && masked.AsSpan(line.End).Trim().Length > 0)
            {
                headers = 1;
            }
        }
    }

    // "Li Wei: …" or "[2/12 10:02] Li Wei: …" line by line, or a name and a time on a line of their own
    private static void Chat(string text, IReadOnlyList<NameMention> names, ReportScene scene, Voice[] voices)
    {
        List<(TextSpan Line, int Words, bool IsOwn)> said = [];
        var lines = LinesOf(text).ToList();
        var own = false;
        var alone = 0;
        foreach (var line in lines)
        {
            var speaker = names.FirstOrDefault(n => n.Kind is NameKind.Contact or NameKind.Colleague && line.Holds(n.Span) && IsHead(text, line, n.Span));
            if (speaker is not null)
            {
                var after = text.AsSpan(speaker.Span.End, line.End - speaker.Span.End);
                var colon = after.IndexOfAny(':', '：');
                var isAlone = after.Trim().Length is > 0 and < 10 && after.Trim().ToString().All(c => char.IsAsciiDigit(c) || c is ':' or ' ');
                own = speaker.Kind == NameKind.Colleague;
                if (isAlone)
                {
                    alone++;
                }
                else if (colon is 0 or 1 && text.AsSpan(line.Start, speaker.Span.Start - line.Start).Trim().Length > 0)
                {
                    said.Add((line, speaker.Span.End, own));
                }
            }
            else if (alone > 1 && line.Length > 0)
            {
                said.Add((line, line.Start, own));
            }
        }

        _ = scene;
        if (said.Count < 2)
        {
            return;
        }

        foreach (var (line, from, _) in said)
        {
            voices.AsSpan(from, line.End - from).Fill(Voice.Quoted);
        }
    }

    // nothing but a time and marks stands before the name
    private static bool IsHead(string text, TextSpan line, TextSpan name)
    {
        foreach (var c in text.AsSpan(line.Start, name.Start - line.Start))
        {
            if (!char.IsAsciiDigit(c) && !char.IsWhiteSpace(c) && c is not ('[' or ']' or '/' or ':' or '.' or '-' or ',' or '(' or ')'))
            {
                return false;
            }
        }

        return name.Start - line.Start < 40;
    }

    // what stands in quotation marks, if it is more than a word
    private static void Quotations(string text, Voice[] voices)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var close = text[i] switch { '“' => '”', '「' => '」', '„' => '“', '"' => '"', '«' => '»', _ => '\0' };
            if (close == '\0')
            {
                continue;
            }

            var end = text.IndexOf(close, i + 1);
            if (end > i + ShortestQuotation)
            {
                voices.AsSpan(i, end - i + 1).Fill(Voice.Quoted);
            }

            i = end > i ? end : i;
        }
    }
}
