using Azure;
using Azure.Identity;
using KeyAccountBot.Import;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Operations;

/// <summary>A failure in one sentence for who runs the program; never a stack trace, unless they ask for it.</summary>
internal static class Failures
{
    /// <summary>The sentence, and after it all there is where that is wanted.</summary>
    public static string Tell(Exception failure, bool verbose) =>
        verbose ? $"{SentenceOf(failure)}{Environment.NewLine}{failure}" : SentenceOf(failure);

    /// <summary>What happened, and what to do where that is known.</summary>
    public static string SentenceOf(Exception failure) => failure switch
    {
        // these say in their own words what to do
        InvalidSettingsException or InvalidPlaybookException or ImportRefusedException or NewerRowException or RecordSetAsideException
            or StoreFullException or StoreUnusableException or StoreLimitException => failure.Message,
        StoreConflictException => "Somebody else kept writing at the same time. What was written stays; run it again for the rest.",
        AggregateException { InnerExceptions: [var first, ..] } => SentenceOf(first),
        AuthenticationFailedException => $"The storage account does not let us in: {FirstLine(failure)}",
        RequestFailedException { Status: 0 } => $"The storage account does not answer: {FirstLine(failure)}",
        RequestFailedException refused => $"The storage account refuses ({refused.Status} {refused.ErrorCode}).",
        OperationCanceledException or TimeoutException => "It took too long and was given up. What was written stays; run it again for the rest.",
        IOException or UnauthorizedAccessException => Innermost(failure),
        _ => $"It failed unexpectedly: {Innermost(failure)} ({failure.GetType().Name}). Add --verbose to see all of it.",
    };

    // what wraps a failure often says only that there was one
    private static string Innermost(Exception failure) =>
        failure.GetBaseException() is var inner && inner != failure ? $"{FirstLine(failure)} {FirstLine(inner)}" : FirstLine(failure);

    private static string FirstLine(Exception failure) => failure.Message.Split('\n', 2)[0].TrimEnd();
}
