using System.Text.RegularExpressions;
using System.Xml.Linq;
using KeyAccountBot.Dialogs;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Language;
using KeyAccountBot.Records;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.StandIns;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>Holds every text of the service: in every language that has files, used, and fit for its reader. Read from the sources, so a new feature's texts count at once.</summary>
public sealed partial class TextTests
{
    private static readonly string Source = Repository.PathOf("src", "KeyAccountBot");

    // keys put together from a beginning and a word: beginning → the words
    private static readonly Dictionary<string, IReadOnlyList<string>> Families = new(StringComparer.Ordinal)
    {
        ["role."] = Enum.GetNames<Role>(),
        ["status."] = Enum.GetNames<OpportunityStatus>(),
        ["strength."] = ["0", "1", "2", "3", "4"],
        ["evaluation.scale."] = ["0", "1", "2", "3", "4"],
        ["Title."] = Enum.GetNames<DeliveryKind>(),
        ["Ask."] = Enum.GetNames<DeliveryKind>(),
        ["move."] = Enum.GetNames<Move>(),
        ["expect."] = Enum.GetNames<Expectation>(),
        ["explain.held."] = Enum.GetNames<HeldBackReason>(),
        ["Late."] = Enum.GetNames<FollowUpAnswer>(),
        ["Did."] = Enum.GetNames<FollowUpAnswer>(),
        ["Done."] = Enum.GetNames<FollowUpAnswer>(),
        ["Done.Owner."] = [nameof(FollowUpAnswer.Snooze), nameof(FollowUpAnswer.NotAnIssue)],
        ["notice."] = [.. Enum.GetNames<NoticeKind>().Where(k => k != nameof(NoticeKind.WhileAway))],
        ["then."] = [.. Enum.GetNames<NoticeKind>().Where(k => k != nameof(NoticeKind.WhileAway))],
        ["Deed."] = Enum.GetNames<Deed>(),
        ["Why."] = Enum.GetNames<RefusalReason>(),
        ["Reason."] = Enum.GetNames<ReadyReason>(),
        ["later."] = Enum.GetNames<Later>(),
        ["left."] = Enum.GetNames<LeftFor>(),
        ["what-is."] = KeyAccountBot.Conversations.ReplyManners.ExplainedFields,
        ["field."] =
        [
            .. Enum.GetValues<FactField>().Select(ProposalFields.Of), ProposalFields.Contacts, ProposalFields.NewContacts, ProposalFields.On, ProposalFields.Milestones, ProposalFields.MilestoneDate,
            ProposalFields.Answers, ProposalFields.NextStep, ProposalFields.NextStepDate, ProposalFields.Opportunity, ProposalFields.Status, ProposalFields.Reason,
        ],
        ["meant."] =
        [
            "which", "status", "missing", "who-decides", "contacts", "contact-info", "coverage", "coaches",
            "who-maintains", "questions", "next-questions", "today", "at-risk", "stuck", "forecast", "pipeline",
            "deals", "unvisited", "next-visit", "visits", "visit-history", "brief", "history", "next-steps",
            "follow-ups", "check-in-status", "escalation-route", "bid-deadline", "hold-reason", "evaluation", "remind", "plan-visit",
            "move-visit", "cancel-visit", "absence", "end-absence", "hand-over", "create-opportunity", "add-contact", "change-contact",
            "change-fact", "evaluate", "hold", "lost", "reopen", "won", "take-back", "undo",
            "take-follow-up", "snooze-follow-up", "nudge-rep", "settings", "export", "help", "help-how", "explain",
            "complaint",
        ],
        ["explain."] =
        [
            "gate", "coach", "milestone", "stage", "coverage", "decisionMaker", "checkIn", "maintainer",
            "touch", "brief", "evaluation", "snooze", "escalation", "followUp", "hold", "standIn",
            "digest", "evidence", "buyingRole", "question", "forecast", "whyAsk", "playbook", "keyAccount",
            "strength", "opportunity", "other",
        ],
        ["talk."] = ["bot", "busy", "bye", "ok", "other"],
        ["scope."] = ["rules", "mail"],
        ["unclear."] = ["number", "link"],
        ["help.topic."] =
        [
            "visits", "contacts", "check-in", "opportunities", "questions", "follow-ups", "absences", "evaluation",
            "bids", "reminders", "milestones", "settings", "digests",
        ],
        ["help.button."] = ["today", "list", "stuck", "forecast", "all"],
        ["attached."] = Enum.GetNames<AttachedKind>(),
        ["complaint."] = ["snooze", "hours", "digest"],
        ["complaint.says."] = ["snooze", "hours", "digest"],
        ["fact."] = ["name", "amount", "expectedClose", "bidDeadline", "competitors"],
    };

