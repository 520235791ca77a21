namespace KeyAccountBot.Conversations.WeeklyDigests;

/// <summary>The weekly digest on request, and when it comes by itself.</summary>
internal sealed class WeeklyDigestsFeature(WeeklyDigestRequest request) : Feature
{
    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.WeeklyDigests.WeeklyDigestPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
        [Wish.Answers("weekly-digest", true, (_, scene, words, cancellationToken) => request.AnswerAsync(scene, words, cancellationToken))];
}
