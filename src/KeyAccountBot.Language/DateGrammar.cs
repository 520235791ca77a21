using System.Collections.Frozen;
using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>
/// Reads dates out of one text by the templates of <c>dates.json</c>. Templates of a kind may hold those of a lower one: a time, a day, a
/// period (week, month, quarter), a part of a period, a moment (a day with a time), and all that can be spoken.
/// </summary>
/// <remarks>Bounded: templates repeat nothing, what was found at a place is kept, and the text is walked once.</remarks>
internal sealed class DateGrammar : TemplateTree.ISlots
{
    private const int MostRemembered = 4000;
    private const string Weak = "time-weak";
    private const string Bare = "time-bare";

    private static readonly LanguageFiles File = LanguageFiles.Part("dates");

    private static readonly Dictionary<string, WordTable> Words = File.Lists
        .Where(l => l.StartsWith("words/", StringComparison.Ordinal))
        .ToDictionary(l => l["words/".Length..], l => WordTable.Of(File[l]), StringComparer.Ordinal);

    private static readonly Dictionary<string, TemplateTree> Trees = File.Lists
        .Where(l => l.StartsWith("templates/", StringComparison.Ordinal))
        .Select(l => (List: l, Path: l.Split('/')))
        .GroupBy(l => l.Path[1], StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => Tree(g.Select(l => (l.List, l.Path[2]))), StringComparer.Ordinal);

    private static readonly string[] Whens = ["day", "later", "period", "part"];
    private static readonly string[] Figures = ["first", "second", "yyyy", "yy", "minute"];
    private static readonly FrozenDictionary<string, FrozenSet<Beginning>> Firsts = Beginnings();

    private readonly string folded;
    private readonly Dictionary<int, Numbers.Found?> numbers = [];
    private readonly DateRules rules;
    private readonly Dictionary<(string Name, int Place), IReadOnlyList<(int End, object Value)>> remembered = [];

    /// <summary>A reader of this text.</summary>
    /// <param name="folded">By <see cref="Spelling.Fold(string)"/>.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="culture">Decides whether 12/3 begins with the day or the month.</param>
    public DateGrammar(string folded, DateOnly today, CultureInfo culture)
    {
        this.folded = folded;
        rules = new DateRules(today, culture);
    }

    /// <summary>The dates of the text, in its order.</summary>
    public IEnumerable<(TextSpan Span, DateMeaning Meaning)> All()
    {
        var at = 0;
        while (at < folded.Length)
        {
            if (!CanBegin(at))
            {
                at++;
                continue;
            }

            if (remembered.Count > MostRemembered)
            {
                remembered.Clear();
                numbers.Clear();
            }

            if (Longest(at) is not { } found)
            {
                at++;
                continue;
            }

            if (found.Meaning is { } meaning)
            {
                // a full stop behind a word ends the sentence
                yield return (new TextSpan(at, found.End - at - (folded[found.End - 1] == '.' && !char.IsAsciiDigit(folded[found.End - 2]) ? 1 : 0)), meaning);
            }

            at = found.End;
        }
    }

    /// <summary>What the text is as a whole, as one date.</summary>
    public DateMeaning? Whole()
    {
        var all = Spoken(0).Where(s => s.End == folded.Length).ToList();
        return all.Exists(s => s.Meaning is null)
            ? null
            : all.Select(s => s.Meaning).FirstOrDefault() ?? At("when-short", 0).Where(s => s.End == folded.Length).Select(s => (DateMeaning)s.Value).FirstOrDefault();
    }

    /// <summary>What the text is as a whole, as a time of day, a bare hour included.</summary>
    public TimeOnly? WholeTime() =>
        ((string[])["time", Weak, Bare]).SelectMany(name => At(name, 0)).Where(t => t.End == folded.Length).Select(t => (TimeOnly?)t.Value).FirstOrDefault();

    private static TemplateTree Tree(IEnumerable<(string List, string Kind)> lists)
    {
        var tree = new TemplateTree();
        foreach (var (list, kind) in lists)
        {
            foreach (var line in File[list])
            {
                tree.Add(kind, line.Text);
            }
        }

        return tree;
    }

