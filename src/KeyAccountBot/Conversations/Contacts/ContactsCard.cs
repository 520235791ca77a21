using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A customer's organisation as a tree, its coverage matrix as a table, and what is missing; the same in words.</summary>
internal static class ContactsCard
{
    private const int Shown = 40;
    private const int GapsShown = 6;
    private const int DeepestIndent = 5;

    // wide spaces, behind a mark without width that keeps a renderer from trimming them
    private const string Indent = "\u2003";
    private const string Keep = "\u200B";
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The answer to <c>contacts</c>.</summary>
    public static Activity Of(Scene scene, Playbook playbook, AccountView view)
    {
        var culture = scene.Culture;
        var title = Texts["contacts.title", culture, view.Name, view.Contacts.Count];
        var tree = Tree(view).ToList();
        var matrix = CoverageMatrix.Of(view.Account, scene.Company, playbook, scene.Today);
        List<string> gaps = [.. CoverageWords.Gaps(view.Furthest, view.Account, scene.Company, playbook, scene.Today, culture)];
        if (CoverageWords.GuideFirst(view.Account, playbook, culture) is { } warning)
        {
            gaps.Insert(0, warning);
        }

        List<AdaptiveElement> body = [new TextBlock(title) { Heading = true, Weight = TextWeight.Bolder, Size = TextSize.Medium }];
        foreach (var (contact, depth) in tree.Take(Shown))
        {
            body.Add(Hung(
                depth,
                [
                    new TextBlock(NameOf(scene, contact)) { Weight = contact.IsDecisionMaker ? TextWeight.Bolder : null },
                    new TextBlock(PlaceOf(scene, playbook, contact)) { Size = TextSize.Small, Subtle = true, Spacing = Spacing.None },
                ]));
        }

        if (tree.Count > Shown)
        {
            body.Add(new TextBlock(Texts["contacts.more", culture, tree.Count - Shown]));
        }

        if (tree.Count > 0)
        {
            body.Add(new TextBlock(Texts["coverage.label", culture]) { Weight = TextWeight.Bolder, Separator = true, Spacing = Spacing.Medium });
            body.Add(TableOf(scene, playbook, matrix));
        }

        if (gaps.Count > 0)
        {
            body.Add(new TextBlock(Texts["contacts.missing", culture]) { Weight = TextWeight.Bolder, Spacing = Spacing.Medium });
            body.AddRange(gaps.Take(GapsShown).Select(g => new TextBlock("• " + g) { Spacing = Spacing.Small }));
        }

        (string Title, string Says)[] buttons = tree.Count == 0
            ? [(Texts["contacts.add", culture], Texts["contacts.add.says", culture, view.Name])]
            :
            [
                (Texts["contacts.add", culture], Texts["contacts.add.says", culture, view.Name]),
                (Texts["contacts.assign", culture], Texts["contacts.assign.says", culture, view.Name]),
                (Texts["contacts.touch", culture], Texts["contacts.touch.says", culture]),
            ];
        var words = string.Join(Marks.Paragraph, [
            title, .. tree.Take(Shown).Select(t => $"{new string('–', t.Depth)} {NameOf(scene, t.Contact)} · {PlaceOf(scene, playbook, t.Contact)}".Trim()),
            .. tree.Count > 0 ? Rows(scene, playbook, matrix) : [], .. gaps.Take(GapsShown)]);
        return Activity.Message(words) with
        {
            Summary = title,
            Attachments = [new AdaptiveCard(body, [.. buttons.Select(b => Saying(b.Title, b.Says))]) { FallbackText = title, Lang = culture.TwoLetterISOLanguageName }.ToAttachment()],
        };
    }

    // superiors before those who report to them; whoever reports to nobody we know stands at the left
    private static IEnumerable<(Contact Contact, int Depth)> Tree(AccountView view)
    {
        var reports = view.Contacts.OrderByDescending(c => c.Data.Level).ToLookup(c => view.Find(c.Data.ReportsTo?.Value)?.Id);
        return Below(null, 0);

        IEnumerable<(Contact, int)> Below(Sales.ContactId? superior, int depth) =>
            reports[superior].SelectMany(c => Below(c.Id, depth + 1).Prepend((c, depth)));
    }

