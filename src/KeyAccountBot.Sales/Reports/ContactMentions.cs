using KeyAccountBot.Language;
using System.Text.RegularExpressions;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Somebody of the account, named in the text.</summary>
internal sealed record ContactMention(Contact Contact, TextSpan Named);

/// <summary>
/// Finds an account's active contacts by their names: whole, or by a part or a title that exactly one of them fits. A
/// department may settle which of two is meant, and never introduces anybody.
/// </summary>
internal static partial class ContactMentions
{
    private const int NearDepartment = 14;
    private const string GivenNameEndings = "华芳娜敏丽娟艳涛杰磊鹏勇军霞玲婷琳峰辉斌梅兰萍燕洁雪慧倩颖莉璐瑶怡浩宇轩晨凯龙旭博豪俊鑫淼彬栋柱";

    /// <summary>Who is named, in the text's order; not who is named only as somebody's superior or colleague.</summary>
    public static IReadOnlyList<ContactMention> In(string text, Account? account, Playbook playbook)
    {
        if (account is null)
        {
            return [];
        }

        var folded = Spelling.Fold(text);
        var people = account.Active.ToList();
        var found = Latin(text, folded, people, playbook).Concat(Han(folded, people, playbook)).OrderBy(m => m.Named.Start).ToList();
        return [.. found.Where(m => !Possessive().IsMatch(folded[m.Named.End..]) && !OfSomebody().IsMatch(folded[..m.Named.Start]))];
    }

