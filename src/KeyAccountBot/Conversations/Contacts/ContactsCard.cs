using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A customer's organisation as a tree, who of us looks after whom in each department, and what is missing.</summary>
internal static class ContactsCard
{
    private const int Shown = 40;
    private const int GapsShown = 6;
    private const int NamedInCell = 3;
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The answer to <c>contacts</c>.</summary>
    public static Message Of(Scene scene, Playbook playbook, AccountView view)
    {
        var culture = scene.Culture;
        var tree = Tree(view).ToList();
        var matrix = CoverageMatrix.Of(view.Account, scene.Company, playbook, scene.Today);
        List<string> gaps = [.. CoverageWords.Gaps(view.Furthest, view.Account, scene.Company, playbook, scene.Today, culture)];
        if (CoverageWords.GuideFirst(view.Account, playbook, culture) is { } warning)
        {
            gaps.Insert(0, warning);
        }

        List<Part> body = [];
        if (tree.Count > 0)
        {
            body.Add(new Outline([.. tree.Take(Shown).Select(t =>
                new OutlineItem(t.Depth, NameOf(scene, t.Contact), PlaceOf(scene, playbook, t.Contact), t.Contact.IsDecisionMaker))]));
        }

        if (tree.Count > Shown)
        {
            body.Add(new Paragraph(Texts["contacts.more", culture, tree.Count - Shown]));
        }

        if (tree.Count > 0)
        {
            body.Add(new Section(CoverageWords.Label(culture), []) { IsSeparate = true });
            body.Add(MatrixOf(scene, playbook, matrix));
        }

        if (gaps.Count > 0)
        {
            body.Add(Section.Of(Texts["contacts.missing", culture], gaps.Take(GapsShown).Select(g => "• " + g)));
        }

        SayAction add = new(Texts["contacts.add", culture], Texts["contacts.add.says", culture, view.Name]);
        return new Message
        {
            Language = culture.Name,
            Title = Texts["contacts.title", culture, view.Name, view.Contacts.Count],
            Body = body,
            Actions = tree.Count == 0
                ? [add]
                :
                [
                    add,
                    new SayAction(Texts["contacts.assign", culture], Texts["contacts.assign.says", culture, view.Name]),
                    new SayAction(Texts["contacts.touch", culture], Texts["contacts.touch.says", culture]),
                ],
        };
    }

    // superiors before those who report to them; who reports to nobody we know stands at the left
    private static IEnumerable<(Contact Contact, int Depth)> Tree(AccountView view)
    {
        var reports = view.Contacts.OrderByDescending(c => c.Data.Level).ToLookup(c => view.Find(c.Data.ReportsTo?.Value)?.Id);
        return Below(null, 0);

        IEnumerable<(Contact, int)> Below(Sales.ContactId? superior, int depth) =>
            reports[superior].SelectMany(c => Below(c.Id, depth + 1).Prepend((c, depth)));
    }

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

    // departments where nobody is known and nobody is needed are left out
    private static Matrix MatrixOf(Scene scene, Playbook playbook, CoverageMatrix matrix)
    {
        var levels = playbook.Coverage.Levels;
        return new Matrix(
            [.. levels.Select(l => l.Name.For(scene.Culture))],
            [.. playbook.Coverage.Departments
                .Select(d => new MatrixRow(d.Name.For(scene.Culture), [.. levels.Select(l => CellOf(scene, matrix[d.Id, l.Level]))]))
                .Where(r => r.Cells.Any(c => c.Words.Length > 0))]);
    }

    private static MatrixCell CellOf(Scene scene, CoverageCell cell)
    {
        var culture = scene.Culture;
        if (cell.Contacts.Count == 0)
        {
            return cell.IsRequired ? new MatrixCell(Texts["cell.missing", culture], Tone.Attention) : new MatrixCell("");
        }

        var named = cell.Contacts.Take(NamedInCell).Select(c => Texts["cell.contact", culture, c.Contact.Name, CareOf(scene, c)]);
        if (cell.Contacts.Count > NamedInCell)
        {
            named = named.Append(Texts["contacts.more", culture, cell.Contacts.Count - NamedInCell]);
        }

        return new MatrixCell(string.Join(Words.Separator(scene.Culture), named), ToneOf(cell));
    }

    // who of us looks after them and how well, in a word or two
    private static string CareOf(Scene scene, CoveredContact contact) => (contact.Maintainer, contact.Grade, contact.Freshness) switch
    {
        (null, _, _) => Texts["cell.nobody", scene.Culture],
        ({ } by, CoverageGrade.InPerson, Freshness.Fresh) => Texts["cell.in-person", scene.Culture, by.Name],
        ({ } by, _, Freshness.Fresh) => Texts["cell.fresh", scene.Culture, by.Name],
        ({ } by, _, Freshness.Never) => Texts["cell.never", scene.Culture, by.Name],
        ({ } by, _, _) => Texts["cell.stale", scene.Culture, by.Name],
    };

    private static Tone ToneOf(CoverageCell cell) => (cell.Grade, cell.Freshness) switch
    {
        (CoverageGrade.Unmaintained, _) => Tone.Attention,
        (CoverageGrade.InPerson, Freshness.Fresh) => Tone.Good,
        (_, Freshness.Fresh) => Tone.Plain,
        _ => Tone.Warning,
    };
}
