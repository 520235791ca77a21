using System.Numerics;

namespace KeyAccountBot.Language;

/// <summary>Which lines may fit a text, by the letters that their words have: so that a list of hundreds costs no more than a few.</summary>
internal sealed class LineIndex
{
    private const int Few = 32;

    private readonly LineExpression[] lines;

    // the places of a word each, in their order, and the lines that have such a word
    private readonly ushort[] keys;
    private readonly ushort[][] linesOf;

    // the keys as a text has its letters, where they are many
    private readonly ulong[]? together;

    // those that are always asked
    private readonly ulong[] always;

    /// <summary>Of these lines.</summary>
    public LineIndex(IEnumerable<LineExpression> lines)
    {
        this.lines = [.. lines];
        always = new ulong[(this.lines.Length + 63) / 64];
        SortedDictionary<ushort, List<ushort>> found = [];
        for (var i = 0; i < this.lines.Length; i++)
        {
            if (this.lines[i].Required is not { } required)
            {
                Add(always, i);
                continue;
            }

            foreach (var key in required.Keys())
            {
                if (!found.TryGetValue(key, out var with))
                {
                    found[key] = with = [];
                }

                if (with.Count == 0 || with[^1] != i)
                {
                    with.Add((ushort)i);
                }
            }
        }

        keys = [.. found.Keys];
        linesOf = [.. found.Values.Select(v => v.ToArray())];
        if (keys.Length > Few)
        {
            together = new ulong[LettersTogether.Places / 64];
            foreach (var key in keys)
            {
                Add(together, key);
            }
        }
    }

    /// <summary>How many lines there are.</summary>
    public int Count => lines.Length;

    /// <summary>The lines that may fit the text, in their order.</summary>
    public Candidates In(ReadOnlySpan<char> text, LettersTogether letters)
    {
        ulong[]? maybe = null;
        if (together is null)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                if (letters.Has(keys[i]))
                {
                    Take(i, ref maybe);
                }
            }
        }
        else
        {
            for (var i = 0; i < together.Length; i += Vector<ulong>.Count)
            {
                var both = new Vector<ulong>(together, i) & letters.Vector(i);
                if (both == Vector<ulong>.Zero)
                {
                    continue;
                }

                for (var n = 0; n < Vector<ulong>.Count; n++)
                {
                    for (var bits = both[n]; bits != 0; bits &= bits - 1)
                    {
                        Take(Array.BinarySearch(keys, (ushort)(((i + n) * 64) + BitOperations.TrailingZeroCount(bits))), ref maybe);
                    }
                }
            }
        }

        return new Candidates(lines, maybe ?? always, text, letters);
    }

    private void Take(int key, ref ulong[]? maybe)
    {
        maybe ??= [.. always];
        foreach (var line in linesOf[key])
        {
            Add(maybe, line);
        }
    }

    private static void Add(ulong[] bits, int at) => bits[at >> 6] |= 1UL << (at & 63);

    /// <summary>Lines that may fit a text.</summary>
    internal ref struct Candidates(LineExpression[] lines, ulong[] maybe, ReadOnlySpan<char> text, LettersTogether letters)
    {
        private readonly ReadOnlySpan<char> text = text;
        private int at = -1;

        /// <summary>The line.</summary>
        public readonly LineExpression Current => lines[at];

        /// <summary>Each in turn.</summary>
        public readonly Candidates GetEnumerator() => this;

        /// <summary>Goes on to the next one.</summary>
        public bool MoveNext()
        {
            for (at++; at < lines.Length; at++)
            {
                var bits = maybe[at >> 6] >> (at & 63);
                if (bits == 0)
                {
                    at |= 63;
                    continue;
                }

                at += BitOperations.TrailingZeroCount(bits);
                if (lines[at].MayFit(text, letters))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
