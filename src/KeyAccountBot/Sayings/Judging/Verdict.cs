namespace KeyAccountBot.Sayings.Judging;

/// <summary>What is thought of one saying.</summary>
/// <param name="Id">Of the saying.</param>
/// <param name="Kind">Of the saying.</param>
internal sealed record Verdict(string Id, char Kind)
{
    /// <summary>The talk could not be brought to where it is said: nothing was judged.</summary>
    public bool IsUnplaced { get; init; }

    /// <summary>What came of it and must not.</summary>
    public IReadOnlyList<string> Never { get; init; } = [];

    /// <summary>Facts that were told and proposed.</summary>
    public int Right { get; init; }

    /// <summary>Facts that were told and not proposed, or wrongly.</summary>
    public IReadOnlyList<string> Missed { get; init; } = [];

    /// <summary>Facts that were proposed and not told.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    /// <summary>Right wish with right slots; <c>null</c> where nothing was asked for.</summary>
    public bool? Request { get; init; }

    /// <summary>Right effect with right value; <c>null</c> where no question stood open.</summary>
    public bool? Reply { get; init; }

    /// <summary>The bot did not understand what a person would have.</summary>
    public bool IsNotUnderstood { get; init; }

    /// <summary>What else was wrong, in words.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Everything is as it should be.</summary>
    public bool IsOk => !IsUnplaced && Never.Count + Missed.Count + Wrong.Count + Faults.Count == 0 && Request != false && Reply != false;

    /// <summary>Why not, in one line; empty where it is.</summary>
    public string Why => IsUnplaced ? "could not be brought to where it is said" : string.Join("; ", [
        .. Never.Select(n => $"never {n}"), .. Missed.Select(m => $"missed {m}"), .. Wrong.Select(w => $"wrong {w}"), .. Faults]);
}
