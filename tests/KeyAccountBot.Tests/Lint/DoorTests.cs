using System.Text.RegularExpressions;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>What is done for a person goes through the one door to the record; only what acts for nobody may name the ledgers. Read from the sources.</summary>
public sealed partial class DoorTests
{
    private static readonly string Source = Repository.PathOf("src", "KeyAccountBot");

    // workers: they act for nobody
    private static readonly string[] Workers = ["AnsweredMessages.cs", "DeliveryErrands.cs", "DigestErrands.cs", "WakeUpWorker.cs"];

    [Theory]
    [InlineData("Conversations")]
    [InlineData("StandIns")]
    [InlineData("FollowUps")]
    public void Nothing_done_for_a_person_names_a_ledger(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, f => !(folder == "FollowUps" && Workers.Contains(Path.GetFileName(f))) && Ledger().IsMatch(WithoutDocs(f)));
    }

    [Fact]
    public void Every_worker_on_the_list_does_name_a_ledger() =>
        Assert.All(Workers, w => Assert.Matches(Ledger(), WithoutDocs(Path.Combine(Source, "FollowUps", w))));

    [Fact]
    public void Who_may_see_what_is_asked_of_the_one_rule_and_of_nothing_beside_it() => Assert.DoesNotContain(
        Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories),
        f => !f.StartsWith(Repository.PathOf("src", "KeyAccountBot.Sales") + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Beside().IsMatch(WithoutDocs(f)));

    private static string WithoutDocs(string file) => Docs().Replace(File.ReadAllText(file), "");

    [GeneratedRegex("""\b(OpportunityLedger|AccountLedger)\b""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ledger();

    [GeneratedRegex("""\.(MaySee|LookedAfterBy|UnreadBelow)\(""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Beside();

    [GeneratedRegex("""^\s*///.*$""", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex Docs();
}
