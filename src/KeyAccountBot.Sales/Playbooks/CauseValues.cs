using System.Text.Json;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>The values that a playbook gives the causes, by their place within <c>followUps</c>, for example <c>deadlines.bidDays</c>; each cause reads its own.</summary>
public sealed class CauseValues
{
    private readonly Dictionary<string, (int? Number, string? Text)> values = new(StringComparer.Ordinal);

    /// <summary>Reads what stands in <c>followUps</c> and is nobody else's.</summary>
    public CauseValues(IEnumerable<KeyValuePair<string, JsonElement>> members) => Add("", members);

    /// <summary>A whole number; <c>null</c> where there is none.</summary>
    public int? Number(string place) => values.GetValueOrDefault(place).Number;

    /// <summary>A text; <c>null</c> where there is none.</summary>
    public string? Text(string place) => values.GetValueOrDefault(place).Text;

    private void Add(string within, IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        foreach (var (name, value) in members)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    Add($"{within}{name}.", value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value)));
                    break;
                case JsonValueKind.Number when value.TryGetInt32(out var number):
                    values[within + name] = (number, null);
                    break;
                case JsonValueKind.String:
                    values[within + name] = (null, value.GetString());
                    break;
                default:
                    break;
            }
        }
    }
}
