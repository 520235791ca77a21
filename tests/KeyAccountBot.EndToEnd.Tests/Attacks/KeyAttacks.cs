using System.Security.Cryptography;
using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>Somebody without a key of the channel keeps the service busy with made-up ones, while the list of keys hangs.</summary>
public sealed class KeyAttacks : IAsyncLifetime
{
    private const string List = "/openid";
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_flood_of_made_up_keys_while_the_list_hangs_reads_it_once_a_minute_and_keeps_nobody_waiting()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("who am i");
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Ends.Arriving = path => path == List ? released.Task : Task.CompletedTask;
        service.Ends.Asked.Clear();

        using var key = RSA.Create(2048);
        var flood = Enumerable.Range(0, 50).Select(i => ForgedAsync(i, key)).ToList();
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("Nordwind Dairies");

        released.SetResult();
        Assert.All(await Task.WhenAll(flood), status => Assert.Equal(401, status));
        Assert.All(await Task.WhenAll(Enumerable.Range(50, 50).Select(i => ForgedAsync(i, key))), status => Assert.Equal(401, status));
        Assert.Single(service.Ends.Asked, List);

        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await ForgedAsync(100, key);
        Assert.Equal(2, service.Ends.Asked.Count(path => path == List));
    }

    private async Task<int> ForgedAsync(int number, RSA key)
    {
        var token = service.Ends.Token(now: service.Clock.GetUtcNow(), key: key, keyId: $"made-up-{number}");
        using var response = await service.PostAsync(service.Teams("ravi").Activity("who am i") with { Id = $"forged-{number}" }, token);
        return (int)response.StatusCode;
    }
}
