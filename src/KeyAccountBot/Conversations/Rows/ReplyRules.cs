namespace KeyAccountBot.Conversations.Rows;

/// <summary>What becomes of replies that could not be sent at once.</summary>
internal static class ReplyRules
{
    /// <summary>Older ones are dropped: what was said then no longer helps.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>For how long a conversation is tried, with the sentence that stands for what was lost.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(3);

    /// <summary>How many replies a conversation is owed at most; the oldest are lost first.</summary>
    public const int Most = 20;

    /// <summary>How many bytes of rows a conversation is owed at most.</summary>
    public const int MostBytes = 600 * 1024;

    private static readonly TimeSpan SoonestAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LatestAgain = TimeSpan.FromMinutes(30);

    /// <summary>Splits what a conversation is owed, the oldest first, into what is lost and what is still worth sending.</summary>
    public static (List<OwedRow> Lost, List<OwedRow> Fresh) Split(IReadOnlyList<OwedRow> owed, DateTimeOffset now)
    {
        List<OwedRow> lost = [];
        List<OwedRow> fresh = [];
        var (replies, bytes) = (0, 0);
        foreach (var row in owed.Reverse())
        {
            replies += row.Owed.Replies.Count;
            bytes += row.Bytes;
            var isLost = row.Owed.StandsForLost || now - row.Owed.At > Fresh || (fresh.Count > 0 && (replies > Most || bytes > MostBytes));
            (isLost ? lost : fresh).Insert(0, row);
        }

        return (lost, fresh);
    }

    /// <summary>When what is so old is tried again: a third of its age later, so within ten minutes some twenty times.</summary>
    public static TimeSpan Again(TimeSpan age)
    {
        var third = age / 3;
        return third < SoonestAgain ? SoonestAgain : third > LatestAgain ? LatestAgain : third;
    }
}
