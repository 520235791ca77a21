using System.Text.RegularExpressions;
using System.Xml.Linq;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.FollowUps;

public partial class FollowUpTextTests
{
    [Fact]
    public void Every_text_stands_in_both_languages_with_the_same_placeholders() =>
        Assert.Equal(Read("FollowUpTexts.resx"), Read("FollowUpTexts.zh-Hans.resx"));

    private static SortedDictionary<string, string> Read(string file) =>
        new(XDocument.Load(Repository.PathOf("src", "KeyAccountBot", "FollowUps", file)).Root!.Elements("data").ToDictionary(
            d => d.Attribute("name")!.Value,
            d => string.Join(' ', Placeholder().Matches(d.Element("value")!.Value).Select(m => m.Groups["number"].Value).Distinct().Order(StringComparer.Ordinal))),
            StringComparer.Ordinal);

    [GeneratedRegex(@"\{(?<number>\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();
}
