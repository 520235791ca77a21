using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KeyAccountBot.Benchmarks.Wire;

/// <summary>One kept-alive connection that sends ready-made requests. A client library would cost more than the floor it measures.</summary>
internal sealed class WireConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[16 * 1024];

    private WireConnection()
    {
    }

    /// <summary>Connects to a port of this machine.</summary>
    public static async Task<WireConnection> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var connection = new WireConnection();
        try
        {
            await connection.socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and waits for its whole answer; the answer's status.</summary>
    /// <exception cref="IOException">The other side hung up, or answered in a way this connection does not read.</exception>
    public async ValueTask<int> PostAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await socket.SendAsync(request, SocketFlags.None, cancellationToken);
        var have = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(have), SocketFlags.None, cancellationToken);
            if (read == 0)
            {
                throw new IOException("The service hung up in the middle of an answer.");
            }

            have += read;
            if (IsWhole(buffer.AsSpan(0, have), out var status))
            {
                return status;
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer, out int status)
    {
        status = 0;
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = answer[..end];
        status = ((head[9] - '0') * 100) + ((head[10] - '0') * 10) + (head[11] - '0');
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            // an answer in chunks is the account of a fault
            throw new IOException($"The service answered:\n{Encoding.UTF8.GetString(answer)}");
        }

        var length = 0;
        foreach (var digit in head[(at + 16)..])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            length = (length * 10) + (digit - '0');
        }

        return answer.Length >= end + 4 + length;
    }
}
