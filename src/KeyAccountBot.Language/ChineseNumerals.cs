namespace KeyAccountBot.Language;

/// <summary>The numerals from 一 to 九十九.</summary>
public static class ChineseNumerals
{
    /// <summary>The number written; <c>null</c> where it is none of these.</summary>
    public static int? Read(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 3 && Spelling.IsHan(text[0]) && Numbers.At(text.ToString(), 0) is { Value: >= 1 and <= 99 } number && number.End == text.Length && decimal.IsInteger(number.Value)
            ? (int)number.Value
            : null;
}
