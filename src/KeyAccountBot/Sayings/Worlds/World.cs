using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sayings.Worlds;

/// <summary>The world in which things are said: our people, the customers, what is on record of them, and what day it is.</summary>
/// <param name="Language">The language that most is said in, for the table: <c>en</c> or <c>zh</c>.</param>
/// <param name="Now">What time it is there.</param>
/// <param name="TimeZone">Where it is that time, an IANA name.</param>
internal sealed record World(string Language, DateTime Now, string TimeZone)
{
    /// <summary>What a new opportunity is worth is said in this, in three letters.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>Ours.</summary>
    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary>Customers.</summary>
    public IReadOnlyList<WorldAccount> Accounts { get; init; } = [];

    /// <summary>Opportunities.</summary>
    public IReadOnlyList<WorldOpportunity> Opportunities { get; init; } = [];

    /// <summary>Visits to come, and those that are over and not reported.</summary>
    public IReadOnlyList<WorldVisit> Visits { get; init; } = [];

    /// <summary>What was told and is still open.</summary>
    public IReadOnlyList<WorldFollowUp> FollowUps { get; init; } = [];

    /// <summary>What people wanted to be reminded of.</summary>
    public IReadOnlyList<WorldReminder> Reminders { get; init; } = [];

    /// <summary>The customer of an id.</summary>
    public WorldAccount? Account(string id) => Accounts.FirstOrDefault(a => a.Id == id);

    /// <summary>The opportunity of an id.</summary>
    public WorldOpportunity? Opportunity(string? id) => Opportunities.FirstOrDefault(o => o.Id == id);

    /// <summary>The customer of an opportunity.</summary>
    public WorldAccount? AccountOf(string? opportunity) => Opportunity(opportunity) is { } found ? Account(found.Account) : null;

    /// <summary>A contact by id.</summary>
    public WorldContact? Contact(string id) => Accounts.SelectMany(a => a.Contacts).FirstOrDefault(c => c.Id == id);

