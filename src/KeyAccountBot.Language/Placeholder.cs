using System.Text;

namespace KeyAccountBot.Language;

/// <summary>
/// Letters that stand in a text for what was found there, so that a pattern can say <c>met &lt;contact&gt;</c>, and so that no name is read as a
/// word. They are of a script that nobody writes reports in; a found stretch is filled with one of them, position by position.
/// </summary>
public static class Placeholder
{
    /// <summary>A customer.</summary>
    public const char Account = '\ua000';

    /// <summary>A contact on record.</summary>
    public const char Contact = '\ua001';

    /// <summary>One of ours.</summary>
    public const char Colleague = '\ua002';

    /// <summary>A competitor.</summary>
    public const char Competitor = '\ua003';

    /// <summary>An opportunity.</summary>
    public const char Opportunity = '\ua004';

    /// <summary>A date.</summary>
    public const char Date = '\ua005';

    /// <summary>An amount of money.</summary>
    public const char Amount = '\ua006';

    /// <summary>Somebody of the customer who is not on record.</summary>
    public const char Newcomer = '\ua007';

    private static readonly (string Written, string Expression)[] Written =
    [
        ("<account>", $"{Account}+"), ("<contact>", $"{Contact}+"), ("<colleague>", $"{Colleague}+"), ("<competitor>", $"{Competitor}+"),
        ("<deal>", $"{Opportunity}+"), ("<date>", $"{Date}+"), ("<amount>", $"{Amount}+"), ("<new>", $"{Newcomer}+"),
        ("<person>", $"[{Contact}{Newcomer}]+"), ("<who>", $"[{Contact}{Colleague}{Newcomer}]+"), ("<name>", $"[{Account}-{Opportunity}]+"),
        ("<number>", "[0-9]+([.,][0-9]+)*"),
    ];

    /// <summary>The letter that stands for such a name.</summary>
    public static char Of(NameKind kind) => kind switch
    {
        NameKind.Account => Account,
        NameKind.Opportunity => Opportunity,
        NameKind.Contact => Contact,
        NameKind.Colleague => Colleague,
        _ => Competitor,
    };

    /// <summary>Whether a letter stands for something found.</summary>
    public static bool Is(char c) => c is >= Account and <= Newcomer;

    /// <summary>The pattern with what it writes for the letters, such as <c>&lt;contact&gt;</c>, replaced by them.</summary>
    public static string Expanded(string pattern)
    {
        if (!pattern.Contains('<', StringComparison.Ordinal))
        {
            return pattern;
        }

        var expanded = new StringBuilder(pattern);
        foreach (var (written, expression) in Written)
        {
            expanded.Replace(written, expression);
        }

        return expanded.ToString();
    }
}
