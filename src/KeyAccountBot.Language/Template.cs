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
/// A place within a template as a language file has it: words, slots in braces, <c>(one|other)</c>, <c>[perhaps|or this]</c>. Written out it
/// would stand for thousands of sequences; so it is kept as places and what follows each.
/// </summary>
internal abstract record TemplatePlace
{
    /// <summary>The end of a template of a kind.</summary>
    internal sealed record End(string Kind) : TemplatePlace;

    /// <summary>Something is asked for; then it goes on.</summary>
    internal sealed record Step(TemplatePart Part, TemplatePlace Next) : TemplatePlace;

    /// <summary>It goes on at one of these places, in this order.</summary>
    internal sealed record Fork(IReadOnlyList<TemplatePlace> Ways) : TemplatePlace;

    /// <summary>Where a template begins.</summary>
    /// <exception cref="FormatException">A bracket is left open: a fault in a language file.</exception>
    public static TemplatePlace Of(string kind, string template)
    {
        var folded = Spelling.Fold(template);
        var at = 0;
        return Choice(folded, ref at, '\0')(new End(kind));
    }

    // what is read gives its place once it is known what follows
    private static Func<TemplatePlace, TemplatePlace> Choice(string text, ref int at, char end)
    {
        List<List<Func<TemplatePlace, TemplatePlace>>> ways = [[]];
        while (at < text.Length && text[at] != end)
        {
            var c = text[at++];
            switch (c)
            {
                case '|':
                    ways.Add([]);
                    break;
                case '(':
                    ways[^1].Add(Choice(text, ref at, ')'));
                    break;
                case '[':
                    var perhaps = Choice(text, ref at, ']');
                    ways[^1].Add(next => new Fork([next, perhaps(next)]));
                    break;
                case '{':
                    var close = text.IndexOf('}', at);
                    ways[^1].Add(Asks(new TemplatePart.Slot(text[at..close])));
                    at = close + 1;
                    break;
                case ' ':
                    ways[^1].Add(Asks(new TemplatePart.Space()));
                    break;
                default:
                    ways[^1].Add(Asks(new TemplatePart.Literal(c.ToString())));
                    break;
            }
        }

        if (end != '\0' && at++ >= text.Length)
        {
            throw new FormatException($"Left open in '{text}': {end}");
        }

        return ways is [var only] ? Sequence(only) : next => new Fork([.. ways.Select(way => Sequence(way)(next))]);
    }

    private static Func<TemplatePlace, TemplatePlace> Asks(TemplatePart part) => next => new Step(part, next);

    private static Func<TemplatePlace, TemplatePlace> Sequence(List<Func<TemplatePlace, TemplatePlace>> parts) =>
        next => Enumerable.Reverse(parts).Aggregate(next, static (after, part) => part(after));
}

/// <summary>
/// Templates that may begin at the same place, as one tree: what two of them share at their beginning is looked at once. A branch is only
/// grown when a text first gets there.
/// </summary>
internal sealed class TemplateTree
{
    private readonly List<TemplatePlace> places;
    private Branches? grown;

    /// <summary>A tree without a template.</summary>
    public TemplateTree() => places = [];

    private TemplateTree(List<TemplatePlace> places) => this.places = places;

    /// <summary>What fills the slots of templates.</summary>
    internal interface ISlots
    {
        /// <summary>Whether anything that fills the slot begins as the text goes on at a place.</summary>
        bool CanBegin(string slot, int place);

        /// <summary>What fills the slot at a place of the text, and where each ends.</summary>
        IEnumerable<(int End, object Value)> At(string slot, int place);
    }

    /// <summary>How a literal may begin here.</summary>
    public IEnumerable<Beginning> Beginnings => Grown.Literals.Values.SelectMany(texts => texts).Select(t => Beginning.Of(t.Text));

    /// <summary>The slots that may stand here first.</summary>
    public IEnumerable<string> FirstSlots => Grown.Slots.Select(s => s.Slot.Name);

    /// <summary>What a template found: its kind, where it ends, and the values of its slots.</summary>
    internal readonly record struct Found(int End, string Kind, Captures? Slots);

    /// <summary>The values of slots, the latest first.</summary>
    internal sealed record Captures(string Key, object Value, Captures? Before);

