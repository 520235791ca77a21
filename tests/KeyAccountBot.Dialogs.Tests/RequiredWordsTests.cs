using System.Text.RegularExpressions;
using CsCheck;
using KeyAccountBot.Language;
using Xunit;

namespace KeyAccountBot.Dialogs.Tests;

public sealed class RequiredWordsTests
{
    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] Parts =
        ["amounts", "answers", "answer-words", "moods", "names", "proposals", "reasons", "reminders", "replies", "reports", "settings", "slots", "wishes"];

    private static readonly string[] Said =
    [
        "met the head of purchasing today, the offer is with legal now", "who decides at the mill?", "pls move friday's visit to monday, he is ill", "we lost the tender to a cheaper bid",
        "remind me to call her tomorrow at nine", "the budget is approved, contract next week i hope", "nobody told me that it was on hold", "show me my open deals over 2m",
        "3", "yes", "no, the second one", "not yet, ask me again in two weeks", "wir haben den zuschlag noch nicht, der einkauf prüft", "wer entscheidet dort?", "ja, aber erst am montag",
        "今天见了采购经理,方案已经提交", "这个单子谁拍板?", "把拜访改到下周三", "明天提醒我给他打电话", "合同还没签,下个月再说", "好的", "不是,第二个",
        "ᴀᴀᴀᴀ is on hold until ᴅᴅᴅᴅ", "visited ᴄᴄᴄᴄ with ᴘᴘᴘᴘ, ᴋᴋᴋᴋ is out", "\ua000\ua000\ua000 said that \ua001\ua001 signed on \ua005\ua005\ua005", "how far is ᴏᴏᴏᴏ, and what is ᴍᴍᴍ for?",
    ];

    [Theory]
    [InlineData("visit(s|ed)?", "visits|visited|visit")]
    [InlineData("colou?rs", "colours|colors")]
    [InlineData(@"\b(?:(who|what) decides)\b", "who decides|what decides")]
    [InlineData("(warm|cold) .{0,9}tea( time)?", "tea time|tea + warm |cold ")]
    [InlineData("(?<!not )signed(?= by)", "signed")]
    [InlineData("^(?:on hold)$", "on hold")]
    [InlineData("[bt]ender", "bender|tender")]
    [InlineData(@"next\s+week", "next + week")]
    [InlineData("(very )*late", "late")]
    [InlineData("(?<count>two|three){1,3}days", "two|three + days")]
    [InlineData("决策人|谁.{0,3}拍板", "决策人|拍板")]
    [InlineData(@"a\.b\-c\u00e4", "a.b-c\u00e4")]
    public void What_every_match_must_hold_is_read_from_the_expression(string expression, string sets) =>
        Assert.Equal(sets, string.Join(" + ", RequiredWords.Of(expression)!.Sets.OrderByDescending(s => s.Max(w => w.Length)).Select(s => string.Join('|', s))));

    [Theory]
    [InlineData("")]
    [InlineData("(please)?")]
    [InlineData(@"\w+ing|.*")]
    [InlineData("(?i)deal")]
    [InlineData(@"(?<word>deal)\k<word>")]
    [InlineData("tender|.{3}")]
    [InlineData("tender(")]
    [InlineData("[a-z-[m]]tender")]
    [InlineData("(?=tender)")]
    [InlineData(@"\x41bcdef")]
    public void In_doubt_nothing_is_required(string expression) => Assert.Null(RequiredWords.Of(expression));

    [Fact]
    public void No_line_of_a_language_file_is_missed_where_its_engine_fits()
    {
        var lines = Lines();
        var words = lines.Select(l => RequiredWords.Of(l)).Select(r => (r?.Sets ?? []).Select(s => s.ToArray()).ToArray()).ToList();
        var engines = lines.ConvertAll(l => new Regex(l, Plain, Patience));
        var filtered = lines.ConvertAll(l => new LineExpressions([l], Plain, Patience));
        var fits = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            foreach (var said in Said)
            {
                Check(i, Spelling.Fold(said));
            }
        }

        // texts made of what lines ask for: of one, and of another beside it
        var ofLine = Gen.Int[0, lines.Count - 1].SelectMany(i => words[i].Length == 0
            ? Gen.Const((i, ""))
            : Gen.Int[0, 10_000].Array[words[i].Length].Select(Gen.Int[0, 3], (picks, gap) => (i, string.Join(gap switch { 0 => "", 1 => " ", 2 => " of the ", _ => "了" }, words[i].Select((set, n) => set[picks[n] % set.Length])))));
        Gen.Select(ofLine, ofLine).Sample(
            (one, other) =>
            {
                Check(one.i, one.Item2);
                Check(one.i, one.Item2 + " " + other.Item2);
                Check(other.i, one.Item2 + other.Item2);
            },
            iter: 20_000);

        // otherwise nothing was tried
        Assert.InRange(fits, 10_000, int.MaxValue);

        void Check(int line, string text)
        {
            var does = engines[line].IsMatch(text);
            Assert.True(does == filtered[line].IsMatch(text), $"'{lines[line]}' and '{text}'");
            Interlocked.Add(ref fits, does ? 1 : 0);
        }
    }

    [Fact]
    public void Nearly_every_line_says_what_it_requires()
    {
        var lines = Lines();
        Assert.InRange(lines.Count(l => RequiredWords.Of(l) is not null), lines.Count * 9 / 10, lines.Count);
    }

    [Fact]
    public void Lines_find_together_what_one_alternation_finds()
    {
        string[] pool = ["ab", "a", "b+c?", "(?<=a)b", @"\bc", "c$", "^a", "x*", "a(?=b)", "bc|ca", "(?<word>ca)b", @"\w \w", "abcab", " "];
        var text = Gen.OneOf("a", "b", "c", " ", "ab", "abcab").Array[0, 12].Select(t => string.Concat(t));
        Gen.Select(Gen.OneOf(pool).Array[1, 5], text).Sample((lines, said) =>
        {
            var alternation = new Regex(string.Join('|', lines.Select(l => $"(?:{l})")), Plain, Patience);
            var together = new LineExpressions(lines, Plain, Patience);

            Assert.Equal(alternation.Matches(said).Select(m => (m.Index, m.Length)), together.All(said).Select(m => (m.Index, m.Length)));
            Assert.Equal(alternation.IsMatch(said), together.IsMatch(said));
            Assert.Equal(Place(alternation.Match(said)), Place(together.First(said)));
            if (said.Length > 2)
            {
                var within = new TextSpan(1, said.Length - 2);
                Assert.Equal(Place(alternation.Match(said, within.Start, within.Length)), Place(together.First(said, within)));
            }
        });

        static (int Index, int Length)? Place(Match? match) => match is { Success: true } ? (match.Index, match.Length) : null;
    }

    // as they are held against a text: without accents, with the letters that stand for names and dates
    private static List<string> Lines() =>
    [
        .. from part in Parts
           let file = LanguageFiles.Part(part)
           from list in file.Lists
           from line in file[list]
           select Placeholder.Expanded(Unaccented(Macros(file, line))) into expression
           where IsExpression(expression)
           select expression,
    ];

    private static string Macros(LanguageFiles file, LanguageFiles.Entry line) => Regex.Replace(line.Text, @"\{(?<name>[a-z]+)\}", m => m.Groups["name"].Value switch
    {
        var words when file.Lists.Contains("words/" + words, StringComparer.Ordinal) =>
            "(?:" + string.Join('|', file["words/" + words].Where(w => w.Language == line.Language).Select(w => Macros(file, w))) + ")",
        "deal" => "[ᴀᴏ][ᴀᴏ ,·'’-]*(?:'s|s)?",
        "date" => "ᴅ+",
        "sum" => "ᴍ+",
        "rival" => "ᴋ+",
        _ => "[ᴄᴘᴜ]+",
    }, Plain, Patience);

    private static string Unaccented(string line) => string.Concat(line.Select(c => c is >= '\u00c0' and <= '\u024f' ? Spelling.Fold(c.ToString()) : c.ToString()));

    private static bool IsExpression(string text)
    {
        try
        {
            _ = new Regex(text, Plain, Patience);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