    /// <summary>A contact by id or by name, at this customer where one is given.</summary>
    public WorldContact? ContactNamed(string name, string? account = null)
    {
        var id = WorldContact.IdOf(name);
        return Contact(id) ?? Accounts.Where(a => account is null || a.Id == account).SelectMany(a => a.Contacts)
            .FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>A customer.</summary>
/// <param name="Id">As the file calls it.</param>
/// <param name="Name">As shown.</param>
/// <param name="Aliases">What people call it beside that.</param>
/// <param name="Contacts">People there.</param>
internal sealed record WorldAccount(string Id, string Name, IReadOnlyList<string> Aliases, IReadOnlyList<WorldContact> Contacts);

/// <summary>Somebody at a customer.</summary>
/// <param name="Id">Their id on record.</param>
/// <param name="Account">Whose.</param>
/// <param name="Name">As shown.</param>
internal sealed record WorldContact(string Id, string Account, string Name)
{
    /// <summary>One of the playbook's.</summary>
    public string Department { get; init; } = "";

    /// <summary>How high they stand: staff, manager or executive.</summary>
    public string Level { get; init; } = "staff";

    /// <summary>What they do in the purchase; <c>null</c> for nothing known.</summary>
    public string? BuyingRole { get; init; }

    /// <summary>Of our relationship, 0 to 4.</summary>
    public int Strength { get; init; }

    /// <summary>They guide us from inside.</summary>
    public bool IsCoach { get; init; }

    /// <summary>Who of us looks after them.</summary>
    public string? MaintainedBy { get; init; }

    /// <summary>When one of us was last in touch.</summary>
    public DateOnly? LastTouch { get; init; }

    /// <summary>What people call them beside their name.</summary>
    public IReadOnlyList<string> CalledAs { get; init; } = [];

    /// <summary>Their title.</summary>
    public string? Title { get; init; }

    /// <summary>Their number.</summary>
    public string? Phone { get; init; }

    /// <summary>The id on record of a contact as a file writes it.</summary>
    public static string IdOf(string id) => id.Replace('/', '~');
}

/// <summary>A milestone that was reached.</summary>
internal sealed record WorldMilestone(string Id, DateOnly? On);

/// <summary>What was promised.</summary>
internal sealed record WorldStep(string Text, DateOnly Due);

/// <summary>An opportunity.</summary>
/// <param name="Id">Its id on record.</param>
/// <param name="Account">The customer's id.</param>
/// <param name="Name">As shown.</param>
/// <param name="Rep">Whose.</param>
internal sealed record WorldOpportunity(string Id, string Account, string Name, string Rep)
{
    /// <summary>One of the playbook's.</summary>
    public string Stage { get; init; } = "";

    /// <summary>open, won, lost or hold.</summary>
    public string Status { get; init; } = "open";

    /// <summary>Why it is lost or on hold.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Since when it is lost or on hold.</summary>
    public DateOnly? StatusSince { get; init; }

    /// <summary>What it is worth.</summary>
    public decimal Amount { get; init; }

    /// <summary>In three letters.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>When the customer decides.</summary>
    public DateOnly? ExpectedClose { get; init; }

    /// <summary>Until when bids are in.</summary>
    public DateOnly? BidDeadline { get; init; }

    /// <summary>Since when it is in its stage.</summary>
    public DateOnly StageSince { get; init; }

    /// <summary>When the rep last said where it stands.</summary>
    public DateOnly? LastCheckIn { get; init; }

    /// <summary>What they said.</summary>
    public string? LastSaid { get; init; }

    /// <summary>Who of the customer they spoke of, by id.</summary>
    public string? LastSaidTo { get; init; }

    /// <summary>What comes next.</summary>
    public WorldStep? NextStep { get; init; }

    /// <summary>What was reached.</summary>
    public IReadOnlyList<WorldMilestone> Reached { get; init; } = [];

    /// <summary>Which of the customer's questions were answered; in its stage, or, with <see cref="AnswersAreAll"/>, in all.</summary>
    public IReadOnlyList<string> Answered { get; init; } = [];

    /// <summary>No question is answered that is not listed.</summary>
    public bool AnswersAreAll { get; init; }

    /// <summary>Who else bids.</summary>
    public IReadOnlyList<string> Competitors { get; init; } = [];

    /// <summary>The questions that were answered up to its stage.</summary>
    public IEnumerable<string> AnsweredIn(Playbook playbook, Stage stage) =>
        !AnswersAreAll && stage.Id.Value != Stage && playbook.NumberOf(stage.Id) < playbook.NumberOf(new Sales.StageId(Stage))
            ? stage.Questions.Select(q => q.Id.Value)
            : stage.Questions.Select(q => q.Id.Value).Where(q => Answered.Contains(q, StringComparer.Ordinal));
}

/// <summary>A visit.</summary>
/// <param name="Id">Its id on record.</param>
/// <param name="Opportunity">Of which.</param>
/// <param name="At">When it begins on the world's clocks.</param>
/// <param name="Contacts">Whom, by id.</param>
internal sealed record WorldVisit(string Id, string Opportunity, DateTime At, IReadOnlyList<string> Contacts);

/// <summary>Something that was told because it fell due.</summary>
/// <param name="Id">As the file calls it.</param>
/// <param name="Opportunity">Of which.</param>
/// <param name="Cause">As the playbook calls it.</param>
/// <param name="Since">Since when it is due.</param>
/// <param name="Told">Who was told, and when.</param>
internal sealed record WorldFollowUp(string Id, string Opportunity, string Cause, DateOnly Since, IReadOnlyList<(string Who, DateOnly On)> Told);

/// <summary>Something that somebody wanted to be reminded of.</summary>
internal sealed record WorldReminder(string Person, DateTime At, string Text);
