namespace KeyAccountBot.Slack.BlockKit;

/// <summary>Refuses what no cut could mend.</summary>
internal static class Refuse
{
    public static string TooLong(string value, int length, string field) =>
        value.Length is > 0 && value.Length <= length
            ? value
            : throw new ArgumentException($"Slack takes a {field} of 1 to {length} characters; this one has {value.Length}.", nameof(value));

    public static IReadOnlyList<T> None<T>(IReadOnlyList<T> elements, string block) =>
        elements.Count > 0 ? elements : throw new ArgumentException($"Slack refuses an empty block of type {block}.", nameof(elements));
}
