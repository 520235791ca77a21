using System.Runtime.InteropServices;

namespace KeyAccountBot.Sales.Reports;

/// <summary>A stretch of a report's text: what supports a part of the proposal.</summary>
/// <param name="Start">Where it begins, counted in UTF-16 from 0.</param>
/// <param name="Length">How long it is; never 0 in a proposal.</param>
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
