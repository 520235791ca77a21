using ActionStyle = KeyAccountBot.BotFramework.Cards.ActionStyle;
using Fact = KeyAccountBot.BotFramework.Cards.Fact;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using Style = KeyAccountBot.Messages.ActionStyle;

namespace KeyAccountBot.Channels.Teams;

/// <summary>Draws a message as an Adaptive Card.</summary>
internal static class AdaptiveCards
{
    private const int DeepestIndent = 5;

    // wide spaces, behind a mark without width that keeps a renderer from trimming them
    private const string Indent = "\u2003";
    private const string Keep = "\u200B";

    /// <summary>The card; <c>null</c> for plain sentences, and for a card that is too large for Teams.</summary>
    public static AdaptiveCard? Of(Message message)
    {
        if (message.Title is not { } title)
        {
            return null;
        }

        List<AdaptiveElement> body = [new TextBlock(title) { Heading = true, Weight = TextWeight.Bolder, Size = SizeOf(message) }];
        if (message.Subtitle is { Length: > 0 } subtitle)
        {
            body.Add(new TextBlock(subtitle) { Subtle = true, Spacing = Spacing.None });
        }

        body.AddRange(message.Body.SelectMany(part => PartOf(part, message)));
        if (message.Form is { } form)
        {
            body.AddRange(form.Fields.SelectMany(FieldOf));
            if (form.Note is { } note)
            {
                body.Add(new TextBlock(note) { Size = TextSize.Small, Subtle = true, Separator = true });
            }
        }

        var card = new AdaptiveCard(body, [.. message.Form?.Submit is { } submit ? [ActionOf(submit)] : Array.Empty<AdaptiveAction>(), .. message.Actions.Select(ActionOf)])
        {
            // news, lists, and what has sections to read, is complete for who sees no cards
            FallbackText = message.IsDense || message.Body.Any(part => part is Section or Paragraph { Opens: not null }) ? PlainText.Of(message) : title,
            Lang = message.Culture.TwoLetterISOLanguageName,
        };
        return card.Size < AdaptiveCard.MaxSize ? card : null;
    }

    private static TextSize? SizeOf(Message message) =>
        message.Form?.Submit is not null ? TextSize.Default : message.IsDense ? null : TextSize.Medium;

