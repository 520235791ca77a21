using System.Text;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>
/// What was only talked about since a milestone was reached or a question answered: check-ins that said nothing new, and the next steps
/// that were named. A step that was named before, or only got another date, is not new.
/// </summary>
/// <param name="EmptyAt">When each of the empty check-ins in a row was, UTC; the first few are kept.</param>
/// <param name="Steps">The next steps that were named, folded to compare them; the last few are kept.</param>
public sealed record Talk(IReadOnlyList<DateTimeOffset> EmptyAt, IReadOnlyList<string> Steps)
{
    /// <summary>The most empty check-ins in a row that are told apart.</summary>
    public const int MostInARow = 12;

    private const int KeptSteps = 12;
    private const int KeptLetters = 80;

    /// <summary>Something was just reached.</summary>
    public static Talk None { get; } = new([], []);

    /// <summary>When so many empty check-ins in a row were complete, UTC; <c>null</c> while they are not.</summary>
    public DateTimeOffset? InARow(int count) => count > 0 && EmptyAt.Count >= count ? EmptyAt[count - 1] : null;

    /// <summary>Whether a next step is none, or was named before.</summary>
    public bool IsOld(NextStep? said, NextStep? before) =>
        said is null || Folded(said.What) is var folded && (folded.Length == 0 || Steps.Contains(folded, StringComparer.Ordinal) || (before is not null && Folded(before.What) == folded));

    internal Talk With(CheckedIn checkIn, DateTimeOffset at)
    {
        var steps = checkIn.NextStep is { } step && Folded(step.What) is { Length: > 0 } folded && !Steps.Contains(folded, StringComparer.Ordinal)
            ? [.. Steps.TakeLast(KeptSteps - 1), folded]
            : Steps;
        return new Talk(checkIn.IsEmpty ? EmptyAt.Count < MostInARow ? [.. EmptyAt, at] : EmptyAt : [], steps);
    }

    private static string Folded(string text)
    {
        var folded = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(char.IsLetterOrDigit))
        {
            if (folded.Length == KeptLetters)
            {
                break;
            }

            folded.Append(letter);
        }

        return folded.ToString();
    }
}
