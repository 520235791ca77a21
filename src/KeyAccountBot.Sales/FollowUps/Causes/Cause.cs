using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>
/// A fact about an opportunity that calls for somebody: since when it is due, its settings, and what is said of it. Each is one file of
/// this folder and stands in the list <see cref="FollowUpCauses.All"/>. Pure.
/// </summary>
/// <param name="name">The name on record; it never changes.</param>
public abstract class Cause(FollowUpCause name)
{
    /// <summary>The name on record.</summary>
    public FollowUpCause Name { get; } = name;

    /// <summary>What the opportunity is while this may be due.</summary>
    public virtual OpportunityStatus While => OpportunityStatus.Open;

    /// <summary>Whether only the customer's record tells if it is there.</summary>
    public virtual bool IsOfCustomer => false;

    /// <summary>Whether every weekly digest names it, whatever was answered.</summary>
    public virtual bool IsAlwaysReported => false;

    /// <summary>Whether it is about a date that an overview tells for itself, such as the promised step's or the tender's.</summary>
    public virtual bool IsOfADate => false;

    /// <summary>Its own settings in the playbook.</summary>
    public virtual IReadOnlyList<CauseSetting> Settings => [];

    /// <summary>What the owner is to do about it.</summary>
    public virtual OwnersTask Task => OwnersTask.CheckIn;

    /// <summary>What it is, for the operator, in English.</summary>
    public abstract string ForOperator { get; }

    /// <summary>The text that names it in two or three words.</summary>
    public string Short => $"Short.{Name}";

    /// <summary>The text above the owner's reminder.</summary>
    public virtual string OwnersTitle => "Title.Reminder";

    /// <summary>The text that asks the owner to do something about it.</summary>
    public virtual string OwnersAsk => "Ask.Reminder";

    /// <summary>Every text that may be said of it; each stands in every language, which a test holds.</summary>
    public IReadOnlyList<string> TextKeys => [Short, Line, OwnersTitle, OwnersAsk, .. OtherTexts];

    /// <summary>The text that says what is the matter.</summary>
    protected string Line => $"Cause.{Name}";

    /// <summary>What <see cref="Says"/> may say besides <see cref="Line"/>.</summary>
    protected virtual IReadOnlyList<string> OtherTexts => [];

    /// <summary>Since when it is or will be due, UTC, as things stand; <c>null</c> where it is not there.</summary>
    public abstract DateTimeOffset? DueSince(Situation situation);

    /// <summary>What is the matter, sentence by sentence; none where it is gone.</summary>
    public abstract IReadOnlyList<CauseSentence> Says(Telling telling);

    /// <summary>What is wrong with its settings in a playbook, each with its place within <c>followUps</c>; none where all is well.</summary>
    public IEnumerable<(string Place, string Reason)> Broken(Playbook playbook) =>
        Settings.Select(s => (s.Place, Reason: s.Broken(playbook))).Where(s => s.Reason is not null).Select(s => (s.Place, s.Reason!));
}

/// <summary>What an owner is to do about a cause there and then.</summary>
public enum OwnersTask
{
    /// <summary>Say where it stands.</summary>
    CheckIn,

    /// <summary>Report the visit, which counts as a check-in.</summary>
    Report,

    /// <summary>Name the customer's people, which no check-in does.</summary>
    Contacts,

    /// <summary>Reopen what is on hold, or name another day: nobody checks in on what rests.</summary>
    Hold,
}
