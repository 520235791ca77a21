using System.Text.Json;
using KeyAccountBot.Sayings;
using KeyAccountBot.Sayings.Judging;
using Xunit;

namespace KeyAccountBot.Tests.Sayings;

/// <summary>The verdicts in figures, and as a program reads them.</summary>
public sealed class SayingsReportTests
{
    private static readonly Verdict[] Verdicts =
    [
        new("A1", 'A') { Right = 3, Missed = ["milestone:terms-agreed"], Wrong = ["next:call"] },
        new("A2", 'A') { Never = ["record:*"] },
        new("B1", 'B') { Request = true },
        new("B2", 'B') { Request = false, IsNotUnderstood = true, Faults = ["wish (none), not help"] },
        new("C1", 'C') { Reply = true },
        new("C2", 'C') { IsUnplaced = true },
    ];

    [Fact]
    public void The_figures_are_counts_and_shares()
    {
        var tally = new Tally(Verdicts);

        Assert.Equal((6, 5, 1, 1, 2), (tally.Items, tally.Judged, tally.Unplaced, tally.Never, tally.Ok));
        Assert.Equal((0.75, 0.75, 0.5, 1.0, 0.2), (tally.Precision, tally.Recall, tally.Requests, tally.Replies, tally.NotUnderstood));
    }

    [Fact]
    public void A_program_reads_a_summary_and_each_item()
    {
        var json = JsonDocument.Parse(SayingsReport.Json(Verdicts)).RootElement;

        Assert.Equal(
            ["items", "never", "precision", "recall", "requests", "replies", "notUnderstood", "unplaced"],
            json.GetProperty("summary").EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            [("A1", false), ("A2", false), ("B1", true), ("B2", false), ("C1", true), ("C2", false)],
            json.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("id").GetString()!, i.GetProperty("ok").GetBoolean())));
        Assert.Equal("missed milestone:terms-agreed; wrong next:call", json.GetProperty("items")[0].GetProperty("why").GetString());
    }
}