    // with what the words of each slot may begin
    private static FrozenDictionary<string, FrozenSet<Beginning>> Beginnings()
    {
        var digits = "0123456789".Select(d => new Beginning(d, '\0')).ToHashSet();
        var figures = digits.Concat(Numbers.Beginnings).ToHashSet();
        var all = Words.ToDictionary(w => w.Key, w => w.Value.Beginnings.ToHashSet(), StringComparer.Ordinal);
        foreach (var name in (string[])["n", "dd", "mm", "weekno", "min", "hour"])
        {
            all[name] = figures;
        }

        foreach (var name in Figures)
        {
            all[name] = digits;
        }

        foreach (var name in Trees.Keys.Append("when"))
        {
            all[name] = [];
        }

        // templates begin with templates: until nothing is new
        var grew = true;
        while (grew)
        {
            grew = false;
            foreach (var (name, tree) in Trees)
            {
                var before = all[name].Count;
                all[name].UnionWith(tree.Beginnings);
                foreach (var slot in tree.FirstSlots)
                {
                    all[name].UnionWith(all.GetValueOrDefault(slot) ?? throw new FormatException($"dates.json: a template asks for '{slot}', which is neither a list of words nor a template."));
                }

                grew |= all[name].Count > before;
            }

            foreach (var name in Whens)
            {
                var before = all["when"].Count;
                all["when"].UnionWith(all[name]);
                all["moment"].UnionWith(all[name]);
                grew |= all["when"].Count > before;
            }
        }

        return all.ToFrozenDictionary(a => a.Key, a => a.Value.ToFrozenSet(), StringComparer.Ordinal);
    }

    private (int End, DateMeaning? Meaning)? Longest(int place)
    {
        (int End, DateMeaning? Meaning)? longest = null;
        foreach (var (end, meaning) in Spoken(place))
        {
            // what is no date wins over a date of the same words
            if (CanEnd(end) && (longest is not { } best || end > best.End || (end == best.End && meaning is null && best.Meaning is not null)))
            {
                longest = (end, meaning);
            }
        }

        return longest;
    }

    private IEnumerable<(int End, DateMeaning? Meaning)> Spoken(int place)
    {
        List<TemplateTree.Found> found = [];
        if (!CanBegin("spoken", place) && !CanBegin("moment", place))
        {
            yield break;
        }

        Trees["spoken"].Match(folded, place, this, found);
        foreach (var one in found)
        {
            if (one.Kind == "not")
            {
                yield return (one.End, null);
            }
            else if (rules.Spoken(one.Kind, one.Slots) is { } meaning)
            {
                yield return (one.End, meaning);
            }
        }

        foreach (var (end, value) in At("moment", place))
        {
            yield return (end, (DateMeaning)value);
        }
    }

    /// <inheritdoc/>
    public bool CanBegin(string slot, int place)
    {
        var (firsts, begins) = (Firsts[slot], Beginning.At(folded, place));
        return firsts.Contains(begins) || (begins.Second != '\0' && firsts.Contains(begins with { Second = '\0' }));
    }

    /// <inheritdoc/>
    public IEnumerable<(int End, object Value)> At(string slot, int place)
    {
        if (place >= folded.Length)
        {
            return [];
        }

        if (Words.TryGetValue(slot, out var table))
        {
            return table.At(folded, place).Select(w => (place + w.Text.Length, w.Value));
        }

        return slot switch
        {
            "n" => Counted(place),
            "dd" => Number(place, 2, 1, 31),
            "mm" => Number(place, 2, 1, 12),
            "weekno" => Number(place, 2, 1, 53),
            "first" or "second" => Plain(place, 1, 2, 0, 99),
            "yyyy" => Plain(place, 4, 4, 1, 9999),
            "yy" => Plain(place, 2, 2, 0, 99),
            "minute" => Plain(place, 2, 2, 0, 99),
            "min" => Minutes(place),
            "hour" => Hour(place),
            "when" => Whens.Where(w => CanBegin(w, place)).SelectMany(w => At(w, place)),
            "moment" => Remembered("moment", place).Concat(At("when", place)),
            _ => Remembered(slot, place),
        };
    }

