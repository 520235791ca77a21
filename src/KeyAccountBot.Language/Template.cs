namespace KeyAccountBot.Language;

/// <summary>One thing that a template asks for at a place of a text.</summary>
internal abstract record TemplatePart
{
    /// <summary>These characters.</summary>
    internal sealed record Literal(string Text) : TemplatePart;

    /// <summary>One to three spaces; none where Chinese stands, which sets no words apart.</summary>
    internal sealed record Space : TemplatePart;

    /// <summary>Something with a value: a word of a table, a number, or another template's.</summary>
    /// <param name="Name">What may stand there, such as <c>weekday-short</c>.</param>
    internal sealed record Slot(string Name) : TemplatePart
    {
        /// <summary>Under which name its value is found: what stands before the hyphen.</summary>
        public string Key { get; } = Name.Split('-')[0];
    }
}

/// <summary>
/// A template as a language file has it: words, slots in braces, <c>(one|other)</c>, <c>[perhaps|or this]</c>. Written out, it is a few plain
/// sequences of parts.
/// </summary>
internal static class Template
{
    /// <summary>The sequences that a template stands for.</summary>
    /// <exception cref="FormatException">A bracket is left open: a fault in a language file.</exception>
    public static IReadOnlyList<IReadOnlyList<TemplatePart>> Sequences(string template)
    {
        var at = 0;
        var written = Choice(Spelling.Fold(template), ref at, '\0');
        return [.. written.Select(Merged)];
    }

    private static List<List<TemplatePart>> Choice(string text, ref int at, char end)
    {
        List<List<TemplatePart>> all = [];
        List<List<TemplatePart>> current = [[]];
        while (at < text.Length && text[at] != end)
        {
            var c = text[at++];
            switch (c)
            {
                case '|':
                    all.AddRange(current);
                    current = [[]];
                    break;
                case '(':
                    current = Joined(current, Choice(text, ref at, ')'));
                    break;
                case '[':
                    current = Joined(current, [[], .. Choice(text, ref at, ']')]);
                    break;
                case '{':
                    var close = text.IndexOf('}', at);
                    current = Joined(current, [[new TemplatePart.Slot(text[at..close])]]);
                    at = close + 1;
                    break;
                case ' ':
                    current = Joined(current, [[new TemplatePart.Space()]]);
                    break;
                default:
                    current = Joined(current, [[new TemplatePart.Literal(c.ToString())]]);
                    break;
            }
        }

        if (end != '\0' && at++ >= text.Length)
        {
            throw new FormatException($"Left open in '{text}': {end}");
        }

        all.AddRange(current);
        return all;
    }

    private static List<List<TemplatePart>> Joined(List<List<TemplatePart>> before, List<List<TemplatePart>> after) =>
        [.. before.SelectMany(b => after, (b, a) => (List<TemplatePart>)[.. b, .. a])];

    // letters that stand together are one literal
    private static IReadOnlyList<TemplatePart> Merged(List<TemplatePart> parts)
    {
        List<TemplatePart> merged = [];
        foreach (var part in parts)
        {
            if (part is TemplatePart.Literal next && merged is [.., TemplatePart.Literal last])
            {
                merged[^1] = new TemplatePart.Literal(last.Text + next.Text);
            }
            else
            {
                merged.Add(part);
            }
        }

        return merged;
    }
}

/// <summary>Templates that may begin at the same place, as one tree: what two of them share at their beginning is looked at once.</summary>
internal sealed class TemplateTree
{
    private readonly Dictionary<char, List<(string Text, TemplateTree Next)>> literals = [];
    private readonly List<(TemplatePart.Slot Slot, TemplateTree Next)> slots = [];
    private readonly List<string> kinds = [];
    private TemplateTree? space;

    /// <summary>What fills the slots of templates.</summary>
    internal interface ISlots
    {
        /// <summary>Whether anything that fills the slot begins so.</summary>
        bool CanBegin(string slot, char first);

