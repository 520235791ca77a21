using System.Globalization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Whether the store takes and gives back a row and a message, and agrees about the time.</summary>
internal sealed class StorageCheck(Tables tables, IDelayedQueue queues, StorageOptions options, TimeProvider clock) : IDoctorCheck
{
    private const string Queue = "doctor";
    private const int Looks = 10;

    // a queue's message comes so much too early or late at most
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public async Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await tables.CheckAsync(cancellationToken);
        List<Finding> findings = [];
        if (!await ComesBackAsync(cancellationToken))
        {
            findings.Add(new Finding(
                "A message that was put on a queue does not come back.", "See that the store's queues can be written and read, and that no other program reads the queue 'doctor'."));
        }

        if (await tables.ClockAsync(cancellationToken) is { } theirs && (theirs - TimeProvider.System.GetUtcNow()).Duration() is var apart && apart > Tolerated)
        {
            findings.Add(new Finding(
                string.Create(CultureInfo.InvariantCulture, $"This machine's clock and the store's are {apart.TotalSeconds:0} seconds apart."), "Set this machine's clock by NTP."));
        }

        return new CheckResult($"row written and read, message sent and received, at {Place}", findings);
    }

    private string Place => options.ConnectionString.Length > 0 ? "the storage account of Storage:ConnectionString"
        : options.AccountUrl.Length > 0 ? options.AccountUrl
        : Path.GetFullPath(options.Path);

    private async Task<bool> ComesBackAsync(CancellationToken cancellationToken)
    {
        var body = Guid.NewGuid().ToByteArray();
        await queues.SendAsync(Queue, body, clock.GetUtcNow(), cancellationToken);
        for (var look = 1; look <= Looks; look++)
        {
            // what an earlier look left there goes too
            foreach (var message in await queues.ReceiveAsync(Queue, 16, Lease, cancellationToken))
            {
                await queues.CompleteAsync(message, cancellationToken);
                if (message.Body.Span.SequenceEqual(body))
                {
                    return true;
                }
            }

            await Task.Delay(Moment, TimeProvider.System, cancellationToken);
        }

        return false;
    }
}