    // an arrow in a column of its own, so that long lines wrap beside it and not under it
    private static AdaptiveElement Hung(int depth, IReadOnlyList<AdaptiveElement> items) => depth == 0
        ? new Container(items) { Spacing = Spacing.Small }
        : new ColumnSet(
            [
                new Column([new TextBlock($"{Keep}{string.Concat(Enumerable.Repeat(Indent, Math.Min(depth, DeepestIndent) - 1))}↳")], "auto"),
                new Column(items),
            ])
        { Spacing = Spacing.Small };

    private static string NameOf(Scene scene, Contact contact)
    {
        var name = contact.IsDecisionMaker ? Texts["contacts.decision-maker", scene.Culture, contact.Name] : contact.Name;
        return contact.Data.IsCoach ? Texts["contacts.coach", scene.Culture, name] : name;
    }

    private static string PlaceOf(Scene scene, Playbook playbook, Contact contact) => Texts[
        "contacts.line", scene.Culture,
        ContactFacts.PlaceOf(scene, playbook, contact.Data),
        contact.Data.Strength,
        contact.Maintainer is { } id && scene.Company.Find(id) is { } maintainer
            ? Texts["contacts.maintained-by", scene.Culture, maintainer.Name]
            : Texts["contacts.maintained-by-nobody", scene.Culture]];

    private static Table TableOf(Scene scene, Playbook playbook, CoverageMatrix matrix)
    {
        var levels = playbook.Coverage.Levels;
        TableCell Words(string text, CardTone? tone = null, TextWeight? weight = null) => new([new TextBlock(text) { Size = TextSize.Small, Weight = weight }], tone);
        return new Table(
            [5, .. levels.Select(_ => 4)],
            [
                [Words(Texts["contact.department", scene.Culture], weight: TextWeight.Bolder), .. levels.Select(l => Words(l.Name.For(scene.Culture), weight: TextWeight.Bolder))],
                .. playbook.Coverage.Departments.Select(d => (IReadOnlyList<TableCell>)[
                    Words(d.Name.For(scene.Culture)),
                    .. levels.Select(l => Words(CellOf(scene, matrix[d.Id, l.Level]), ToneOf(matrix[d.Id, l.Level])))]),
            ]);
    }

    private static IEnumerable<string> Rows(Scene scene, Playbook playbook, CoverageMatrix matrix) => playbook.Coverage.Departments.Select(d => scene.Say(
        "fact", d.Name.For(scene.Culture),
        string.Join(Texts["gap.separator", scene.Culture], playbook.Coverage.Levels.Select(l => $"{l.Name.For(scene.Culture)} {CellOf(scene, matrix[d.Id, l.Level])}"))));

    // who looks after it and how well, in a word or two
    private static string CellOf(Scene scene, CoverageCell cell)
    {
        var culture = scene.Culture;
        var names = string.Join(scene.Say("separator"), cell.Contacts.Select(c => c.Maintainer?.Name).OfType<string>().Distinct(StringComparer.Ordinal));
        return (cell.Grade, cell.Freshness) switch
        {
            (CoverageGrade.Empty, _) => cell.IsRequired ? Texts["cell.missing", culture] : "–",
            (CoverageGrade.Unmaintained, _) => Texts["cell.nobody", culture],
            (CoverageGrade.InPerson, Freshness.Fresh) => Texts["cell.in-person", culture, names],
            (_, Freshness.Fresh) => Texts["cell.fresh", culture, names],
            (_, Freshness.Never) => Texts["cell.never", culture, names],
            _ => Texts["cell.stale", culture, names],
        };
    }

    private static CardTone? ToneOf(CoverageCell cell) => (cell.Grade, cell.Freshness) switch
    {
        (CoverageGrade.Empty, _) => cell.IsRequired ? CardTone.Attention : null,
        (CoverageGrade.Unmaintained, _) => CardTone.Attention,
        (CoverageGrade.InPerson, Freshness.Fresh) => CardTone.Good,
        (_, Freshness.Fresh) => null,
        _ => CardTone.Warning,
    };

    // said in the reader's name, so it holds as long as the card is there
    private static SubmitAction Saying(string title, string says) =>
        new(title, JsonSerializer.SerializeToElement(new ImBackData(new ImBack("imBack", says)), FollowUpJson.Default.ImBackData));
}
