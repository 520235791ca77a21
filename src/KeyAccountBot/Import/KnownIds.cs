using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Import;

/// <summary>
/// Ids, of which no more than a hash is kept: eight bytes each, however long they are and however many. That two of a million ids share a
/// hash happens once in tens of millions of such files.
/// </summary>
internal sealed class KnownIds
{
    private readonly Dictionary<ulong, int> lines = [];

    /// <summary>How many there are.</summary>
    public int Count => lines.Count;

    /// <summary>Whether it was added.</summary>
    public bool Contains(OpportunityId id) => lines.ContainsKey(HashOf(id.Value));

    /// <summary>Adds an id.</summary>
    /// <param name="id">Which.</param>
    /// <param name="line">On which line it stands; 0 for none.</param>
    /// <returns>The line it was added for before; <c>null</c> where it is new.</returns>
    public int? Add(string id, int line = 0)
    {
        var hash = HashOf(id);
        return lines.TryAdd(hash, line) ? null : lines[hash];
    }

    private static ulong HashOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
