using System.Globalization;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.FollowUps;

/// <summary>What may be had in place of a snooze that is too long, or of one too many.</summary>
/// <param name="Answer">What was answered.</param>
/// <param name="Longest">The last day they may name themselves; <c>null</c> where none is left.</param>
/// <param name="Ask">The day that may be asked for.</param>
/// <param name="AskOf">Who may allow it; <c>null</c> where there is nobody to ask.</param>
internal sealed record TimeOffer(FollowUpAnswer Answer, DateOnly? Longest, DateOnly? Ask = null, Person? AskOf = null)
{
    private const int LongestName = 40;

    private static Texts Texts => FollowUpMessage.Texts;

    /// <summary>The words of the button that takes the longest there is.</summary>
    public string LongestWords(CultureInfo culture) =>
        Texts[Answer == FollowUpAnswer.TakeIt ? "Button.TakeUntilDay" : "Button.SnoozeUntilDay", culture, Texts["Date", culture, Longest]];

    /// <summary>The words of the button that asks for more.</summary>
    public string AskWords(CultureInfo culture) => Texts["Button.AskLead", culture, AskOf!.Name[..Math.Min(AskOf.Name.Length, LongestName)]];

    /// <summary>What somebody says to ask for more in words.</summary>
    public string AskSays(string account, CultureInfo culture) => Texts["Time.Says", culture, account, Texts["Date", culture, Ask]];
}
