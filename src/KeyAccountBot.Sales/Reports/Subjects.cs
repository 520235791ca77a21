using KeyAccountBot.Language;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Which opportunity of the record each statement belongs to.</summary>
internal sealed class Subjects
{
    private readonly ReportText text;
    private readonly ReportScene scene;
    private readonly IReadOnlyDictionary<string, Opportunity> byId;
    private readonly Func<Opportunity, bool> hasSomethingOpen;
    private readonly bool hasMet;

    /// <summary>The subjects of a message.</summary>
    /// <param name="text">Prepared.</param>
    /// <param name="scene">What is on record.</param>
    /// <param name="hasSomethingOpen">Whether a milestone that the message states is open at this opportunity.</param>
    /// <param name="hasMet">Whether somebody was met: today's visit tells then.</param>
    public Subjects(ReportText text, ReportScene scene, Func<Opportunity, bool> hasSomethingOpen, bool hasMet)
    {
        this.hasMet = hasMet;
        this.text = text;
        this.scene = scene;
        this.hasSomethingOpen = hasSomethingOpen;
        byId = scene.Opportunities.ToDictionary(o => o.Id.Value, StringComparer.Ordinal);
    }

    /// <summary>Which it may be where the message does not settle it; the likeliest first.</summary>
    public IReadOnlyList<OpportunityId> Candidates { get; private set; } = [];

    /// <summary>The text, or the talk, points at it.</summary>
    public bool IsNamed { get; private set; }

    /// <summary>Gives every statement its opportunity, where it is known.</summary>
    public void Settle(IReadOnlyList<Statement> statements)
    {
        OpportunityId? topic = null;
        string? account = null;
        var elsewhere = false;
        var pending = new List<Statement>();
        foreach (var statement in statements)
        {
            var (subject, of, isElsewhere) = Named(statement, topic, account);
            if (subject is not null || of is not null)
            {
                account = of ?? account;
                topic = subject;
                elsewhere = false;
                if (topic is not null)
                {
                    // what stands before the first name belongs to it
                    pending.ForEach(p => p.Subject = topic);
                    pending.Clear();
                }
            }
            else if (isElsewhere)
            {
                elsewhere = true;
            }

            statement.IsElsewhere = elsewhere;
            statement.Subject = elsewhere ? null : topic;
            if (topic is null && !elsewhere)
            {
                pending.Add(statement);
            }
        }

        IsNamed = topic is not null || account is not null;
        if (statements.All(s => s.Subject is null))
        {
            var candidates = Likeliest(account);
            Candidates = [.. candidates.Select(c => c.Id)];
            if (Candidates is [var only])
            {
                foreach (var statement in statements.Where(s => !s.IsElsewhere))
                {
                    statement.Subject = only;
                }
            }
        }
    }

    // what the words of a statement point at: an opportunity, an account with several, somebody else's
    private (OpportunityId? Subject, string? Account, bool IsElsewhere) Named(Statement statement, OpportunityId? topic, string? account)
    {
        var here = text.Names.Where(n => statement.Span.Start <= n.Span.Start && n.Span.Start < statement.Span.End).ToList();
        var named = here.Where(n => n is { Kind: NameKind.Opportunity, IsLoose: false }).SelectMany(n => n.Fits).Where(f => byId.ContainsKey(f.Id)).ToList();
        var accounts = here.Where(n => n is { Kind: NameKind.Account }).SelectMany(n => n.Fits).ToList();
        var mine = accounts.Where(f => OfAccount(f.Id).Count > 0).Select(f => f.Id).Distinct(StringComparer.Ordinal).ToList();
        if (named.Count > 0 && mine.Count > 0)
        {
            var both = named.Where(n => mine.Contains(n.Account ?? "", StringComparer.Ordinal)).ToList();
            named = both.Count > 0 ? both : named;
        }

        if (named.Select(n => n.Id).Distinct(StringComparer.Ordinal).ToList() is [var one])
        {
            return (new OpportunityId(one), byId[one].Facts.AccountId?.Value, false);
        }

        if (named.Count > 1 && Chosen([.. named.Select(n => byId[n.Id]).Distinct()]) is { } chosen)
        {
            return (chosen.Id, chosen.Facts.AccountId?.Value, false);
        }

        if (accounts.Count > 0 && mine.Count == 0)
        {
            return (null, null, true);
        }

        if (mine.Count > 0)
        {
            // the customer of what is spoken of anyway
            if (topic is { } current && mine.Contains(byId[current.Value].Facts.AccountId?.Value ?? "", StringComparer.Ordinal))
            {
                return (topic, account, false);
            }

            var opportunities = mine.SelectMany(OfAccount).ToList();
            return (Chosen(opportunities)?.Id, mine.Count == 1 ? mine[0] : null, false);
        }

        return (null, null, false);
    }

    private List<Opportunity> OfAccount(string account) => [.. scene.Opportunities.Where(o => o.Facts.AccountId?.Value == account)];

