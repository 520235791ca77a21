using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>How a customer is looked after: its departments and levels, and who of us answers for whom.</summary>
/// <param name="Departments">In the order shown; never empty.</param>
/// <param name="Levels">Every level once, upwards.</param>
/// <param name="BuyingRoles">Every buying role once, in the order shown.</param>
/// <param name="Required">Cells in which we need a contact.</param>
/// <param name="FreshDays">Business days after a touch that a contact counts as looked after.</param>
/// <param name="CoachStrength">From this strength on a coach can guide us.</param>
/// <param name="DecisionMakerFrom">From this stage on the decision maker has to be known.</param>
/// <param name="DecisionMakersBy">The roles of ours that may maintain a decision maker.</param>
/// <param name="DecisionMakersEach">How many decision makers one of us may maintain, over all accounts.</param>
public sealed record CoverageSettings(
    IReadOnlyList<Department> Departments,
    IReadOnlyList<LevelName> Levels,
    IReadOnlyList<BuyingRoleName> BuyingRoles,
    IReadOnlyList<RequiredCell> Required,
    int FreshDays,
    int CoachStrength,
    StageId DecisionMakerFrom,
    IReadOnlyList<Role> DecisionMakersBy,
    int DecisionMakersEach)
{
    /// <summary>The department with this id, or <c>null</c>.</summary>
    public Department? Find(DepartmentId id) => Departments.FirstOrDefault(d => d.Id == id);

    /// <summary>What a level is called.</summary>
    public LocalizedText NameOf(Level level) => Levels.First(l => l.Level == level).Name;

    /// <summary>What a buying role is called.</summary>
    public LocalizedText NameOf(BuyingRole role) => BuyingRoles.First(r => r.Role == role).Name;
}

/// <summary>A department that customers have.</summary>
/// <param name="Id">Used in storage; never shown.</param>
/// <param name="Name">As shown.</param>
public sealed record Department(DepartmentId Id, LocalizedText Name)
{
    /// <summary>What else people call it; may be none.</summary>
    public LocalizedPhrases Phrases { get => field ?? []; init; }
}

/// <summary>What a level is called.</summary>
/// <param name="Level">Which.</param>
/// <param name="Name">As shown.</param>
public sealed record LevelName(Level Level, LocalizedText Name);

/// <summary>What a buying role is called.</summary>
/// <param name="Role">Which.</param>
/// <param name="Name">As shown.</param>
public sealed record BuyingRoleName(BuyingRole Role, LocalizedText Name);

/// <summary>A department and level in which we need a contact.</summary>
/// <param name="Department">One of the playbook's.</param>
/// <param name="Level">How high.</param>
public sealed record RequiredCell(DepartmentId Department, Level Level);
