using System.Runtime.InteropServices;

namespace KeyAccountBot.Language;

/// <summary>A stretch of a text: the words that support what was read of it.</summary>
/// <param name="Start">Where it begins, counted in UTF-16 from 0.</param>
/// <param name="Length">How long it is; never 0 in what was read.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The first position after it.</summary>
    public int End => Start + Length;

    /// <summary>The words themselves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text is shorter.</exception>
    public string Of(string text) => text.Substring(Start, Length);

    /// <summary>Whether another lies within this one.</summary>
    public bool Holds(TextSpan other) => other.Start >= Start && other.End <= End;
}