    private IReadOnlyList<(int End, object Value)> Remembered(string name, int place)
    {
        if (remembered.TryGetValue((name, place), out var known))
        {
            return known;
        }

        // a template that begins with its own kind finds nothing, instead of looking for ever
        remembered[(name, place)] = [];
        List<TemplateTree.Found> found = [];
        if (!Trees.TryGetValue(name, out var tree))
        {
            throw new FormatException($"dates.json: a template asks for '{name}', which is neither a list of words nor a template.");
        }

        tree.Match(folded, place, this, found);
        return remembered[(name, place)] = [.. found
            .Select(f => (f.End, Value: rules.Meaning(name, f.Kind, f.Slots)))
            .Where(f => f.Value is not null)
            .Select(f => (f.End, f.Value!))
            .Distinct()
            .OrderByDescending(f => f.End)];
    }

    private IEnumerable<(int End, object Value)> Counted(int place)
    {
        if (Numbers.Digits(folded, place, 1, 4) is { } digits)
        {
            return [(digits.End, digits.Value)];
        }

        return NumberAt(place, orArticle: true) is { Value: < 10000 } words && decimal.IsInteger(words.Value) ? [(words.End, (object)(int)words.Value)] : [];
    }

    private Numbers.Found? NumberAt(int place, bool orArticle)
    {
        var key = orArticle ? -1 - place : place;
        if (!numbers.TryGetValue(key, out var known))
        {
            numbers[key] = known = Numbers.At(folded, place, orArticle, decimals: false);
        }

        return known;
    }

    // digits, or numerals where no space sets words apart
    private IEnumerable<(int End, object Value)> Number(int place, int most, int from, int to)
    {
        if (Numbers.Digits(folded, place, 1, most) is { } digits)
        {
            return digits.Value >= from && digits.Value <= to ? [(digits.End, digits.Value)] : [];
        }

        return Spelling.IsHan(folded[place]) && NumberAt(place, orArticle: false) is { } words && words.Value >= from && words.Value <= to
            ? [(words.End, (object)(int)words.Value)]
            : [];
    }

    private IEnumerable<(int End, object Value)> Plain(int place, int least, int most, int from, int to) =>
        Numbers.Digits(folded, place, least, most) is { } digits && digits.Value >= from && digits.Value <= to ? [(digits.End, digits.Value)] : [];

    private IEnumerable<(int End, object Value)> Minutes(int place) =>
        Number(place, 2, 0, 59).Where(m => char.IsAsciiDigit(folded[place]) || m.End - place >= 2);

    private IEnumerable<(int End, object Value)> Hour(int place)
    {
        if (char.IsAsciiDigit(folded[place]))
        {
            return Plain(place, 1, 2, 0, 24);
        }

        return NumberAt(place, orArticle: false) is { Value: >= 1 and <= 24 } words && decimal.IsInteger(words.Value) ? [(words.End, (object)(int)words.Value)] : [];
    }

    // a word begins, and no number goes on: not in DC-4, 2026-44, v1.2, +44 20, fri@example
    private bool CanBegin(int at)
    {
        var c = folded[at];
        if (!char.IsLetterOrDigit(c))
        {
            return false;
        }

        if (at == 0 || Spelling.IsHan(c))
        {
            return true;
        }

        var before = folded[at - 1];
        if (Spelling.IsLetter(before) || before is '@' or '_' or '#' or '+' or '$' or '€' or '£' or '¥' or '%')
        {
            return false;
        }

        return !char.IsAsciiDigit(c) || before is not ('-' or '.' or ',' or '/' or ':' or '\\') || at < 2 || !Spelling.IsLetter(folded[at - 2]);
    }

    private bool CanEnd(int end)
    {
        if (end >= folded.Length)
        {
            return true;
        }

        var (last, next) = (folded[end - 1], folded[end]);
        if (Spelling.IsLetter(last) && Spelling.IsLetter(next))
        {
            return false;
        }

        if (next is '@' or '_' or '%')
        {
            return false;
        }

        if (last == '.' && char.IsAsciiDigit(next))
        {
            return false;
        }

        if (!char.IsAsciiDigit(last))
        {
            return true;
        }

        // 3 is no day in 3.5, 3:30 and 12/3/4
        var beyond = end + 1 < folded.Length ? folded[end + 1] : ' ';
        return !char.IsAsciiDigit(next) && !(next is '.' or ',' or ':' or '/' or '-' && char.IsAsciiDigit(beyond));
    }
}
