using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace KeyAccountBot.Benchmarks.Wire;

/// <summary>Gets what the bot says.</summary>
internal interface IInbox
{
    /// <summary>The bot said something in a rep's conversation; the body is an activity, valid during the call.</summary>
    void Take(int rep, in ReadOnlySequence<byte> body);
}

/// <summary>Whether each rep got the right answer in the turn under way. A rep has one turn under way at a time.</summary>
internal sealed class Inbox(int reps, bool checksWords) : IInbox
{
    private readonly Slot[] slots = new Slot[reps];
    private string? firstWrong;

    /// <summary>What a wrong answer looked like, where there was one.</summary>
    public string? FirstWrong => Volatile.Read(ref firstWrong);

    /// <summary>A turn begins.</summary>
    public void Begin(int rep, int turn)
    {
        Volatile.Write(ref slots[rep].Turn, turn);
        Volatile.Write(ref slots[rep].Said, 0);
    }

    /// <summary>Whether the turn got just one answer, and the right one.</summary>
    public bool EndedWell(int rep)
    {
        if (Volatile.Read(ref slots[rep].Said) == 1)
        {
            return true;
        }

        Note($"rep {rep}, turn {slots[rep].Turn}: {slots[rep].Said} good answers instead of 1");
        return false;
    }

    /// <inheritdoc/>
    public void Take(int rep, in ReadOnlySequence<byte> body)
    {
        var turn = Volatile.Read(ref slots[rep].Turn);
        if (!checksWords || Holds(body, CheckInWords.Sees(turn)))
        {
            Interlocked.Increment(ref slots[rep].Said);
        }
        else
        {
            Note($"rep {rep}, turn {turn}: “{CheckInWords.SeesInWords(turn)}” is not in {Encoding.UTF8.GetString(body)}");
        }
    }

    private void Note(string wrong) => Interlocked.CompareExchange(ref firstWrong, wrong, null);

    private static bool Holds(in ReadOnlySequence<byte> body, ReadOnlySpan<byte> words) =>
        body.IsSingleSegment ? body.FirstSpan.IndexOf(words) >= 0 : body.ToArray().AsSpan().IndexOf(words) >= 0;

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public int Turn;
        public int Said;
    }
}
