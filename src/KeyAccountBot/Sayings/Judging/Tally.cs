namespace KeyAccountBot.Sayings.Judging;

/// <summary>What several verdicts come to. Shares are from 0 to 1; a share of nothing is 1.</summary>
/// <param name="verdicts">The verdicts.</param>
internal sealed class Tally(IReadOnlyList<Verdict> verdicts)
{
    /// <summary>How many were said.</summary>
    public int Items => verdicts.Count;

    /// <summary>How many were judged.</summary>
    public int Judged => verdicts.Count(v => !v.IsUnplaced);

    /// <summary>How many could not be brought to where they are said.</summary>
    public int Unplaced => verdicts.Count(v => v.IsUnplaced);

    /// <summary>How many of which came what must not.</summary>
    public int Never => verdicts.Count(v => v.Never.Count > 0);

    /// <summary>How many facts were proposed that were told.</summary>
    public int Right => verdicts.Sum(v => v.Right);

    /// <summary>Of the facts proposed, those that were told.</summary>
    public double Precision => Share(Right, Right + verdicts.Sum(v => v.Wrong.Count));

    /// <summary>Of the facts told, those that were proposed.</summary>
    public double Recall => Share(Right, Right + verdicts.Sum(v => v.Missed.Count));

    /// <summary>Of the questions and requests, those taken for what they are, about what they are about.</summary>
    public double Requests => Share(verdicts.Count(v => v.Request == true), verdicts.Count(v => v.Request is not null));

    /// <summary>Of the replies, those that did and said what they were to.</summary>
    public double Replies => Share(verdicts.Count(v => v.Reply == true), verdicts.Count(v => v.Reply is not null));

    /// <summary>Of all, those that a person would have understood and the bot did not.</summary>
    public double NotUnderstood => Judged == 0 ? 0 : (double)verdicts.Count(v => v.IsNotUnderstood) / Judged;

    /// <summary>How many are as they should be.</summary>
    public int Ok => verdicts.Count(v => v.IsOk);

    /// <summary>Whether any of them told facts.</summary>
    public bool HasFacts => verdicts.Any(v => v.Right + v.Missed.Count + v.Wrong.Count > 0);

    /// <summary>Whether any of them asked for something.</summary>
    public bool HasRequests => verdicts.Any(v => v.Request is not null);

    /// <summary>Whether any of them answered a question.</summary>
    public bool HasReplies => verdicts.Any(v => v.Reply is not null);

    private static double Share(int part, int whole) => whole == 0 ? 1 : (double)part / whole;
}
