using System.Globalization;

namespace KeyAccountBot.FollowUps;

/// <summary>Why a follow-up is not an issue, ready to choose.</summary>
internal enum ReadyReason
{
    /// <summary>Nobody is there at the customer.</summary>
    Holiday,

    /// <summary>The customer takes the time that was agreed.</summary>
    Agreed,

    /// <summary>The rep said how it stands, elsewhere.</summary>
    Told,

    /// <summary>What is on record is not so.</summary>
    Outdated,
}

/// <summary>The ready reasons in words.</summary>
internal static class ReadyReasons
{
    /// <summary>All of them with the word that a choice carries.</summary>
    public static IEnumerable<(string Value, string Text)> In(CultureInfo culture) =>
        Enum.GetValues<ReadyReason>().Select(r => (r.ToString(), TextOf(r, culture)));

    /// <summary>The chosen reason and what was written beside it, as one note in the writer's language; <c>null</c> where neither was given.</summary>
    public static string? NoteOf(string? chosen, string? words, CultureInfo culture)
    {
        var ready = Enum.TryParse<ReadyReason>(chosen, out var reason) && Enum.IsDefined(reason) ? TextOf(reason, culture) : null;
        return (ready, ChainAnswer.NoteOf(words)) switch
        {
            ({ } one, { } two) => ChainAnswer.NoteOf(FollowUpMessage.Texts["Reason.AndWords", culture, one, two]),
            var (one, two) => one ?? two,
        };
    }

    private static string TextOf(ReadyReason reason, CultureInfo culture) => FollowUpMessage.Texts[$"Reason.{reason}", culture];
}
