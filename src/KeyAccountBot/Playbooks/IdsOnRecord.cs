using System.Text.Json.Serialization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Playbooks;

/// <summary>
/// The ids that may stand on record: those of every playbook that a service was started with, without those that were looked for and not
/// found. One row of the store, so that a start need not read the record again to know that nothing is lost.
/// </summary>
/// <param name="Stages">Sorted.</param>
/// <param name="Milestones">Sorted.</param>
/// <param name="Questions">Sorted.</param>
internal sealed record IdsOnRecord(IReadOnlyList<string> Stages, IReadOnlyList<string> Milestones, IReadOnlyList<string> Questions)
{
    /// <summary>The ids that a service with this playbook may put on record.</summary>
    public static IdsOnRecord Of(Playbook playbook) => new(
        Sorted(playbook.Stages.Select(s => s.Id.Value)),
        Sorted(playbook.Stages.SelectMany(s => s.Milestones).Select(m => m.Id.Value)),
        Sorted(playbook.Stages.SelectMany(s => s.Questions).Select(q => q.Id.Value)));

    /// <summary>These and those.</summary>
    public IdsOnRecord With(IdsOnRecord other) => new(
        Sorted(Stages.Concat(other.Stages)), Sorted(Milestones.Concat(other.Milestones)), Sorted(Questions.Concat(other.Questions)));

    /// <summary>Those of which a playbook says what became of them.</summary>
    public IdsOnRecord KnownTo(Playbook playbook) => new(
        Sorted(Stages.Where(s => playbook.Find(new StageId(s)) is not null)),
        Sorted(Milestones.Where(m => new MilestoneId(m) is var id && (playbook.Find(id) is not null || playbook.Removed.Milestones.Contains(id)))),
        Sorted(Questions.Where(q => new QuestionId(q) is var id && (playbook.Find(id) is not null || playbook.Removed.Questions.Contains(id)))));

    /// <summary>Whether both name the same ids.</summary>
    public bool Equals(IdsOnRecord? other) => other is not null
        && Stages.SequenceEqual(other.Stages, StringComparer.Ordinal)
        && Milestones.SequenceEqual(other.Milestones, StringComparer.Ordinal)
        && Questions.SequenceEqual(other.Questions, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Stages.Count, Milestones.Count, Questions.Count);

    private static List<string> Sorted(IEnumerable<string> ids) => [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <summary>Serialization of what is kept about playbooks, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IdsOnRecord))]
internal sealed partial class PlaybookJson : JsonSerializerContext;