    // by the account, by whom of the customer the text names, by what was spoken of, by today's visit, by being the only one
    private List<Opportunity> Likeliest(string? account)
    {
        if (account is not null)
        {
            return Narrowed(OfAccount(account));
        }

        var byContact = ByContact();
        if (byContact.Count > 0)
        {
            IsNamed = true;
            return scene.SpokenOf is { } focus && byContact.Find(o => o.Id == focus) is { } spoken ? [spoken]
                : Chosen(byContact) is { } one ? [one] : Narrowed(byContact);
        }

        if (scene.SpokenOf is { } before && byId.TryGetValue(before.Value, out var spokenOf))
        {
            IsNamed = true;
            return [spokenOf];
        }

        var own = Own([.. scene.Opportunities.Where(o => o.IsOpen)]);
        var loose = ByLooseWords(own);
        if (loose.Count == 1)
        {
            IsNamed = true;
            return loose;
        }

        if (own.Count > 1 && Open(own) is [var fits])
        {
            return [fits];
        }

        var visited = own.Where(o => scene.Visited.Contains(o.Id)).ToList();
        return visited.Count > 0 ? visited : own;
    }

    // the opportunities of the one customer whose people the text names
    private List<Opportunity> ByContact()
    {
        var sets = text.Names.Where(n => n.Kind == NameKind.Contact && text.Voices[n.Span.Start] != Voice.Injected)
            .Select(n => n.Fits.Select(f => f.Account ?? "").Where(a => OfAccount(a).Count > 0).ToHashSet(StringComparer.Ordinal))
            .Where(s => s.Count > 0).ToList();
        if (sets.Count == 0)
        {
            return [];
        }

        var common = new HashSet<string>(sets[0], StringComparer.Ordinal);
        foreach (var set in sets)
        {
            if (common.Overlaps(set))
            {
                common.IntersectWith(set);
            }
        }

        if (scene.SpokenOf is { } focus && byId.TryGetValue(focus.Value, out var spoken) && common.Contains(spoken.Facts.AccountId?.Value ?? ""))
        {
            return [spoken];
        }

        var some = common.SelectMany(OfAccount).ToList();
        var own = Own(some);
        return own.Count > 0 ? own : some;
    }

    private Opportunity? Chosen(IReadOnlyList<Opportunity> some) => Narrowed(some) is [var one] ? one : null;

    // of several of one customer: the writer's own, those whose words are named, what was spoken of, what fits the milestones, the visit, the people, those alive
    private List<Opportunity> Narrowed(IReadOnlyList<Opportunity> some)
    {
        var left = Own(some);
        if (left.Count > 1 && scene.SpokenOf is { } focus && left.Exists(o => o.Id == focus))
        {
            return [.. left.Where(o => o.Id == focus)];
        }

        foreach (var narrower in new Func<List<Opportunity>, List<Opportunity>>[]
        {
            ByLooseWords, l => Alive(l), Open, ByAmount, Late, l => hasMet ? [.. l.Where(o => scene.Visited.Contains(o.Id))] : [], l => hasMet ? ByPeople(l) : [],
        })
        {
            if (left.Count > 1 && narrower(left) is { Count: > 0 } fewer)
            {
                left = fewer;
            }
        }

        return left;
    }

    // the one whose amount is given as it was
    private List<Opportunity> ByAmount(List<Opportunity> some) =>
        [.. some.Where(o => text.All("amountFrom").Any(f => ChangedFacts.IsWorth(text, f, o.Facts.Amount.Amount)))];

    // words of the end of a sale point at what is furthest
    private List<Opportunity> Late(List<Opportunity> some)
    {
        var late = scene.Playbook.StageOf(scene.Playbook.WonBy) is { } won ? scene.Playbook.NumberOf(won.Id) : null;
        return late is null || !text.All("lateWords").Any() ? [] : [.. some.Where(o => scene.Playbook.NumberOf(o.Facts.Stage) >= late)];
    }

    private List<Opportunity> Own(IReadOnlyList<Opportunity> some)
    {
        var own = some.Where(o => o.Facts.Owner == scene.Writer).ToList();
        return own.Count > 0 ? own : [.. some];
    }

    private List<Opportunity> Alive(List<Opportunity> some)
    {
        var speaksOfOld = Standings.SpeaksOfReopening(text);
        return speaksOfOld ? [.. some.Where(o => o.Facts.Status is OpportunityStatus.Lost or OpportunityStatus.OnHold)] : [.. some.Where(o => o.IsOpen)];
    }

    private List<Opportunity> Open(List<Opportunity> some) => [.. some.Where(hasSomethingOpen)];

    private List<Opportunity> ByLooseWords(List<Opportunity> some)
    {
        var loose = text.Names.Where(n => n is { Kind: NameKind.Opportunity, IsLoose: true }).SelectMany(n => n.Fits.Select(f => f.Id)).GroupBy(id => id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var most = some.Select(o => loose.GetValueOrDefault(o.Id.Value)).DefaultIfEmpty().Max();
        return most == 0 ? [] : [.. some.Where(o => loose.GetValueOrDefault(o.Id.Value) == most)];
    }

    // whom the next step, the visits planned and the last visit name
    private List<Opportunity> ByPeople(List<Opportunity> some)
    {
        var people = text.Names.Where(n => n.Kind == NameKind.Contact).SelectMany(n => n.Fits).ToList();
        return [.. some.Where(o => people.Exists(p =>
            (o.Facts.NextStep is { } next && next.What.Contains(p.Name, StringComparison.OrdinalIgnoreCase))
            || o.Facts.Visits.Any(v => v.Contacts.Any(c => c.Value == p.Id))
            || (o.Facts.LastVisit is { } last && last.Met.Any(c => c.Value == p.Id))))];
    }
}
