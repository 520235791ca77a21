using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.FollowUps;

/// <summary>What can be answered to a chain: one press where nothing is to be said with it, else what the button opens.</summary>
/// <param name="opportunity">Of which opportunity.</param>
/// <param name="chain">Which of its chains.</param>
/// <param name="culture">The reader's.</param>
internal sealed class ChainActions(OpportunityId opportunity, string chain, CultureInfo culture)
{
    private const int LongestReply = 1000;

    private static Texts Texts => FollowUpMessage.Texts;

    /// <summary>The field that the rep replies in.</summary>
    public static Field ReplyField(CultureInfo culture) => new TextField("reply", Texts["Field.Reply", culture]) { IsMultiline = true, Longest = LongestReply };

    /// <summary>The button that sends the reply.</summary>
    public PressAction Reply() => new(
        Texts["Button.Reply", culture], FollowUpAnswers.ReplyVerb,
        JsonSerializer.SerializeToElement(new ReplyPress(opportunity, chain), FollowUpJson.Default.ReplyPress)) { Takes = ["reply"], Style = ActionStyle.Positive };

    /// <summary>Everything that can be answered by those above the rep.</summary>
    public IEnumerable<MessageAction> All(IReadOnlyList<int> snoozes, IReadOnlyList<Person> colleagues)
    {
        yield return Press(Texts["Button.TakeIt", culture], new(opportunity, chain, FollowUpAnswer.TakeIt)) with { Style = ActionStyle.Positive };
        yield return Press(Texts["Button.AskTheRep", culture], new(opportunity, chain, FollowUpAnswer.AskTheRep));
        yield return Snooze(snoozes, mayTake: true);
        yield return NotAnIssue();
        if (colleagues.Count > 0)
        {
            yield return Reassign(colleagues);
        }
    }

    /// <summary>Quiet for some days or until a date; those above the rep may take it until a date as well.</summary>
    public OpenAction Snooze(IReadOnlyList<int> snoozes, bool mayTake)
    {
        List<PressAction> buttons = [.. snoozes.Select(days => Press(DaysOf(days, culture), new(opportunity, chain, FollowUpAnswer.Snooze, days)))];
        buttons.Add(Press(Texts["Button.SnoozeUntil", culture], new(opportunity, chain, FollowUpAnswer.Snooze, WithDate: true), "until"));
        if (mayTake)
        {
            buttons.Add(Press(Texts["Button.TakeUntil", culture], new(opportunity, chain, FollowUpAnswer.TakeIt, WithDate: true), "until"));
        }

        return new OpenAction(Texts["Open.Snooze", culture], [new DateField("until", Texts["Field.Until", culture])], buttons) { Pick = Texts["Pick.Until", culture] };
    }

    /// <summary>Whether the owner may have the time they asked for.</summary>
    public IEnumerable<MessageAction> Time() =>
    [
        Press(Texts["Button.Allow", culture], new(opportunity, chain, FollowUpAnswer.Snooze, Time: TimeWord.Allow)) with { Style = ActionStyle.Positive },
        Press(Texts["Button.Refuse", culture], new(opportunity, chain, FollowUpAnswer.Snooze, Time: TimeWord.Refuse)),
    ];

    /// <summary>What may be pressed in place of a snooze that is too long: the longest there is, and asking for more.</summary>
    public IEnumerable<MessageAction> Instead(TimeOffer offer)
    {
        if (offer.Longest is { } longest)
        {
            yield return Press(offer.LongestWords(culture), new(opportunity, chain, offer.Answer, WithDate: true, Until: FollowUpPress.Written(longest)));
        }

        if (offer is { AskOf: not null, Ask: { } ask })
        {
            yield return Press(
                offer.AskWords(culture), new(opportunity, chain, FollowUpAnswer.Snooze, WithDate: true, Until: FollowUpPress.Written(ask), Time: TimeWord.Ask)) with
            {
                Style = ActionStyle.Positive,
            };
        }
    }

    /// <summary>A button's words for so many days of quiet.</summary>
    public static string DaysOf(int days, CultureInfo culture) =>
        days == 1 ? Texts["Button.SnoozeOne", culture] : Texts["Button.Snooze", culture, days];

    private OpenAction NotAnIssue() => new(
        Texts["Open.NotAnIssue", culture],
        [
            new ChoiceField("reason", Texts["Field.Reason", culture], [.. ReadyReasons.In(culture).Select(r => new FieldChoice(r.Text, r.Value))]) { IsExpanded = true },
            new TextField("words", Texts["Field.Words", culture]) { Longest = ChainAnswer.LongestNote },
        ],
        [Press(Texts["Button.NotAnIssue", culture], new(opportunity, chain, FollowUpAnswer.NotAnIssue), "reason", "words")])
    {
        Pick = Texts["Button.NotAnIssue", culture],
    };

    private OpenAction Reassign(IReadOnlyList<Person> colleagues) => new(
        Texts["Open.Reassign", culture],
        [
            new ChoiceField("colleague", Texts["Field.Colleague", culture], [.. colleagues.Select(p => new FieldChoice(p.Name, p.Id.Value))])
            {
                Placeholder = Texts["Pick.One", culture],
            },
        ],
        [Press(Texts["Button.Reassign", culture], new(opportunity, chain, FollowUpAnswer.Reassign), "colleague")])
    {
        Pick = Texts["Pick.Colleague", culture],
    };

    private static PressAction Press(string title, FollowUpPress press, params IReadOnlyList<string> takes) => new(
        title, FollowUpAnswers.Verb, JsonSerializer.SerializeToElement(press, FollowUpJson.Default.FollowUpPress)) { Takes = takes };
}
