using System.Globalization;
using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.FollowUps;

/// <summary>
/// What can be answered on a card in Teams: one press where nothing is to be said with it, else what the button opens.
/// </summary>
/// <param name="opportunity">Of which opportunity.</param>
/// <param name="chain">To which of its chains.</param>
/// <param name="culture">The reader's.</param>
internal sealed class AnswerCard(OpportunityId opportunity, string chain, CultureInfo culture)
{
    private const int LongestReply = 1000;

    private static Texts Texts => FollowUpMessage.Texts;

    /// <summary>The field that the rep replies in.</summary>
    public static AdaptiveElement ReplyField(CultureInfo culture) =>
        new TextInput("reply", Texts["Field.Reply", culture]) { Multiline = true, MaxLength = LongestReply };

    /// <summary>The button that sends the reply.</summary>
    public AdaptiveAction Reply() => new ExecuteAction(
        FollowUpAnswers.ReplyVerb, Texts["Button.Reply", culture],
        JsonSerializer.SerializeToElement(new ReplyPress(opportunity, chain), FollowUpJson.Default.ReplyPress), ActionStyle.Positive);

    /// <summary>Everything that can be answered by those above the rep.</summary>
    public IEnumerable<AdaptiveAction> All(IReadOnlyList<int> snoozes, IReadOnlyList<Person> colleagues)
    {
        yield return Press(Texts["Button.TakeIt", culture], new(opportunity, chain, FollowUpAnswer.TakeIt), ActionStyle.Positive);
        yield return Press(Texts["Button.AskTheRep", culture], new(opportunity, chain, FollowUpAnswer.AskTheRep));
        yield return Snooze(snoozes, mayTake: true);
        yield return NotAnIssue();
        if (colleagues.Count > 0)
        {
            yield return Reassign(colleagues);
        }
    }

    /// <summary>Quiet for some days or until a date; those above the rep may take it until a date as well.</summary>
    public AdaptiveAction Snooze(IReadOnlyList<int> snoozes, bool mayTake)
    {
        List<AdaptiveAction> buttons = [.. snoozes.Select(days => Press(DaysOf(days, culture), new(opportunity, chain, FollowUpAnswer.Snooze, days)))];
        buttons.Add(Press(Texts["Button.SnoozeUntil", culture], new(opportunity, chain, FollowUpAnswer.Snooze, WithDate: true)));
        if (mayTake)
        {
            buttons.Add(Press(Texts["Button.TakeUntil", culture], new(opportunity, chain, FollowUpAnswer.TakeIt, WithDate: true)));
        }

        return new ShowCardAction(Texts["Open.Snooze", culture], [new DateInput("until", Texts["Field.Until", culture])], buttons);
    }

    /// <summary>Whether the owner may have the time they asked for.</summary>
    public IEnumerable<AdaptiveAction> Time() =>
    [
        Press(Texts["Button.Allow", culture], new(opportunity, chain, FollowUpAnswer.Snooze, Time: TimeWord.Allow), ActionStyle.Positive),
        Press(Texts["Button.Refuse", culture], new(opportunity, chain, FollowUpAnswer.Snooze, Time: TimeWord.Refuse)),
    ];

    /// <summary>What may be pressed in place of a snooze that is too long: the longest there is, and asking for more.</summary>
    public IEnumerable<AdaptiveAction> Instead(TimeOffer offer)
    {
        if (offer.Longest is { } longest)
        {
            yield return Press(offer.LongestWords(culture), new(opportunity, chain, offer.Answer, WithDate: true, Until: FollowUpPress.Written(longest)));
        }

        if (offer is { AskOf: not null, Ask: { } ask })
        {
            yield return Press(offer.AskWords(culture), new(opportunity, chain, FollowUpAnswer.Snooze, WithDate: true, Until: FollowUpPress.Written(ask), Time: TimeWord.Ask), ActionStyle.Positive);
        }
    }

    /// <summary>A button's words for so many days of quiet.</summary>
    public static string DaysOf(int days, CultureInfo culture) =>
        days == 1 ? Texts["Button.SnoozeOne", culture] : Texts["Button.Snooze", culture, days];

    private ShowCardAction NotAnIssue() => new(
        Texts["Open.NotAnIssue", culture],
        [
            new ChoiceSetInput("reason", Texts["Field.Reason", culture], [.. ReadyReasons.In(culture).Select(r => new InputChoice(r.Text, r.Value))]) { Expanded = true },
            new TextInput("words", Texts["Field.Words", culture]) { MaxLength = ChainAnswer.LongestNote },
        ],
        [Press(Texts["Button.NotAnIssue", culture], new(opportunity, chain, FollowUpAnswer.NotAnIssue))]);

    private ShowCardAction Reassign(IReadOnlyList<Person> colleagues) => new(
        Texts["Open.Reassign", culture],
        [
            new ChoiceSetInput("colleague", Texts["Field.Colleague", culture], [.. colleagues.Select(p => new InputChoice(p.Name, p.Id.Value))])
            {
                Placeholder = Texts["Pick.One", culture],
            },
        ],
        [Press(Texts["Button.Reassign", culture], new(opportunity, chain, FollowUpAnswer.Reassign))]);

    private static ExecuteAction Press(string title, FollowUpPress press, ActionStyle? style = null) => new(
        FollowUpAnswers.Verb, title, JsonSerializer.SerializeToElement(press, FollowUpJson.Default.FollowUpPress), style);
}