        /// <summary>What fills the slot at a place of the text, and where each ends.</summary>
        IEnumerable<(int End, object Value)> At(string slot, int place);
    }

    /// <summary>The characters that a literal may begin with here.</summary>
    public IEnumerable<char> Beginnings => literals.Keys;

    /// <summary>The slots that may stand here first.</summary>
    public IEnumerable<string> FirstSlots => slots.Select(s => s.Slot.Name);

    /// <summary>What a template found: its kind, where it ends, and the values of its slots.</summary>
    internal readonly record struct Found(int End, string Kind, Captures? Slots);

    /// <summary>The values of slots, the latest first.</summary>
    internal sealed record Captures(string Key, object Value, Captures? Before);

    /// <summary>Adds a template.</summary>
    public void Add(string kind, string template)
    {
        foreach (var parts in Template.Sequences(template))
        {
            var tree = this;
            foreach (var part in parts)
            {
                tree = tree.Below(part);
            }

            if (!tree.kinds.Contains(kind))
            {
                tree.kinds.Add(kind);
            }
        }
    }

    /// <summary>All that fits from a place on.</summary>
    public void Match(string folded, int place, ISlots values, List<Found> into) => Match(folded, place, place, null, values, into);

    private void Match(string folded, int start, int at, Captures? slotsBefore, ISlots values, List<Found> into)
    {
        foreach (var kind in kinds)
        {
            into.Add(new Found(at, kind, slotsBefore));
        }

        if (at >= folded.Length)
        {
            return;
        }

        if (space is not null)
        {
            var after = at;
            while (after < folded.Length && after - at < 3 && IsSpace(folded[after]))
            {
                after++;
            }

            if (after > at || TouchesHan(folded, at, at))
            {
                space.Parts(folded, start, after, slotsBefore, values, into);
            }
        }

        Parts(folded, start, at, slotsBefore, values, into);
        if (at > start && IsSpace(folded[at]) && at + 1 < folded.Length && TouchesHan(folded, at, at + 1))
        {
            Parts(folded, start, at + 1, slotsBefore, values, into);
        }
    }

    private void Parts(string folded, int start, int at, Captures? slotsBefore, ISlots values, List<Found> into)
    {
        if (at >= folded.Length)
        {
            return;
        }

        if (literals.TryGetValue(folded[at], out var texts))
        {
            foreach (var (text, next) in texts)
            {
                if (string.CompareOrdinal(folded, at, text, 0, text.Length) == 0)
                {
                    next.Match(folded, start, at + text.Length, slotsBefore, values, into);
                }
            }
        }

        foreach (var (slot, next) in slots)
        {
            if (!values.CanBegin(slot.Name, folded[at]))
            {
                continue;
            }

            foreach (var (end, value) in values.At(slot.Name, at))
            {
                next.Match(folded, start, end, new Captures(slot.Key, value, slotsBefore), values, into);
            }
        }
    }

    private TemplateTree Below(TemplatePart part)
    {
        switch (part)
        {
            case TemplatePart.Space:
                return space ??= new TemplateTree();
            case TemplatePart.Slot slot:
                var known = slots.Find(s => s.Slot.Name == slot.Name).Next;
                if (known is null)
                {
                    slots.Add((slot, known = new TemplateTree()));
                }

                return known;
            case TemplatePart.Literal literal:
                if (!literals.TryGetValue(literal.Text[0], out var texts))
                {
                    literals[literal.Text[0]] = texts = [];
                }

                var below = texts.Find(t => t.Text == literal.Text).Next;
                if (below is null)
                {
                    texts.Add((literal.Text, below = new TemplateTree()));
                }

                return below;
            default:
                throw new InvalidOperationException($"A template knows no {part}.");
        }
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\u00a0';

    private static bool TouchesHan(string folded, int before, int after) =>
        (before > 0 && Spelling.IsHan(folded[before - 1])) || (after < folded.Length && Spelling.IsHan(folded[after]));
}
