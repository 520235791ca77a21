using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>A setting of a cause.</summary>
/// <param name="place">Where it stands within the playbook's <c>followUps</c>, for example <c>deadlines.bidDays</c>.</param>
public abstract class CauseSetting(string place)
{
    /// <summary>Where it stands within the playbook's <c>followUps</c>.</summary>
    public string Place => place;

    /// <summary>Whether every playbook has to say it.</summary>
    public virtual bool IsRequired => true;

    /// <summary>What is wrong with it in a playbook; <c>null</c> where nothing is.</summary>
    public abstract string? Broken(Playbook playbook);

    private protected InvalidOperationException Missing() => new($"The playbook does not say followUps.{place}.");
}

/// <summary>Business days.</summary>
public sealed class DaysSetting(string place) : CauseSetting(place)
{
    /// <summary>How many a playbook says.</summary>
    public int In(Playbook playbook) => playbook.FollowUps.OfCauses.Number(Place) ?? throw Missing();

    /// <inheritdoc/>
    public override string? Broken(Playbook playbook) => playbook.FollowUps.OfCauses.Number(Place) is null ? "it is no number of days" : null;
}

/// <summary>A number that a playbook need not say.</summary>
/// <param name="place">Where it stands.</param>
/// <param name="usual">What it is where the playbook does not say.</param>
/// <param name="most">The largest that makes sense.</param>
/// <param name="why">Why a larger one does not.</param>
public sealed class CountSetting(string place, int usual, int most, string why) : CauseSetting(place)
{
    /// <inheritdoc/>
    public override bool IsRequired => false;

    /// <summary>What a playbook says, or the usual.</summary>
    public int In(Playbook playbook) => playbook.FollowUps.OfCauses.Number(Place) is > 0 and var number ? number : usual;

    /// <inheritdoc/>
    public override string? Broken(Playbook playbook) => In(playbook) > most ? why : null;
}

/// <summary>A milestone of the playbook.</summary>
public sealed class MilestoneSetting(string place) : CauseSetting(place)
{
    /// <summary>Which one a playbook says.</summary>
    public MilestoneId In(Playbook playbook) => new(playbook.FollowUps.OfCauses.Text(Place) ?? throw Missing());

    /// <inheritdoc/>
    public override string? Broken(Playbook playbook)
    {
        var said = playbook.FollowUps.OfCauses.Text(Place);
        return playbook.Stages.SelectMany(s => s.Milestones).All(m => m.Id.Value != said) ? $"no stage has the milestone '{said}'" : null;
    }
}

/// <summary>A stage of the playbook.</summary>
public sealed class StageSetting(string place) : CauseSetting(place)
{
    /// <summary>Which one a playbook says.</summary>
    public StageId In(Playbook playbook) => new(playbook.FollowUps.OfCauses.Text(Place) ?? throw Missing());

    /// <inheritdoc/>
    public override string? Broken(Playbook playbook)
    {
        var said = playbook.FollowUps.OfCauses.Text(Place);
        return playbook.Stages.All(s => s.Id.Value != said) ? $"there is no stage '{said}'" : null;
    }
}
