namespace KeyAccountBot.Language;

/// <summary>What a message may want.</summary>
/// <param name="Wish">Which wish, such as <c>move-visit</c>; <c>report</c> for a report.</param>
/// <param name="Score">How sure, from 0 to 1.</param>
/// <param name="Part">The words that say so: the message, or one sentence of it.</param>
public sealed record WishReading(string Wish, double Score, TextSpan Part);
