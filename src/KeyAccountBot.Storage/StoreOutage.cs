using System.Net.Sockets;
using global::Azure;
using Microsoft.Data.Sqlite;

namespace KeyAccountBot.Storage;

/// <summary>Tells a store that is out of reach from everything else that can go wrong: whatever it interrupts is not to blame, and goes on later.</summary>
public static class StoreOutage
{
    // SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN
    private static readonly int[] OfTheFile = [5, 6, 8, 10, 13, 14];

    /// <summary>Whether a call failed since the store could not be reached, did not answer, is full, or refuses everybody for now.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        // the client gave up after several tries; a store's client alone says it so, and of some tries only that the connection broke
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.All(e => e is OperationCanceledException or IOException or SocketException or HttpRequestException || Is(e)),
        // 0 where no answer came at all; what the row itself caused, as 400, is no outage
        RequestFailedException refused => refused.Status is 0 or 401 or 403 or 408 or 429 or >= 500,
        SqliteException of => OfTheFile.Contains(of.SqliteErrorCode),
        StoreFullException or StoreUnusableException => true,
        _ => false,
    };
}
