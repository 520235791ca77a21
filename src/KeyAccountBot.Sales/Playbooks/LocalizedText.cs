using System.Globalization;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>A text of the playbook in each of its languages, by culture name.</summary>
public sealed class LocalizedText : Dictionary<string, string>
{
    /// <summary>No language yet.</summary>
    public LocalizedText() : base(StringComparer.OrdinalIgnoreCase) { }

    /// <summary>The text for a culture, else for its parents (<c>zh-CN</c> is <c>zh-Hans</c>), else English, else any.</summary>
    public string For(CultureInfo culture)
    {
        for (var c = culture; c.Name.Length > 0; c = c.Parent)
        {
            if (TryGetValue(c.Name, out var text))
            {
                return text;
            }
        }

        return TryGetValue("en", out var english) ? english : Values.FirstOrDefault() ?? "";
    }
}
