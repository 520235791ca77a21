using System.Numerics;

namespace KeyAccountBot.Language;

/// <summary>
/// Which letters stand together in a text, by ones, twos and threes: a word can only stand in it if its letters do. A thousand words are
/// ruled out in the time that one search takes.
/// </summary>
internal sealed class LettersTogether
{
    /// <summary>How many places there are.</summary>
    public const int Places = 8192;

    private const int Long = 600;

    private readonly ulong[] has = new ulong[Places / 64];

    /// <summary>Of a text.</summary>
    public LettersTogether(ReadOnlySpan<char> text) => Read(text);

    private LettersTogether()
    {
    }

    /// <summary>So long that most letters stand together somewhere: that a word is not ruled out says little.</summary>
    public bool IsLong { get; private set; }

    /// <summary>Of a text, which this thread may have been asked for shortly before. Good until the next call.</summary>
    public static LettersTogether Of(ReadOnlySpan<char> text) => (Lately ??= new Recent()).Of(text);

    /// <summary>Adds the places that a word takes.</summary>
    public static void AddPlaces(ReadOnlySpan<char> word, List<ushort> places)
    {
        switch (word.Length)
        {
            case 1:
                places.Add(Place(word[0]));
                break;
            case 2:
                places.Add(Place(word[0], word[1]));
                break;
            default:
                for (var i = 2; i < word.Length; i++)
                {
                    places.Add(Place(word[i - 2], word[i - 1], word[i]));
                }

                break;
        }
    }

    /// <summary>Whether a word with these places may stand in the text.</summary>
    public bool Has(ReadOnlySpan<ushort> places)
    {
        foreach (var place in places)
        {
            if ((has[place >> 6] & (1UL << (place & 63))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the text has letters of this place.</summary>
    public bool Has(ushort place) => (has[place >> 6] & (1UL << (place & 63))) != 0;

    /// <summary>The places from 64 times this number on.</summary>
    public Vector<ulong> Vector(int from) => new(has, from);

    private void Read(ReadOnlySpan<char> text)
    {
        IsLong = text.Length > Long;
        for (var i = 0; i < text.Length; i++)
        {
            Set(Place(text[i]));
            if (i > 0)
            {
                Set(Place(text[i - 1], text[i]));
            }

            if (i > 1)
            {
                Set(Place(text[i - 2], text[i - 1], text[i]));
            }
        }
    }

    private void Set(ushort place) => has[place >> 6] |= 1UL << (place & 63);

    private static ushort Place(char one) => Place(one * 0x9E3779B1u);

    private static ushort Place(char one, char two) => Place((one * 0x85EBCA6Bu) ^ (two * 0x9E3779B1u) ^ 0x1234567u);

    private static ushort Place(char one, char two, char three) => Place((one * 0xC2B2AE35u) ^ (two * 0x85EBCA6Bu) ^ (three * 0x9E3779B1u));

    private static ushort Place(uint mixed) => (ushort)((mixed ^ (mixed >> 15)) * 0x2C1B3C6Du >> 19);

    [ThreadStatic]
    private static Recent? Lately;

    /// <summary>The last texts of a thread: many lists are asked about the same few clauses.</summary>
    private sealed class Recent
    {
        private const int Short = 1024;
        private const int Slots = 32;

        // the last slot is for a long text
        private readonly (char[] Text, int Length, LettersTogether? Letters)[] slots = new (char[], int, LettersTogether?)[Slots + 1];

        public LettersTogether Of(ReadOnlySpan<char> text)
        {
            ref var slot = ref slots[text.Length > Short ? Slots : (int)((uint)string.GetHashCode(text, StringComparison.Ordinal) % Slots)];
            if (slot.Letters is { } known && text.SequenceEqual(slot.Text.AsSpan(0, slot.Length)))
            {
                return known;
            }

            if (slot.Text is null || slot.Text.Length < text.Length)
            {
                slot.Text = new char[Math.Max(64, text.Length)];
            }

            var letters = slot.Letters ?? new LettersTogether();
            slot.Letters = null;
            text.CopyTo(slot.Text);
            slot.Length = text.Length;
            Array.Clear(letters.has);
            letters.Read(text);
            slot.Letters = letters;
            return letters;
        }
    }
}
