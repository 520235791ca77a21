using System.Globalization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>What a year came to.</summary>
internal sealed class Figures
{
    public int Entries { get; set; }

    public int Commands;

    public int Refusals;
    public int Overreaches;

    /// <summary>Follow-ups that began.</summary>
    public int Chains { get; private set; }

    /// <summary>Steps taken, those held back included.</summary>
    public int Steps { get; private set; }

    public int HeldBack { get; private set; }

    public int InPlaceOfSomebody { get; private set; }

    public SortedDictionary<FollowUpCause, int> Causes { get; } = new(Comparer<FollowUpCause>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)));

    public SortedDictionary<FollowUpAnswer, int> Answers { get; } = [];

    public SortedDictionary<DeliveryStatus, int> Deliveries { get; } = [];

    /// <summary>Messages that reached somebody, digests included.</summary>
    public int Messages { get; set; }

    public int Digests { get; set; }

    public int WeeklyDigests { get; set; }

    public int MostOpen { get; set; }

    /// <summary>How often one opportunity was looked at for anything overdue.</summary>
    public int Looks { get; set; }

    /// <summary>How many of these allowed an hour, since nobody in its rep's line had come or gone lately.</summary>
    public int LooksToTheHour { get; set; }

    /// <summary>How often the clock was moved.</summary>
    public int Moments { get; set; }

    /// <summary>Messages on queues.</summary>
    public int Queued { get; set; }

    public int Mended { get; set; }

    public int Refused { get; set; }

    public int Updated { get; set; }

    public int Absences { get; set; }

    public int Opportunities { get; set; }

    public string Fingerprint { get; set; } = "";

    public TimeSpan Wall { get; set; }

    public TimeSpan Processor { get; set; }

    public void Took(OpportunityEvent.FollowUpStepTaken step)
    {
        Steps++;
        Chains += step is { Step: 0, Repeat: 0 } ? 1 : 0;
        HeldBack += step.HeldBack is null ? 0 : 1;
        InPlaceOfSomebody += step.InPlaceOf is null ? 0 : 1;
        Causes[step.Cause] = Causes.GetValueOrDefault(step.Cause) + 1;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Opportunities:N0} opportunities, at most {MostOpen:N0} open at once; {Absences:N0} absences
        {Commands:N0} commands by people ({Refusals:N0} refused, {Overreaches:N0} of stand-ins who overreach), {Entries:N0} entries on record
        {Chains:N0} follow-ups, {Steps:N0} steps, {HeldBack:N0} held back, {InPlaceOfSomebody:N0} told to a stand-in: {Told(Causes)}
        answers: {Told(Answers)}
        deliveries: {Told(Deliveries)}
        {Messages:N0} messages heard, among them {Digests:N0} digests closed and {WeeklyDigests:N0} weekly digests; {Updated:N0} brought in line, {Refused:N0} refused by a channel
        {Queued:N0} messages on queues, {Moments:N0} moments, {Looks:N0} looks for anything overdue ({LooksToTheHour:N0} to the hour), {Mended:N0} wake-ups and deliveries put back by reconciliation
        {Wall.TotalSeconds:0.0} s of wall time, {Processor.TotalSeconds:0.0} s of processor time, fingerprint {Fingerprint}
        """);

    private static string Told<T>(IReadOnlyDictionary<T, int> counts) =>
        string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:N0}")));
}
