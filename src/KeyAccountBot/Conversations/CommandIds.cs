using System.Security.Cryptography;
using System.Text;

namespace KeyAccountBot.Conversations;

/// <summary>Ids for what a command puts on record: the same command again gives the same.</summary>
internal static class CommandIds
{
    /// <summary>A short id for what the command puts on record.</summary>
    public static string Derive(string command) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command)))[..20];
}
