using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Conversations;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.StandIns;

/// <summary>Says a notice to its reader, with the buttons it takes.</summary>
internal sealed class NoticeMessage(DoneWhileAway done)
{
    private static Texts Texts => StandInTexts.Texts;

    /// <summary>The message; <c>null</c> where there is nothing to say.</summary>
    public async Task<OutboundMessage?> OfAsync(TenantId tenant, Notice notice, Person reader, Company company, CancellationToken cancellationToken)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        if (notice.Kind == NoticeKind.WhileAway)
        {
            var lines = await done.LinesAsync(tenant, reader, company, cancellationToken);
            return lines.Count == 0 ? null : Build(tenant, notice, reader, Texts["away.title", culture], lines);
        }

        string Name(PersonId? id) => id == reader.Id ? Texts["you", culture] : FollowUpMessage.NameOf(company, id, culture);
        object?[] values =
        [
            Name(notice.Absent), FollowUpMessage.DateOf(notice.Until, reader), FollowUpMessage.NameOf(company, notice.StandIn, culture), FollowUpMessage.NameOf(company, notice.By, culture),
            Name(company.StandInFor(notice.Absent)?.Id),
        ];
        return Build(tenant, notice, reader, Texts[$"notice.{notice.Kind}", culture, values], [Texts[$"then.{notice.Kind}", culture, values]]);
    }

    /// <summary>A notice in these words.</summary>
    public static OutboundMessage Build(TenantId tenant, Notice notice, Person reader, string title, IReadOnlyList<string> lines)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        (string Verb, string Title, ActionStyle? Style)[] buttons = notice.Kind switch
        {
            NoticeKind.Named => [(StandInPress.Decline, Texts["button.decline", culture], null)],
            NoticeKind.Asked => [(StandInPress.Agree, Texts["button.agree", culture], ActionStyle.Positive), (StandInPress.Refuse, Texts["button.refuse", culture], null)],
            _ => [],
        };
        var press = new StandInPress(notice.Absent, notice.From, notice.StandIn ?? reader.Id);
        var data = JsonSerializer.SerializeToElement(press, NoticeJson.Default.StandInPress);
        var value = JsonSerializer.Serialize(press with { Tenant = tenant }, NoticeJson.Default.StandInPress);
        List<Block> blocks = [new SectionBlock(string.Join(Marks.Line, lines.Prepend(Marks.Bold(title))))];
        if (buttons.Length > 0)
        {
            blocks.Add(new ActionsBlock([.. buttons.Select(b => new Button(b.Title, b.Verb, value) { Style = b.Style is null ? null : ButtonStyle.Primary })]));
        }

        return new OutboundMessage(
            Words.Sentences(culture, [title, .. lines]),
            new AdaptiveCard(
                [new TextBlock(title) { Heading = true, Weight = TextWeight.Bolder }, .. lines.Select(l => new TextBlock(l) { Spacing = Spacing.Small })],
                [.. buttons.Select(b => new ExecuteAction(b.Verb, b.Title, data, b.Style))])
            {
                FallbackText = Words.Sentences(culture, [title, .. lines]),
                Lang = culture.TwoLetterISOLanguageName,
            },
            blocks);
    }
}
