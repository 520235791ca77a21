using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.Dialogs;

namespace KeyAccountBot.Conversations;

/// <summary>Ids for what a dialog begins: the same activity again gives the same, so a repeat is recognised.</summary>
internal static class CommandIds
{
    /// <summary>The id of the command that this turn begins.</summary>
    public static string Of(TurnContext turn) => turn.Id;

    /// <summary>A short id for what the command puts on record.</summary>
    public static string Derive(string command) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command)))[..20];
}