    // all but the one whose files have no language in their name
    private static readonly IReadOnlyList<string> Translations = [.. LanguageFiles.Languages.Where(l => l != "en")];

    // English words that no text of another Latin script holds
    private static readonly HashSet<string> EnglishWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "of", "you", "your", "please", "with", "until", "nobody", "customer", "opportunity", "opportunities", "milestone", "milestones", "visit", "contact", "contacts",
        "question", "questions", "answer", "recorded", "record", "which", "who", "what", "when", "why", "not", "and", "skip", "yes", "by", "since", "next", "add",
    };

    // what stays as it is in Chinese: names of products, and the words that a developer says to the bot
    private static readonly HashSet<string> Untranslated = new(StringComparer.Ordinal) { "Teams", "Slack", "Entra", "ID", "CRM", "I am" };

    public static TheoryData<string> Features => [.. Directory.EnumerateFiles(Source, "*Texts.resx", SearchOption.AllDirectories)
        .Where(f => !IsBuilt(f)).Select(f => Path.GetRelativePath(Source, f)[..^".resx".Length])];

    [Theory]
    [MemberData(nameof(Features))]
    public void Every_text_stands_in_every_language_with_the_same_placeholders(string feature)
    {
        var english = Read(feature + ".resx");
        Assert.NotEmpty(english);
        Assert.All(Translations, language =>
        {
            var translated = Read($"{feature}.{language}.resx");
            Assert.Equal(Placeholders(english), Placeholders(translated));
            Assert.All(english.Concat(translated), text => Assert.False(string.IsNullOrEmpty(text.Value), $"{text.Key} is empty."));
            Assert.All(translated, text => Assert.True(text.Value.Count(c => c == '*') % 2 == 0, $"{language} {text.Key} opens a mark and does not close it."));
        });
    }

    [Fact]
    public void There_are_three_languages_at_least() => Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "de", "zh-Hans" }, Translations.ToHashSet(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Features))]
    public void A_text_of_another_language_holds_no_English_word(string feature) => Assert.All(Translations, language => Assert.All(Read($"{feature}.{language}.resx"), text =>
        Assert.All(LatinWords().Matches(Placeholder().Replace(text.Value, "")), word => Assert.False(EnglishWords.Contains(word.Value), $"{language} {text.Key} says “{word.Value}”: {text.Value}"))));

    [Theory]
    [MemberData(nameof(Features))]
    public void A_Chinese_text_holds_no_English_word(string feature) => Assert.All(Read(feature + ".zh-Hans.resx"), text =>
        Assert.All(LatinWords().Matches(Placeholder().Replace(text.Value, "")), word =>
            Assert.True(Untranslated.Contains(word.Value.Trim()), $"{text.Key} says “{word.Value}”: {text.Value}")));

    [Theory]
    [MemberData(nameof(Features))]
    public void An_English_text_holds_no_Chinese_word(string feature) =>
        Assert.All(Read(feature + ".resx"), text => Assert.DoesNotMatch("[\\u2e80-\\uffef]", text.Value));

    public static TheoryData<string> PhraseFiles => [.. Directory.EnumerateFiles(Source, "*Phrases.resx", SearchOption.AllDirectories)
        .Where(f => !IsBuilt(f)).Select(f => Path.GetRelativePath(Source, f)[..^".resx".Length])];

    [Theory]
    [MemberData(nameof(PhraseFiles))]
    public void Phrases_name_each_wish_once_and_keep_to_their_language(string feature)
    {
        var files = Translations.Select(l => $"{feature}.{l}.resx").Prepend(feature + ".resx").ToList();
        Assert.All(files, file => Assert.Equal(NamesIn(file).Distinct(StringComparer.Ordinal), NamesIn(file)));
        Assert.All(files.SelectMany(Read), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), $"{text.Key} is empty."));
        Assert.All(Read(feature + ".resx"), text => Assert.DoesNotMatch("[\\u2e80-\\uffef]", text.Value));
        Assert.All(Read(feature + ".zh-Hans.resx"), text => Assert.DoesNotMatch(LatinWords(), text.Value));
    }

    [Theory]
    [MemberData(nameof(PhraseFiles))]
    public void Every_wish_has_phrases_in_every_language(string feature)
    {
        // what the features of before said in one language only
        string[] inOneOnly = ["back"];
        Assert.All(Translations, language => Assert.Empty(NamesIn(feature + ".resx").Except(NamesIn($"{feature}.{language}.resx"), StringComparer.Ordinal).Except(inOneOnly, StringComparer.Ordinal)));
    }

    private static IEnumerable<string> NamesIn(string file) =>
        XDocument.Load(Path.Combine(Source, file)).Root!.Elements("data").Select(d => d.Attribute("name")!.Value);

    [Fact]
    public void Every_text_is_used() => Assert.Empty(Keys().Except(Used(), StringComparer.Ordinal));

    [Fact]
    public void Every_text_that_is_used_exists() => Assert.Empty(Used().Except(Keys(), StringComparer.Ordinal));

    [Fact]
    public void A_key_put_together_belongs_to_a_known_family()
    {
        var code = string.Join('\n', Sources());
        var found = ComposedKey().Matches(code).Select(m => m.Groups["beginning"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Families.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_said_that_is_no_text() =>
        Assert.DoesNotMatch(SaidLiteral(), string.Join('\n', Sources()));

    // literals where a text is asked for, and any literal in such a file that begins as a family of existing keys does
    private static HashSet<string> Used()
    {
        var code = string.Join('\n', Sources());
        var beginnings = Keys().Where(k => k.Contains('.', StringComparison.Ordinal)).Select(k => k[..(k.IndexOf('.', StringComparison.Ordinal) + 1)]).ToHashSet(StringComparer.Ordinal);
        var asked = AskedFor().Matches(code).SelectMany(m => Literal().Matches(m.Groups["key"].Value)).Select(l => l.Groups["text"].Value);
        var alike = Sources().Where(c => AskedFor().IsMatch(c)).SelectMany(c => Literal().Matches(c)).Select(l => l.Groups["text"].Value)
            .Where(l => KeyLike().IsMatch(l) && beginnings.Any(b => l.StartsWith(b, StringComparison.Ordinal)));
        var composed = Families.SelectMany(f => f.Value.Select(word => f.Key + word));
        var ofCauses = FollowUpCauses.All.SelectMany(c => c.TextKeys);
        return [.. asked.Concat(alike).Concat(composed).Concat(ofCauses).Where(k => !Families.ContainsKey(k))];
    }

    private static HashSet<string> Keys() => [.. Features.SelectMany(f => Read(f.Data + ".resx").Keys)];

    private static SortedDictionary<string, string> Read(string file) =>
        new(XDocument.Load(Path.Combine(Source, file)).Root!.Elements("data").ToDictionary(
            d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal), StringComparer.Ordinal);

    private static SortedDictionary<string, string> Placeholders(SortedDictionary<string, string> texts) =>
        new(texts.ToDictionary(
            t => t.Key,
            t => string.Join(' ', Placeholder().Matches(t.Value).Select(m => m.Groups["number"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            StringComparer.Ordinal), StringComparer.Ordinal);

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Where(f => !IsBuilt(f)).Select(File.ReadAllText);

    private static bool IsBuilt(string path) =>
        Path.GetRelativePath(Source, path).Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    /// <summary>A line break in a string is a person's and is drawn as a space; ours are marks.</summary>
    [Fact]
    public void Our_own_line_breaks_are_marks()
    {
        // what goes to a file, a model or a console is no message
        string[] noMessages = ["Texts.cs", "ChatTurns.cs", "ExportCommand.cs", "Trial.cs", "CsvFile.cs", "CellText.cs", "Failures.cs"];
        var broken = Directory.EnumerateFiles(Repository.PathOf("src", "KeyAccountBot"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !noMessages.Contains(Path.GetFileName(f)))
            .Where(f => File.ReadLines(f).Any(l => l.Contains("\\n", StringComparison.Ordinal) && !l.Contains("GeneratedRegex", StringComparison.Ordinal)));

        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\{(?<number>\d+)[^}]*\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("I am|[A-Za-zÀ-ɏ]{2,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LatinWords();

    // Say("key"…), Say(x ? "a" : "b"), texts["key"…], var key = x ? "a" : "b";
    [GeneratedRegex(@"(?:\bSay\(|\b[Tt]exts\[)(?<key>[^,;\])]*)|\bkey = (?<key>[^;]*);", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AskedFor();

    [GeneratedRegex(@"(?<!\$)""(?<text>[^""\\\n]+)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^[A-Za-z-]+(?:\.[A-Za-z-]+)+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex KeyLike();

    // "status." + facts.Status, $"Did.{answer}"
    [GeneratedRegex(@"(?:\bSay\(|\b[Tt]exts\[)(?:""(?<beginning>(?:[A-Za-z-]+\.)+)"" \+|\$""(?<beginning>(?:[A-Za-z-]+\.)+)\{)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ComposedKey();

    [GeneratedRegex(@"(?:\bSend|\bActivity\.Message|new TextBlock)\((?:""[^""\n]*[A-Za-z]|\$""(?:\{[^}]*\}|[^""{A-Za-z\n])*[A-Za-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SaidLiteral();
}
