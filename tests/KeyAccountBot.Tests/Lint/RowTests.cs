using System.Text.RegularExpressions;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>Holds that rows are read and written through typed tables, with one loop for changes that meet others'.</summary>
public sealed partial class RowTests
{
    private static readonly Dictionary<string, string> Source = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Repository.PathOf("src"), f).Replace('\\', '/'))
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
        .ToDictionary(f => f, f => File.ReadAllText(Path.Combine(Repository.PathOf("src"), f)), StringComparer.Ordinal);

    [Fact]
    public void No_service_names_the_store_of_rows_or_writes_to_it_by_hand() => Assert.Empty(
        Source.Where(s => !IsBelowTables(s.Key) && StoreOfRows().IsMatch(s.Value)).Select(s => s.Key));

    // the second one tries again where the store fails; a conflict ends it
    [Fact]
    public void One_loop_tries_again_after_a_conflict() => Assert.Equal(
        ["KeyAccountBot.Records/OptimisticLoop.cs", "KeyAccountBot/Conversations/Replies/ReplyWorker.cs"],
        Source.Where(s => LoopOverConflicts().IsMatch(s.Value)).Select(s => s.Key).Order(StringComparer.Ordinal));

    private static bool IsBelowTables(string file) =>
        file.StartsWith("KeyAccountBot.Storage/", StringComparison.Ordinal) || file.StartsWith("KeyAccountBot.Records/", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(ITableStore|TableOperation)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StoreOfRows();

    // a loop with a try in it that catches conflicts
    [GeneratedRegex(@"\b(for|while) \([^\n]*\n\s*\{(?:(?!\n    \}).)*?catch \(StoreConflictException", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LoopOverConflicts();
}
