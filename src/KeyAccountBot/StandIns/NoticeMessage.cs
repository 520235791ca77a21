using System.Text.Json;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Wording;

namespace KeyAccountBot.StandIns;

/// <summary>Says a notice to its reader, with the buttons it takes.</summary>
internal sealed class NoticeMessage(DoneWhileAway done)
{
    private static Texts Texts => StandInTexts.Texts;

    /// <summary>The message; <c>null</c> where there is nothing to say.</summary>
    public async Task<Message?> OfAsync(TenantId tenant, Notice notice, Person reader, Company company, CancellationToken cancellationToken)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        if (notice.Kind == NoticeKind.WhileAway)
        {
            var lines = await done.LinesAsync(tenant, reader, company, cancellationToken);
            return lines.Count == 0 ? null : Build(notice, reader, Texts["away.title", culture], lines);
        }

        string Name(PersonId? id) => id == reader.Id ? Texts["you", culture] : FollowUpMessage.NameOf(company, id, culture);
        object?[] values =
        [
            Name(notice.Absent), FollowUpMessage.DateOf(notice.Until, reader), FollowUpMessage.NameOf(company, notice.StandIn, culture), FollowUpMessage.NameOf(company, notice.By, culture),
            Name(company.StandInFor(notice.Absent)?.Id),
        ];
        List<string> said = [Texts[$"then.{notice.Kind}", culture, values]];
        if (company.Find(notice.Absent) is { } absent && !company.IsAway(absent))
        {
            said.Insert(0, Texts["ahead", culture, FollowUpMessage.DateOf(notice.From, reader)]);
        }

        return Build(notice, reader, Texts[$"notice.{notice.Kind}", culture, values], said);
    }

    /// <summary>A notice in these words.</summary>
    public static Message Build(Notice notice, Person reader, string title, IReadOnlyList<string> lines)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        var data = JsonSerializer.SerializeToElement(new StandInPress(notice.Absent, notice.From, notice.StandIn ?? reader.Id), NoticeJson.Default.StandInPress);
        PressAction Button(string verb, string text) => new(Texts[text, culture], verb, data);
        return new Message
        {
            Language = culture.Name,
            Title = title,
            Body = [.. lines.Select(l => new Paragraph(l))],
            Actions = notice.Kind switch
            {
                NoticeKind.Named => [Button(StandInPress.Decline, "button.decline")],
                NoticeKind.Asked =>
                [
                    Button(StandInPress.Agree, "button.agree") with { Style = ActionStyle.Positive },
                    Button(StandInPress.Refuse, "button.refuse"),
                ],
                _ => [],
            },
            Summary = Words.Sentences(culture, [title, .. lines]),
            IsDense = true,
        };
    }
}
