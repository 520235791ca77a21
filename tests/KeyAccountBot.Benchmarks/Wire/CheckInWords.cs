using System.Text;

namespace KeyAccountBot.Benchmarks.Wire;

/// <summary>What a rep says in a whole check-in, and what each answer must hold.</summary>
internal static class CheckInWords
{
    private static readonly (string Says, byte[] Sees)[] Steps =
    [
        ("", "Which milestones have been reached?"u8.ToArray()),
        ("3", "When was that?"u8.ToArray()),
        ("today", "What shows it?"u8.ToArray()),
        ("Letter from the works manager", "next step?"u8.ToArray()),
        ("Visit the line with the works manager", "By when?"u8.ToArray()),
        ("next friday", "Shall I record it?"u8.ToArray()),
        ("yes", "The gate is open."u8.ToArray()),
    ];

    /// <summary>How many turns a check-in takes.</summary>
    public static int Turns => Steps.Length;

    /// <summary>What is said in a turn about this account.</summary>
    public static string Says(int turn, string account) => turn == 0 ? "check in " + account : Steps[turn].Says;

    /// <summary>What the answer to a turn must hold.</summary>
    public static ReadOnlySpan<byte> Sees(int turn) => Steps[turn].Sees;

    /// <summary>The same in words.</summary>
    public static string SeesInWords(int turn) => Encoding.UTF8.GetString(Steps[turn].Sees);
}
