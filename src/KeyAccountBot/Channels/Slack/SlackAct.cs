using System.Globalization;
using System.Text.Json;
using Confirmation = KeyAccountBot.Slack.BlockKit.Confirmation;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.Channels.Slack;

/// <summary>
/// How a press travels through Slack and back: a button's <c>action_id</c> is its verb and a number that makes it unique in its row, its
/// value the data; a picker's <c>action_id</c> carries the field and the data, for an option has no room; the row's <c>block_id</c> is the
/// tenant.
/// </summary>
internal static class SlackAct
{
    private const string Says = "say";
    private const char Number = '#';
    private const char Part = '?';
    private const char Row = '|';

    /// <summary>The <c>block_id</c> of a row of buttons; <c>null</c> where the tenant's name leaves no room: presses are read as our own tenant's then.</summary>
    public static string? RowOf(TenantId tenant, int number) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}{Row}{number}") is { Length: <= TextLimit.Id } id ? id : null;

    /// <summary>The tenant that a row belongs to; <c>null</c> where it names none. An earlier version's row was a JSON object.</summary>
    public static TenantId? TenantOf(string? blockId) =>
        blockId is not ['{', ..] && blockId?.LastIndexOf(Row) is > 0 and var end ? new TenantId(blockId[..end]) : null;

    /// <summary>A button; <c>null</c> for what cannot be pressed without a form, or carries more than Slack takes.</summary>
    public static Button? ButtonOf(MessageAction action, int number)
    {
        var id = Number + number.ToString(CultureInfo.InvariantCulture);
        return action switch
        {
            SayAction say => new Button(say.Title, Says + id, say.Says) { Style = StyleOf(say.Style), AccessibilityLabel = LabelOf(say) },
            PressAction { Takes.Count: 0 } press when DataOf(press) is { Length: <= TextLimit.ButtonValue } data => new Button(press.Title, press.Verb + id, data)
            {
                Style = StyleOf(press.Style),
                AccessibilityLabel = LabelOf(press),
                Confirm = press.Confirmation is { } asked ? new Confirmation(press.Title, asked.Question, asked.Yes, asked.No) : null,
            },
            _ => null,
        };
    }

    private static string? LabelOf(MessageAction action) => action.About is { } about ? Marks.Plain($"{action.Title}: {about}") : null;

    /// <summary>The list or calendar that stands for what a button opens elsewhere; choosing presses the first of its buttons that takes the field. <c>null</c> where nothing can be chosen.</summary>
    public static ActionElement? PickerOf(OpenAction open, int number)
    {
        if (open.Fields.FirstOrDefault(f => f is DateField or ChoiceField) is not { } field
            || open.Actions.FirstOrDefault(a => a.Takes.Contains(field.Name, StringComparer.Ordinal)) is not { } press)
        {
            return null;
        }

        var id = $"{press.Verb}{Number}{number.ToString(CultureInfo.InvariantCulture)}{Part}{field.Name}{Part}{DataOf(press)}";
        if (id.Length > TextLimit.Id)
        {
            return null;
        }

        var words = open.Pick ?? open.Title;
        return field is ChoiceField choice
            ? choice.Choices.Where(c => c.Value.Length is > 0 and <= TextLimit.OptionValue).Take(StaticSelect.MaxOptions).ToList() is { Count: > 0 } options
                ? new StaticSelect(words, id, [.. options.Select(c => new SelectOption(c.Title, c.Value))])
                : null
            : new DatePicker(words, id);
    }

    /// <summary>What a press means.</summary>
    /// <param name="actionId">The pressed element's.</param>
    /// <param name="value">What a button carries.</param>
    /// <param name="choice">What was chosen in a picker.</param>
    public static Incoming Read(string actionId, string? value, string? choice)
    {
        var end = actionId.IndexOf(Number, StringComparison.Ordinal);
        var verb = end < 0 ? actionId : actionId[..end];
        if (verb == Says)
        {
            return new Incoming.Said(Marks.Without(value ?? "").Trim());
        }

        var parts = end < 0 ? [] : actionId[end..].Split(Part, 3);
        return new Incoming.Pressed(verb, Incoming.Unmarked(parts is [_, var field, var data] ? With(Parsed(data), field, choice ?? "") : Parsed(value)));
    }

    private static string DataOf(PressAction press) => press.Data is { } data ? data.GetRawText() : "{}";

    private static JsonElement Parsed(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? DialogJson.ToElement(new { }) : JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return DialogJson.ToElement(new { });
        }
    }

    private static JsonElement With(JsonElement data, string field, string choice)
    {
        var values = data.ValueKind == JsonValueKind.Object ? data.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal) : [];
        values[field] = DialogJson.ToElement(choice);
        return DialogJson.ToElement(values);
    }

    private static ButtonStyle? StyleOf(ActionStyle style) => style switch
    {
        ActionStyle.Positive => ButtonStyle.Primary,
        ActionStyle.Destructive => ButtonStyle.Danger,
        _ => null,
    };
}