    private static IEnumerable<AdaptiveElement> PartOf(Part part, Message message) => part switch
    {
        Paragraph paragraph => [LineOf(paragraph, message.IsDense || paragraph.IsDense ? Spacing.Small : paragraph.IsAside ? Spacing.Medium : null)],
        FactList facts => [new FactSet([.. facts.Facts.Select(f => new Fact(f.Label, f.Value))])],
        Section section => SectionOf(section),
        Outline outline => outline.Items.Select(Hung),
        Matrix matrix => matrix.Rows.Select(row => RowOf(row, matrix, message)),
        Picture picture => [new Image(picture.Address, picture.Description)],
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "A part that Adaptive Cards do not know."),
    };

    // a button in a column of its own, so that it stands beside its line and takes no line of its own
    private static AdaptiveElement LineOf(Paragraph paragraph, Spacing? spacing) => paragraph.Opens is { } opens
        ? new ColumnSet([new Column([Block(paragraph, null)]), new Column([new ActionSet([ActionOf(opens)])], "auto")])
        {
            Spacing = paragraph.GoesOn ? Spacing.None : spacing,
        }
        : Block(paragraph, spacing);

    private static TextBlock Block(Paragraph paragraph, Spacing? spacing) => new(paragraph.Words)
    {
        Subtle = paragraph.IsAside,
        Spacing = paragraph.GoesOn ? Spacing.None : spacing,
        Color = paragraph.Tone == Tone.Plain ? null : ToneOf(paragraph.Tone),
    };

    // one with buttons or a line above it needs no box
    private static IEnumerable<AdaptiveElement> SectionOf(Section section)
    {
        var heading = new TextBlock(section.Heading) { Weight = TextWeight.Bolder };
        IEnumerable<AdaptiveElement> lines = section.Body.Select(p => LineOf(p, Spacing.Small));
        if (section is { IsSeparate: false, Actions.Count: 0 })
        {
            return [new Container([heading, .. lines]) { Style = section.Tone == Tone.Plain ? null : ToneOf(section.Tone), Spacing = Spacing.Medium }];
        }

        return [
            heading with { Separator = section.IsSeparate, Spacing = Spacing.Medium }, .. lines,
            .. section.Actions.Count > 0 ? [new ActionSet([.. section.Actions.Select(ActionOf)])] : Array.Empty<AdaptiveElement>(),
        ];
    }

    // an arrow in a column of its own, so that long lines wrap beside it and not under it
    private static AdaptiveElement Hung(OutlineItem item)
    {
        AdaptiveElement[] words =
        [
            new TextBlock(item.Name) { Weight = item.IsStrong ? TextWeight.Bolder : null },
            new TextBlock(item.Detail) { Size = TextSize.Small, Subtle = true, Spacing = Spacing.None },
        ];
        return item.Depth == 0
            ? new Container(words) { Spacing = Spacing.Small }
            : new ColumnSet(
                [
                    new Column([new TextBlock($"{Keep}{string.Concat(Enumerable.Repeat(Indent, Math.Min(item.Depth, DeepestIndent) - 1))}↳")], "auto"),
                    new Column(words),
                ])
            { Spacing = Spacing.Small };
    }

    // lines and no table: its columns would be too narrow for a word on a phone
    private static Container RowOf(MatrixRow row, Matrix matrix, Message message) => new(
        [
            new TextBlock(row.Name) { Weight = TextWeight.Bolder },
            .. PlainText.LinesOf(row, matrix, message).Select(l => new TextBlock(l.Words)
            {
                Size = TextSize.Small, Spacing = Spacing.None, Color = l.Tone == Tone.Plain ? null : ToneOf(l.Tone),
            }),
        ])
    { Spacing = Spacing.Small };

    private static IEnumerable<AdaptiveElement> FieldOf(Field field)
    {
        if (field.Heading is { } heading)
        {
            yield return new TextBlock(heading) { Weight = TextWeight.Bolder };
        }

        AdaptiveInput input = field switch
        {
            ChoiceField choice => new ChoiceSetInput(choice.Name, choice.Label, [.. choice.Choices.Select(c => new InputChoice(c.Title, c.Value))])
            {
                Multi = choice.IsMulti, Expanded = choice.IsExpanded, Value = choice.Value, Placeholder = choice.Placeholder,
            },
            TextField text => new TextInput(text.Name, text.Label) { Multiline = text.IsMultiline, Value = text.Value, MaxLength = text.Longest },
            DateField date => new DateInput(date.Name, date.Label) { Value = date.Value, Min = date.Earliest, Max = date.Latest },
            TimeField time => new TimeInput(time.Name, time.Label) { Value = time.Value },
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, "A field that Adaptive Cards do not know."),
        };
        yield return input with
        {
            Required = field.IsRequired, ErrorMessage = field.Missing, Separator = field.IsSeparate, Spacing = field.GoesOn ? Spacing.Small : null,
        };
    }

    private static AdaptiveAction ActionOf(MessageAction action) => action switch
    {
        PressAction press => new ExecuteAction(press.Verb, press.Title, press.Data, StyleOf(press.Style)) { Tooltip = TooltipOf(press) },
        SayAction say => new SubmitAction(say.Title, DialogJson.ToElement(new { msteams = new { type = "imBack", value = say.Says } }), StyleOf(say.Style)) { Tooltip = TooltipOf(say) },
        OpenAction open => new ShowCardAction(open.Title, [.. open.Fields.SelectMany(FieldOf)], [.. open.Actions.Select(ActionOf)]),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "An action that Adaptive Cards do not know."),
    };

    private static string? TooltipOf(MessageAction action) => action.About is { } about ? $"{action.Title}: {about}" : null;

    private static ActionStyle? StyleOf(Style style) => style switch
    {
        Style.Positive => ActionStyle.Positive,
        Style.Destructive => ActionStyle.Destructive,
        _ => null,
    };

    private static CardTone ToneOf(Tone tone) => tone switch
    {
        Tone.Accent => CardTone.Accent,
        Tone.Good => CardTone.Good,
        Tone.Warning => CardTone.Warning,
        Tone.Attention => CardTone.Attention,
        _ => CardTone.Default,
    };
}
