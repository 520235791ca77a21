using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Sales.Calendar;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>When and whom the bot follows up with.</summary>
/// <param name="Policies">Who hears, by the policy's name.</param>
/// <param name="Causes">Which policy each cause follows, by the opportunity's amount; a cause that is left out is not followed up.</param>
/// <param name="SnoozeDays">Business days a snooze lasts where nobody says how long.</param>
/// <param name="TakenDays">Business days that somebody who takes it is left in peace where they do not say until when.</param>
/// <param name="AskedDays">Business days the rep has for an answer to a question asked through the bot, and a colleague to take what they were asked to.</param>
/// <param name="SeparateMessagesADay">Messages a person gets one by one in a day; the rest go into one digest.</param>
/// <param name="DigestAt">When the digest goes out, local time of its reader.</param>
/// <param name="WorkingFrom">Nobody is told anything earlier, local time; a person may have other hours.</param>
/// <param name="WorkingTo">Nobody is told anything at or after this, local time.</param>
/// <param name="WorkingDays">The days of the week on which people work; a person may have others.</param>
/// <param name="Brief">When a rep gets the brief of a planned visit; <c>null</c> for never.</param>
/// <param name="WeeklyDigest">When managers and directors get their weekly digest: a cron expression of five fields, in their time zone; <c>null</c> for never.</param>
/// <param name="Absence">What holds while somebody is away; <c>null</c> for the usual.</param>
public sealed record FollowUpSettings(
    IReadOnlyDictionary<string, EscalationPolicy> Policies,
    IReadOnlyDictionary<FollowUpCause, IReadOnlyList<AmountBand>> Causes,
    int SnoozeDays,
    int TakenDays,
    int AskedDays,
    int SeparateMessagesADay,
    TimeOnly DigestAt,
    TimeOnly WorkingFrom,
    TimeOnly WorkingTo,
    WorkingDays WorkingDays = default,
    BriefTime? Brief = null,
    string? WeeklyDigest = null,
    AbsenceSettings? Absence = null)
{
    /// <summary>What holds while somebody is away.</summary>
    [JsonIgnore]
    public AbsenceSettings Absences => Absence ?? new AbsenceSettings();

    /// <summary>What owners may do about their own reminders.</summary>
    public OwnerQuiet Owner { get => field ?? OwnerQuiet.Usual; init; }

    /// <summary>The most business days for which those above the rep may snooze or take it at a time.</summary>
    public int LongestQuietDays { get => field > 0 ? field : Math.Max(10, Math.Max(SnoozeDays, TakenDays)); init; }

    /// <summary>The most days until what is put on hold is looked at again.</summary>
    public int LongestHoldDays { get => field > 0 ? field : 90; init; }

    /// <summary>What else the playbook's file says here: the settings of the causes.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Others { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>The values of the causes' own settings; each cause reads its own.</summary>
    [JsonIgnore]
    public CauseValues OfCauses => field ??= new CauseValues(Others);

    /// <summary>The holidays of the countries our people work in; from the settings, not from the playbook's file.</summary>
    [JsonIgnore]
    public Holidays Holidays { get => field ?? Holidays.None; init; }

    /// <summary>The name of the policy that a cause follows at an amount; <c>null</c> where it is not followed up.</summary>
    public string? PolicyFor(FollowUpCause cause, decimal amount)
    {
        AmountBand? found = null;
        foreach (var band in Causes.GetValueOrDefault(cause) ?? [])
        {
            if (band.From <= amount && (found is null || band.From >= found.From))
            {
                found = band;
            }
        }

        return found?.Policy;
    }

    /// <summary>The steps that a cause runs through at an amount, those of the policies after the first too; none where it is not followed up.</summary>
    public IReadOnlyList<FollowUpStep> StepsFor(FollowUpCause cause, decimal amount)
    {
        if (PolicyFor(cause, amount) is not { } name || !Policies.TryGetValue(name, out var policy))
        {
            return [];
        }

        if (policy.Then is null)
        {
            return policy.Steps;
        }

        List<FollowUpStep> steps = [];
        HashSet<string> passed = [];
        for (var next = name; next is not null && passed.Add(next) && Policies.TryGetValue(next, out policy); next = policy.Then)
        {
            steps.AddRange(policy.Steps);
        }

        return steps;
    }
}

/// <summary>What owners may do about their own reminders; what is above them goes on as if nothing had been said.</summary>
/// <param name="SnoozeDays">Business days they may snooze one at a time.</param>
/// <param name="Snoozes">How often they may snooze one cause.</param>
public sealed record OwnerQuiet(int SnoozeDays, int Snoozes)
{
    /// <summary>A week, twice.</summary>
    public static OwnerQuiet Usual { get; } = new(5, 2);
}

/// <summary>What holds while somebody is away.</summary>
/// <param name="LongestDays">So many days an absence has at most, the first and the last included.</param>
/// <param name="TellFrom">From this amount on, the line hears when who stands in closes an opportunity, gives it away or lets it rest.</param>
public sealed record AbsenceSettings(int LongestDays = 60, decimal TellFrom = 500_000);
