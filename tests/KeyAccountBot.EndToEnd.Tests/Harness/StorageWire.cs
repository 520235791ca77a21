using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>The wire between the service and its storage, on a port of its own: it carries everything, hangs, or throws everybody out.</summary>
internal sealed class StorageWire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> open = new();
    private readonly int port;
    private readonly Task accepting;
    private TaskCompletionSource carries = Done();
    private volatile bool refuses;

    /// <summary>Carries to a port of this machine.</summary>
    public StorageWire(int port)
    {
        this.port = port;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where the service connects to.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Nothing comes through and nobody is told so, as where a switch died; what is on its way arrives once it carries again.</summary>
    public void Hang() => carries = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every connection is cut, and every new one at once.</summary>
    public void Refuse()
    {
        refuses = true;
        foreach (var socket in open.Keys)
        {
            Reset(socket);
        }

        // what hung is gone with its connection
        carries.TrySetResult();
    }

    /// <summary>Carries again.</summary>
    public void Mend()
    {
        refuses = false;
        carries.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Refuse();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket near;
            try
            {
                near = await listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            open[near] = 0;
            _ = CarryAsync(near);
        }
    }

    private async Task CarryAsync(Socket near)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        open[far] = 0;
        near.NoDelay = true;
        try
        {
            if (!refuses)
            {
                await far.ConnectAsync(IPAddress.Loopback, port);
                await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // cut
        }
        finally
        {
            Reset(near);
            Reset(far);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                await carries.Task;
                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // cut
        }
    }

    private void Reset(Socket socket)
    {
        open.TryRemove(socket, out _);
        try
        {
            socket.Close(0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // gone already
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        done.SetResult();
        return done;
    }
}
