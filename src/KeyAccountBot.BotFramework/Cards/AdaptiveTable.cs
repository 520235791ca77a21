using System.Text.Json;

namespace KeyAccountBot.BotFramework.Cards;

/// <summary>Rows of cells; the first row heads the columns.</summary>
/// <param name="Widths">How wide each column is against the others, from left to right.</param>
/// <param name="Rows">From top to bottom, each with a cell a column.</param>
public sealed record Table(IReadOnlyList<int> Widths, IReadOnlyList<IReadOnlyList<TableCell>> Rows) : AdaptiveElement("Table")
{
    private protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteBoolean("firstRowAsHeaders", true);
        json.WriteBoolean("showGridLines", true);
        json.Items("columns", Widths, static (width, json) =>
        {
            json.WriteStartObject();
            json.WriteNumber("width", width);
            json.WriteEndObject();
        });
        json.Items("rows", Rows, static (row, json) =>
        {
            json.WriteStartObject();
            json.WriteString("type", "TableRow");
            json.Items("cells", row, static (cell, json) => cell.Write(json));
            json.WriteEndObject();
        });
    }
}

/// <summary>A cell of a table.</summary>
/// <param name="Items">From top to bottom.</param>
/// <param name="Style">The background.</param>
public sealed record TableCell(IReadOnlyList<AdaptiveElement> Items, CardTone? Style = null)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "TableCell");
        json.Word("style", Style);
        json.Items("items", Items, static (item, json) => item.Write(json));
        json.WriteEndObject();
    }
}
