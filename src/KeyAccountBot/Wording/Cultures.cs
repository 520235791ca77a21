using System.Globalization;

namespace KeyAccountBot.Wording;

/// <summary>The languages and formats of readers.</summary>
internal static class Cultures
{
    /// <summary>The culture of a locale; English for one that does not exist.</summary>
    public static CultureInfo Of(string? locale)
    {
        try
        {
            return string.IsNullOrWhiteSpace(locale) ? CultureInfo.GetCultureInfo("en") : CultureInfo.GetCultureInfo(locale);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en");
        }
    }
}
