using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>
/// What a text must hold for a regular expression to fit it: sets of words, of each of which one stands in every match. So a line of a
/// language file is only tried on texts that have its words. In doubt nothing is required.
/// </summary>
public sealed class RequiredWords
{
    private const int MostWords = 250;
    private const int MostJoined = 64;
    private const int LongestWord = 24;
    private const int MostSets = 4;
    private const double TooCommon = 7;

    // per set: where it ends; per word: how many places it has, and the places
    private readonly ushort[] program;

    private RequiredWords(IReadOnlyList<IReadOnlyList<string>> sets)
    {
        Sets = sets;
        List<ushort> steps = [];
        foreach (var set in sets)
        {
            var start = steps.Count;
            steps.Add(0);
            foreach (var word in set)
            {
                var at = steps.Count;
                steps.Add(0);
                LettersTogether.AddPlaces(word, steps);
                steps[at] = (ushort)(steps.Count - at - 1);
            }

            steps[start] = (ushort)steps.Count;
        }

        program = [.. steps];
    }

    /// <summary>The sets; a text that a match stands in has a word of each.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Sets { get; }

    /// <summary>What an expression requires; <c>null</c> for nothing, and for one that is written in a way that is not known here.</summary>
    /// <param name="expression">With no options that change what letters mean.</param>
    public static RequiredWords? Of(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        try
        {
            var whole = new Reader(expression).Whole();
            var sets = whole.AllSets().Select(s => (Words: s, Weight: Weight(s))).Where(s => s.Weight < TooCommon).OrderBy(s => s.Weight).Take(MostSets).Select(s => s.Words).ToList();
            return sets.Count > 0 ? new RequiredWords(sets) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Of each word of one set a place that a text must have for it.</summary>
    internal IEnumerable<ushort> Keys()
    {
        List<ushort> places = [];
        foreach (var word in Sets[0])
        {
            places.Clear();
            // no matter which of them: not one with a space, which many words have
            var end = word.TrimEnd();
            LettersTogether.AddPlaces(end.Length is > 3 ? end[^3..] : word.Length is > 3 ? word[..3] : word, places);
            yield return places[0];
        }
    }

    /// <summary>Whether the expression can fit somewhere in a text; false only where it cannot.</summary>
    /// <param name="text">The text.</param>
    /// <param name="letters">Of the same text.</param>
    internal bool MayFit(ReadOnlySpan<char> text, LettersTogether letters)
    {
        for (var i = 0; i < program.Length;)
        {
            int end = program[i++];
            var has = false;
            while (i < end && !has)
            {
                var next = i + 1 + program[i];
                has = letters.Has(program.AsSpan(i + 1, program[i]));
                i = next;
            }

            if (!has)
            {
                return false;
            }

            i = end;
        }

        return !letters.IsLong || HasAll(text);
    }

    // a long text has nearly all letters together somewhere
    private bool HasAll(ReadOnlySpan<char> text)
    {
        foreach (var set in Sets)
        {
            var has = false;
            foreach (var word in set)
            {
                if (text.IndexOf(word, StringComparison.Ordinal) >= 0)
                {
                    has = true;
                    break;
                }
            }

            if (!has)
            {
                return false;
            }
        }

        return true;
    }

    // about how likely one of the words is to stand at a place of a text, times a hundred
    private static double Weight(IReadOnlyList<string> words) => words.Sum(Weight);

    private static double Weight(string word)
    {
        var weight = 100.0;
        foreach (var c in word)
        {
            weight *= c >= WishText.Account ? 0.001 : c == ' ' ? 0.2 : char.IsLetter(c) ? 0.08 : 0.02;
        }

        return weight;
    }

    /// <summary>A piece of an expression: all that it can be, or what it requires.</summary>
    /// <param name="Exact">All the strings that it can be; <c>null</c> where they are too many.</param>
    /// <param name="Sets">Where they are too many: what each of them has.</param>
    private sealed record Piece(IReadOnlyList<string>? Exact, IReadOnlyList<IReadOnlyList<string>> Sets)
    {
        public static Piece Anything { get; } = new(null, []);

        public static Piece Nothing { get; } = new([""], []);

        public IEnumerable<IReadOnlyList<string>> AllSets() => Exact is null ? Sets : Exact.Any(e => e.Length == 0) ? [] : [Exact];

        public IReadOnlyList<string>? Best() => AllSets().MinBy(Weight);
    }

    /// <summary>Reads the part of regular expressions that language files use.</summary>
    private sealed class Reader(string text)
    {
        private int at;

        public Piece Whole()
        {
            var whole = Alternatives();
            return at == text.Length ? whole : throw new FormatException();
        }

        private Piece Alternatives()
        {
            List<Piece> all = [Sequence()];
            while (at < text.Length && text[at] == '|')
            {
                at++;
                all.Add(Sequence());
            }

            if (all.Count == 1)
            {
                return all[0];
            }

            if (all.TrueForAll(p => p.Exact is not null) && all.Sum(p => p.Exact!.Count) <= MostWords)
            {
                return new Piece([.. all.SelectMany(p => p.Exact!).Distinct(StringComparer.Ordinal)], []);
            }

            var best = all.ConvertAll(p => p.Best());
            return best.Contains(null) || best.Sum(b => b!.Count) > MostWords
                ? Piece.Anything
                : new Piece(null, [[.. best.SelectMany(b => b!).Distinct(StringComparer.Ordinal)]]);
        }

        private Piece Sequence()
        {
            List<IReadOnlyList<string>> sets = [];
            IReadOnlyList<string> running = [""];
            var isExact = true;
            while (at < text.Length && text[at] is not ('|' or ')'))
            {
                var piece = Repeated(One());
                if (piece.Exact is { } exact && CanJoin(running, exact))
                {
                    running = [.. running.SelectMany(_ => exact, string.Concat).Distinct(StringComparer.Ordinal)];
                    continue;
                }

                isExact = false;
                End();
                sets.AddRange(piece.Exact is null ? piece.Sets : []);
                running = piece.Exact ?? [""];
            }

            if (isExact)
            {
                return new Piece(running, []);
            }

            End();
            return new Piece(null, sets);

            void End()
            {
                if (running.All(r => r.Length > 0))
                {
                    sets.Add(running);
                }
            }
        }

        private static bool CanJoin(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
            (one.Count == 1 || other.Count == 1 || one.Count * other.Count <= MostJoined) && one.Max(o => o.Length) + other.Max(o => o.Length) <= LongestWord;

        private Piece Repeated(Piece piece)
        {
            while (at < text.Length)
            {
                var (least, most) = (-1, -1);
                switch (text[at])
                {
                    case '?':
                        (least, most) = (0, 1);
                        at++;
                        break;
                    case '*':
                        (least, most) = (0, int.MaxValue);
                        at++;
                        break;
                    case '+':
                        (least, most) = (1, int.MaxValue);
                        at++;
                        break;
                    case '{' when Counts() is { } counts:
                        (least, most) = counts;
                        break;
                    default:
                        return piece;
                }

                // as few as can be: the same strings
                if (at < text.Length && text[at] == '?')
                {
                    at++;
                }

                piece = (least, most) switch
                {
                    (0, 1) when piece.Exact is { Count: < MostWords } exact => new Piece([.. exact.Append("").Distinct(StringComparer.Ordinal)], []),
                    (1, 1) => piece,
                    (0, _) => Piece.Anything,
                    _ => new Piece(null, [.. piece.AllSets()]),
                };
            }

            return piece;
        }

        // {2}, {2,} and {2,5}; any other brace stands for itself
        private (int Least, int Most)? Counts()
        {
            var end = text.IndexOf('}', at);
            var parts = end < 0 ? [] : text[(at + 1)..end].Split(',');
            if (parts.Length is not (1 or 2) || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least))
            {
                return null;
            }

            var most = least;
            if (parts.Length == 2 && parts[1].Length == 0)
            {
                most = int.MaxValue;
            }
            else if (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out most))
            {
                return null;
            }

            at = end + 1;
            return (least, most);
        }

        private Piece One()
        {
            var c = text[at++];
            return c switch
            {
                '(' => Group(),
                '[' => Class(),
                '.' => Piece.Anything,
                '^' or '$' => Piece.Nothing,
                '\\' => Escaped() is { } letter ? Letter(letter) : IsPlace(text[at - 1]) ? Piece.Nothing : Piece.Anything,
                _ => Letters(),
            };
        }

        // letters in a row are one piece; the last before a repetition stands by itself
        private Piece Letters()
        {
            var start = at - 1;
            while (at < text.Length && at - start < LongestWord / 2 && IsPlain(text[at]) && IsPlain(text[at - 1])
                && !(at + 1 < text.Length && text[at + 1] is '?' or '*' or '+' or '{'))
            {
                at++;
            }

            return new Piece([text[start..at]], []);
        }

        private static bool IsPlain(char c) => c is not ('(' or ')' or '[' or '.' or '^' or '$' or '\\' or '|' or '?' or '*' or '+' or '{');

        private static Piece Letter(char c) => new([c.ToString()], []);

        private static bool IsPlace(char escape) => escape is 'b' or 'B' or 'A' or 'z' or 'Z';

        private Piece Group()
        {
            var looks = false;
            if (Takes("?"))
            {
                if (Takes("=") || Takes("!") || Takes("<=") || Takes("<!"))
                {
                    looks = true;
                }
                else if (Takes("<"))
                {
                    var end = text.IndexOf('>', at);
                    if (end <= at || !text.AsSpan(at, end - at).ToString().All(char.IsLetterOrDigit))
                    {
                        throw new FormatException();
                    }

                    at = end + 1;
                }
                else if (!Takes(":") && !Takes(">"))
                {
                    throw new FormatException();
                }
            }

            var within = Alternatives();
            return !Takes(")") ? throw new FormatException() : looks ? Piece.Nothing : within;
        }

        private bool Takes(string what)
        {
            if (string.CompareOrdinal(text, at, what, 0, what.Length) != 0)
            {
                return false;
            }

            at += what.Length;
            return true;
        }

        private Piece Class()
        {
            const int mostLetters = 8;
            var isNegated = Takes("^");
            List<string> letters = [];
            var isOpen = isNegated;
            for (var first = true; ; first = false)
            {
                var c = at < text.Length ? text[at++] : throw new FormatException();
                if (c == ']' && !first)
                {
                    break;
                }

                if (c == '[' && text[at - 2] == '-')
                {
                    // one class without another
                    throw new FormatException();
                }

                if (c == '\\')
                {
                    if (Escaped() is not { } escaped)
                    {
                        isOpen = true;
                        continue;
                    }

                    c = escaped;
                }

                if (at + 1 < text.Length && text[at] == '-' && text[at + 1] is not (']' or '['))
                {
                    at++;
                    var to = text[at++];
                    to = to == '\\' ? Escaped() ?? throw new FormatException() : to;
                    for (var between = c; between < to && letters.Count <= mostLetters; between++)
                    {
                        letters.Add(between.ToString());
                    }

                    c = to;
                }

                letters.Add(c.ToString());
            }

            return isOpen || letters.Count > mostLetters ? Piece.Anything : new Piece([.. letters.Distinct(StringComparer.Ordinal)], []);
        }

        // the letter that an escape stands for; null for one of many letters, or for a place
        private char? Escaped()
        {
            var c = at < text.Length ? text[at++] : throw new FormatException();
            switch (c)
            {
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u' when at + 4 <= text.Length && ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                    at += 4;
                    return (char)code;
                case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                    return null;
                case 'p' or 'P':
                    var end = text.IndexOf('}', at);
                    at = end < 0 ? throw new FormatException() : end + 1;
                    return null;
                case var _ when IsPlace(c):
                    return null;
                case var _ when char.IsAsciiLetterOrDigit(c):
                    // what it means is not known here
                    throw new FormatException();
                default:
                    return c;
            }
        }
    }
}
