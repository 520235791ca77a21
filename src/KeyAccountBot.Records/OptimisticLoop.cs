using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>Read, decide, write while nobody wrote in between; on a conflict from the start. The one such loop, with one patience.</summary>
public static class OptimisticLoop
{
    /// <summary>How often a change is tried before its conflict is passed on.</summary>
    public const int Tries = 24;

    /// <summary>Tries until no conflict stands in the way. A loop within it that gave up is not tried again.</summary>
    /// <param name="attempt">Reads, decides and writes once. It is told whether an earlier try met a conflict.</param>
    /// <exception cref="StoreConflictException">Others wrote first at every try.</exception>
    public static async ValueTask<T> RunAsync<T>(Func<bool, ValueTask<T>> attempt)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt(number > 1);
            }
            catch (StoreConflictException e) when (!e.GaveUp)
            {
                if (number == Tries)
                {
                    throw new StoreConflictException(e.Message, e) { GaveUp = true };
                }
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}(Func{bool, ValueTask{T}})"/>
    public static async ValueTask RunAsync(Func<bool, ValueTask> attempt) => await RunAsync(async again =>
    {
        await attempt(again);
        return true;
    });
}
