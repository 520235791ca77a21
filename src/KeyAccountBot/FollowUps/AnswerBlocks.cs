using System.Globalization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.FollowUps;

/// <summary>What can be answered on a message in Slack: buttons in one row, a calendar and lists in the next.</summary>
/// <param name="tenant">Whose.</param>
/// <param name="opportunity">Of which opportunity.</param>
/// <param name="chain">To which of its chains.</param>
/// <param name="culture">The reader's.</param>
internal sealed class AnswerBlocks(TenantId tenant, OpportunityId opportunity, string chain, CultureInfo culture)
{
    private static Texts Texts => FollowUpMessage.Texts;

    /// <summary>Everything that can be answered by those above the rep.</summary>
    public IEnumerable<Block> All(IReadOnlyList<int> snoozes, IReadOnlyList<Person> colleagues)
    {
        yield return new ActionsBlock(
        [
            Press(Texts["Button.TakeIt", culture], FollowUpAnswer.TakeIt, primary: true),
            Press(Texts["Button.AskTheRep", culture], FollowUpAnswer.AskTheRep),
            .. Snoozes(snoozes),
        ]);
        List<SelectOption> people = [.. colleagues.Where(p => p.Id.Value.Length <= TextLimit.OptionValue).Select(p => new SelectOption(p.Name, p.Id.Value))];
        var reasons = new StaticSelect(
            Texts["Button.NotAnIssue", culture], SlackRow.Reason, [.. ReadyReasons.In(culture).Select(r => new SelectOption(r.Text, r.Value))]);
        foreach (var row in Row(people.Count == 0 ? [reasons] : [reasons, new StaticSelect(Texts["Pick.Colleague", culture], SlackRow.Colleague, people)]))
        {
            yield return row;
        }
    }

    /// <summary>What the rep can answer: quiet for some days or until a date.</summary>
    public IEnumerable<Block> OfTheRep(IReadOnlyList<int> snoozes) => [new ActionsBlock([.. Snoozes(snoozes)]), .. Row()];

    /// <summary>Whether the owner may have the time they asked for.</summary>
    public IEnumerable<Block> Time() =>
    [
        new ActionsBlock(
        [
            Press(Texts["Button.Allow", culture], new ChainAnswer(FollowUpAnswer.Snooze, Time: TimeWord.Allow), primary: true),
            Press(Texts["Button.Refuse", culture], new ChainAnswer(FollowUpAnswer.Snooze, Time: TimeWord.Refuse)),
        ]),
    ];

    /// <summary>What may be pressed in place of a snooze that is too long: the longest there is, and asking for more.</summary>
    public IEnumerable<Block> Instead(TimeOffer offer)
    {
        List<ActionElement> buttons = [];
        if (offer.Longest is { } longest)
        {
            buttons.Add(Press(offer.LongestWords(culture), new ChainAnswer(offer.Answer, Until: longest)));
        }

        if (offer is { AskOf: not null, Ask: { } ask })
        {
            buttons.Add(Press(offer.AskWords(culture), new ChainAnswer(FollowUpAnswer.Snooze, Until: ask, Time: TimeWord.Ask), primary: true));
        }

        return buttons.Count == 0 ? [] : [new ActionsBlock(buttons)];
    }

    // an option has no room for what it is about, so the row says it; where that does not fit, there are the buttons and typing
    private IEnumerable<Block> Row(params IEnumerable<ActionElement> lists)
    {
        var id = new SlackRow(opportunity, chain, tenant).ToBlockId();
        return id.Length <= TextLimit.Id ? [new ActionsBlock([new DatePicker(Texts["Pick.Until", culture], SlackRow.Until), .. lists]) { BlockId = id }] : [];
    }

    private IEnumerable<ActionElement> Snoozes(IReadOnlyList<int> snoozes) =>
        snoozes.Select(days => Press(AnswerCard.DaysOf(days, culture), new ChainAnswer(FollowUpAnswer.Snooze, days)));

    private Button Press(string words, ChainAnswer answer, bool primary = false) => new(
        words, $"{FollowUpAnswers.Verb}/{answer.Answer}{answer.Days?.ToString(CultureInfo.InvariantCulture)}{answer.Time}",
        SlackPress.Of(tenant, opportunity, chain, answer).ToValue())
    {
        Style = primary ? ButtonStyle.Primary : null,
    };
}
