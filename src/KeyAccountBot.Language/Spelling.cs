using System.Text;

namespace KeyAccountBot.Language;

/// <summary>One spelling for comparing, position by position the text's own: small letters, half-width, without accents.</summary>
public static class Spelling
{
    /// <summary>The text in that spelling; every position is the text's own.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(text.Length, text, static (folded, given) =>
        {
            for (var i = 0; i < given.Length; i++)
            {
                folded[i] = Fold(given[i]);
            }
        });
    }

    /// <summary>A Chinese character.</summary>
    public static bool IsHan(char c) => c is >= '\u3400' and <= '\u9fff';

    /// <summary>A letter of a script that sets its words apart.</summary>
    public static bool IsLetter(char c) => char.IsLetterOrDigit(c) && c < '\u2e80';

    private static char Fold(char c)
    {
        if (char.IsAscii(c))
        {
            return char.ToLowerInvariant(c);
        }

        var half = c switch
        {
            '\u3000' => ' ',
            >= '\uff01' and <= '\uff5e' => (char)(c - 0xfee0),
            '’' or '‘' => '\'',
            _ => c,
        };
        if (half is >= '\u00c0' and <= '\u024f')
        {
            half = half.ToString().Normalize(NormalizationForm.FormD)[0];
        }

        return char.ToLowerInvariant(half);
    }
}
