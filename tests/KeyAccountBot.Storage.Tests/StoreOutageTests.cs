using Azure;
using Microsoft.Data.Sqlite;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>What is an outage of the store, and what the row or the program itself is to blame for.</summary>
public class StoreOutageTests
{
    private static readonly (string Name, Exception Failure, bool IsOutage)[] Failures =
    [
        ("no answer", new RequestFailedException(0, "refused"), true),
        ("busy", new RequestFailedException(503, "busy"), true),
        ("too many", new RequestFailedException(429, "slow down"), true),
        ("key withdrawn", new RequestFailedException(403, "forbidden"), true),
        ("bad row", new RequestFailedException(400, "bad"), false),
        ("given up after four tries", new AggregateException(new RequestFailedException(0, "refused"), new TaskCanceledException("timed out")), true),
        ("given up after the connection broke", new AggregateException(new RequestFailedException(0, "refused"), new System.Net.Sockets.SocketException(107)), true),
        ("given up for its own fault", new AggregateException(new RequestFailedException(503, "busy"), new FormatException()), false),
        ("disk full", new StoreFullException("full"), true),
        ("file locked", new SqliteException("busy", 5), true),
        ("disk fails", new SqliteException("I/O", 10), true),
        ("a rule of the table", new SqliteException("constraint", 19), false),
        ("somebody wrote first", new StoreConflictException("conflict"), false),
        ("a row that cannot be read", new System.Text.Json.JsonException("no JSON"), false),
    ];

    [Fact]
    public void A_store_out_of_reach_is_told_from_what_is_wrong_with_a_row() =>
        Assert.All(Failures, f => Assert.True(f.IsOutage == StoreOutage.Is(f.Failure), f.Name));
}
