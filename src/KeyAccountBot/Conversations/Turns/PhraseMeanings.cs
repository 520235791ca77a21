using System.Collections.Frozen;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>Which wish a phrase asks for, where the two are not called the same.</summary>
internal static class PhraseMeanings
{
    private static readonly FrozenDictionary<string, string> Named = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["my-opportunities"] = "deals",
        ["open-opportunity"] = "create-opportunity",
        ["away"] = "absence",
        ["back"] = "end-absence",
        ["i-am-back"] = "end-absence",
        ["explain"] = "escalation-route",
        ["my-decision-makers"] = "coverage",
        ["check-in"] = "report",
        ["report-visit"] = "report",
        ["reminders"] = "follow-ups",
        ["weekly-digest"] = "settings",
        ["retire-contact"] = "change-contact",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether what follows the phrases of a wish is a sentence rather than a name, so that all of it is read.</summary>
    public static bool IsReadWhole(string phrase) => phrase is "remind" or "settings" or "export" or "nudge-rep";

    /// <summary>The wish that the phrases of this id ask for.</summary>
    public static string Of(string phrase) => Named.GetValueOrDefault(phrase, phrase);
}