    private static IEnumerable<ContactMention> Latin(string text, string folded, IReadOnlyList<Contact> people, Playbook playbook)
    {
        var words = LatinWord().Matches(folded).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var whole = people
                .Select(p => (Contact: p, Parts: PartsOf(p)))
                .Where(p => p.Parts.Count > 1 && i + p.Parts.Count <= words.Count
                    && p.Parts.Select((part, n) => words[i + n].Value == part && (n == 0 || Adjoin(folded, words[i + n - 1], words[i + n]))).All(fits => fits))
                .OrderByDescending(p => p.Parts.Count)
                .FirstOrDefault();
            if (whole.Contact is { } contact)
            {
                var last = words[i + whole.Parts.Count - 1];
                yield return new ContactMention(contact, new TextSpan(words[i].Index, last.Index + last.Length - words[i].Index));
                i += whole.Parts.Count - 1;
                continue;
            }

            var span = new TextSpan(words[i].Index, words[i].Length);
            var named = people.Where(p => PartsOf(p).Contains(words[i].Value, StringComparer.Ordinal)).ToList();
            if (named.Count > 0 && char.IsUpper(text[span.Start])
                && !(i > 0 && Adjoin(folded, words[i - 1], words[i]) && IsOtherName(text, words[i - 1]))
                && !(i + 1 < words.Count && Adjoin(folded, words[i], words[i + 1]) && IsOtherName(text, words[i + 1]))
                && Only(named, folded, span, playbook) is { } one)
            {
                yield return new ContactMention(one, span);
            }
        }
    }

    private static IEnumerable<ContactMention> Han(string folded, IReadOnlyList<Contact> people, Playbook playbook)
    {
        List<TextSpan> taken = [];
        var names = people.Select(p => (Contact: p, Name: HanNameOf(p))).Where(p => p.Name.Length > 1).OrderByDescending(p => p.Name.Length).ToList();
        foreach (var (contact, name) in names)
        {
            for (var at = folded.IndexOf(name, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(name, at + name.Length, StringComparison.Ordinal))
            {
                var span = new TextSpan(at, name.Length);
                var longer = name.Length == 2 && span.End < folded.Length && GivenNameEndings.Contains(folded[span.End], StringComparison.Ordinal);
                if (!longer && taken.TrueForAll(t => !t.Holds(span)))
                {
                    taken.Add(span);
                    yield return new ContactMention(contact, span);
                }
            }
        }

        foreach (var title in Titled().Matches(folded).Concat(Familiar().Matches(folded)))
        {
            var span = new TextSpan(title.Index, title.Length);
            var called = names.Where(n => n.Name.StartsWith(title.Groups["family"].Value, StringComparison.Ordinal)).Select(n => n.Contact).ToList();
            if (called.Count > 0 && taken.TrueForAll(t => !t.Holds(span) && !span.Holds(t)) && Only(called, folded, span, playbook) is { } one)
            {
                yield return new ContactMention(one, span);
            }
        }
    }

    // one who fits, or one of several whose department stands beside the name
    private static Contact? Only(IReadOnlyList<Contact> named, string folded, TextSpan span, Playbook playbook)
    {
        if (named.Count == 1)
        {
            return named[0];
        }

        var from = Math.Max(0, span.Start - NearDepartment);
        var around = new TextSpan(from, Math.Min(folded.Length, span.End + NearDepartment) - from);
        var confirmed = named.Where(p => playbook.Coverage.Find(p.Data.Department) is { } department
            && department.Phrases.All.Concat(department.Name.Values).Any(w => Phrase.Find(w, folded, around) is not null)).ToList();
        return confirmed.Count == 1 ? confirmed[0] : null;
    }

    private static bool IsOtherName(string text, Match word) =>
        char.IsUpper(text[word.Index]) && !(word.Length <= 4 && text.Substring(word.Index, word.Length).All(char.IsUpper))
        && !NoName().IsMatch(word.Value);

    private static bool Adjoin(string folded, Match first, Match second) => folded[(first.Index + first.Length)..second.Index] is " " or ". ";

    private static IReadOnlyList<string> PartsOf(Contact contact) =>
        [.. LatinWord().Matches(Spelling.Fold(contact.Name)).Select(m => m.Value).Where(w => w.Length > 1 && !Title().IsMatch(w))];

    private static string HanNameOf(Contact contact) => new([.. contact.Name.Where(Spelling.IsHan)]);

    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int PatienceMs = 1000;

    [GeneratedRegex(@"(?<![a-z0-9])[a-z][a-z\-]*", Plain, PatienceMs)]
    private static partial Regex LatinWord();

    [GeneratedRegex("^(mr|mrs|ms|miss|dr|prof|herr|frau)$", Plain, PatienceMs)]
    private static partial Regex Title();

    // capitalised before or after a name without being part of one
    [GeneratedRegex(
        "^(mr|mrs|ms|miss|dr|prof|herr|frau|director|manager|engineer|president|i|he|she|they|we|met|visited|saw|called|phoned|told|asked|showed|with|and|but|also|today|yesterday|then|only|both|from|at|on|our|their|the"
        + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|says|said|confirmed|talked|spoke|sent|will|did|has|is|was)$", Plain, PatienceMs)]
    private static partial Regex NoName();

    [GeneratedRegex("^('s\\b| and his\\b|的|那边|手下|秘书|助理|副手|同事)", Plain, PatienceMs)]
    private static partial Regex Possessive();

    [GeneratedRegex(@"\b(of|from|by|for|like|about|regarding|concerning|assistant to|deputy to|instead of|without|except)( (mr|mrs|ms|dr)\.?)? ?$|(除了|代替)$", Plain, PatienceMs)]
    private static partial Regex OfSomebody();

    [GeneratedRegex(
        "(?<!工)(?<family>(欧阳|司马|上官|诸葛|[\u3400-\u9fff]))(总(经理|监|裁|工)|董事长|[副]?(主任|经理|部长|科长|处长|厂长|院长|局长|主管)|工程师|师傅|女士|先生|小姐|博士|老师|书记|总(?![结体共计之是部额算价数公支量])|工(?![作程厂艺地业人资期序具]))", Plain, PatienceMs)]
    private static partial Regex Titled();

    [GeneratedRegex("[小老](?<family>[\u3400-\u9fff])", Plain, PatienceMs)]
    private static partial Regex Familiar();
}
