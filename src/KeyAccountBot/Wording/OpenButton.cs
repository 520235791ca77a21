using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Wording;

/// <summary>The button beside a line of a list: it shows how the opportunity of that line stands.</summary>
internal static class OpenButton
{
    /// <summary>What is done.</summary>
    public const string Verb = "showOpportunity";

    private const string Which = "opportunity";
    private static readonly Texts Texts = new("Wording.WordTexts");

    /// <summary>The words on it.</summary>
    public static string Title(CultureInfo culture) => Texts["open", culture];

    /// <summary>What to say where there are no buttons.</summary>
    public static string Hint(CultureInfo culture) => Texts["open.hint", culture];

    /// <summary>The button of an opportunity.</summary>
    public static PressAction Of(Opportunity opportunity, CultureInfo culture) => Of(opportunity.Id, Words.NameOf(opportunity), culture);

    /// <summary>The button of an opportunity by its id and name.</summary>
    public static PressAction Of(OpportunityId id, string name, CultureInfo culture) =>
        new(Title(culture), Verb, DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { [Which] = id.Value })) { About = name };

    /// <summary>The opportunity that a press names; <c>null</c> where it names none.</summary>
    public static OpportunityId? Read(JsonElement data) => CardForm.Text(data, Which) is { Length: > 0 } id ? new OpportunityId(id) : null;
}
