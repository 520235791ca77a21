using KeyAccountBot.Sales;

namespace KeyAccountBot.Conversations;

/// <summary>What a turn begins carries its token: the turn and who took it, so that a card can tell whose it is.</summary>
internal static class TalkToken
{
    private const string By = "~@";

    /// <summary>The token of what a person's turn begins.</summary>
    public static string Of(string turn, PersonId person) => $"{turn}{By}{person.Value}";

    /// <summary>Whose talk it is; <c>null</c> where the token does not say, as that of an earlier version.</summary>
    public static PersonId? OwnerOf(string? token) =>
        token?.LastIndexOf(By, StringComparison.Ordinal) is >= 0 and var at && token[(at + By.Length)..] is { Length: > 0 } person ? new PersonId(person) : null;
}