    /// <summary>Adds a template; before a text is held against the tree.</summary>
    /// <exception cref="FormatException">A bracket is left open: a fault in a language file.</exception>
    public void Add(string kind, string template) => places.Add(TemplatePlace.Of(kind, template));

    // two threads may grow it at once: both get the same
    private Branches Grown => grown ??= new Branches(places);

    /// <summary>All that fits from a place on.</summary>
    public void Match(string folded, int place, ISlots values, List<Found> into) => Match(folded, place, place, null, values, into);

    private void Match(string folded, int start, int at, Captures? slotsBefore, ISlots values, List<Found> into)
    {
        var branches = Grown;
        foreach (var kind in branches.Kinds)
        {
            into.Add(new Found(at, kind, slotsBefore));
        }

        if (at >= folded.Length)
        {
            return;
        }

        if (branches.Space is { } space)
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

        if (Grown.Literals.TryGetValue(folded[at], out var texts))
        {
            foreach (var (text, next) in texts)
            {
                if (string.CompareOrdinal(folded, at, text, 0, text.Length) == 0)
                {
                    next.Match(folded, start, at + text.Length, slotsBefore, values, into);
                }
            }
        }

        foreach (var (slot, next) in Grown.Slots)
        {
            if (!values.CanBegin(slot.Name, at))
            {
                continue;
            }

            foreach (var (end, value) in values.At(slot.Name, at))
            {
                next.Match(folded, start, end, new Captures(slot.Key, value, slotsBefore), values, into);
            }
        }
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\u00a0';

    private static bool TouchesHan(string folded, int before, int after) =>
        (before > 0 && Spelling.IsHan(folded[before - 1])) || (after < folded.Length && Spelling.IsHan(folded[after]));

    /// <summary>What goes on from a place of the tree, in the order of the templates.</summary>
    private sealed class Branches
    {
        public Branches(IEnumerable<TemplatePlace> places)
        {
            HashSet<TemplatePlace> been = new(ReferenceEqualityComparer.Instance);
            foreach (var place in places)
            {
                Grow(place, been);
            }
        }

        public Dictionary<char, List<(string Text, TemplateTree Next)>> Literals { get; } = [];

        public List<(TemplatePart.Slot Slot, TemplateTree Next)> Slots { get; } = [];

        public List<string> Kinds { get; } = [];

        public TemplateTree? Space { get; private set; }

        private void Grow(TemplatePlace place, HashSet<TemplatePlace> been)
        {
            if (!been.Add(place))
            {
                return;
            }

            switch (place)
            {
                case TemplatePlace.End end when !Kinds.Contains(end.Kind):
                    Kinds.Add(end.Kind);
                    break;
                case TemplatePlace.Fork fork:
                    foreach (var way in fork.Ways)
                    {
                        Grow(way, been);
                    }

                    break;
                case TemplatePlace.Step { Part: TemplatePart.Space } step:
                    (Space ??= new TemplateTree()).Add(step.Next);
                    break;
                case TemplatePlace.Step { Part: TemplatePart.Slot slot } step:
                    var known = Slots.Find(s => s.Slot.Name == slot.Name).Next;
                    if (known is null)
                    {
                        Slots.Add((slot, known = new TemplateTree()));
                    }

                    known.Add(step.Next);
                    break;
                case TemplatePlace.Step { Part: TemplatePart.Literal literal } step:
                    GrowLiteral(literal.Text, step.Next);
                    break;
                default:
                    break;
            }
        }

        // letters that stand together are one literal
        private void GrowLiteral(string text, TemplatePlace next)
        {
            switch (next)
            {
                case TemplatePlace.Step { Part: TemplatePart.Literal more } step:
                    GrowLiteral(text + more.Text, step.Next);
                    break;
                case TemplatePlace.Fork fork:
                    foreach (var way in fork.Ways)
                    {
                        GrowLiteral(text, way);
                    }

                    break;
                default:
                    if (!Literals.TryGetValue(text[0], out var texts))
                    {
                        Literals[text[0]] = texts = [];
                    }

                    var below = texts.Find(t => t.Text == text).Next;
                    if (below is null)
                    {
                        texts.Add((text, below = new TemplateTree()));
                    }

                    below.Add(next);
                    break;
            }
        }
    }

    private void Add(TemplatePlace place)
    {
        if (!places.Exists(p => ReferenceEquals(p, place)))
        {
            places.Add(place);
        }
    }
}
