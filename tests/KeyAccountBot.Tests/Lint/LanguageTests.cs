using System.Text.RegularExpressions;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>What people say, in whatever language, stands in the language files and the texts, not in code. Read from the sources.</summary>
public sealed partial class LanguageTests
{
    // customers of the sample people, as they are called
    private static readonly string[] Samples = ["SamplePipeline.cs"];

    [Fact]
    public void No_Chinese_or_German_word_stands_in_code()
    {
        var files = Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).Where(f => !IsBuilt(f) && !Samples.Contains(Path.GetFileName(f))).ToList();

        Assert.True(files.Count > 300, $"Only {files.Count} files were read.");
        Assert.All(files, f => Assert.All(File.ReadLines(f).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)), line =>
            Assert.False(Foreign().IsMatch(Comment().Replace(line, "")), $"{f}: {line.Trim()}")));
    }

    [Theory]
    [InlineData("if (text.StartsWith(\"\u5BA2\u6237\", StringComparison.Ordinal))")]
    [InlineData("Words = [\"n\u00E4chste\"];")]
    public void Such_a_word_would_be_seen(string line) => Assert.Matches(Foreign(), line);

    private static bool IsBuilt(string file) =>
        file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) || file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex("[\u4E00-\u9FFF\u00E4\u00F6\u00FC\u00DF\u00C4\u00D6\u00DC]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Foreign();

    // a comment may give an example
    [GeneratedRegex(" // .*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();
}
