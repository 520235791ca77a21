namespace KeyAccountBot.Import;

/// <summary>The lines that stay out: the first ten thousand faults are kept to be named, the rest is counted. From any thread.</summary>
internal sealed class FaultReport
{
    /// <summary>How many faults are named.</summary>
    public const int Named = 10_000;

    private readonly Lock gate = new();
    private readonly List<ImportFault> first = [];
    private ImportFault? last;

    /// <summary>How many faults there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many lines they are on, where the faults of a line come one after the other.</summary>
    public int Lines { get; private set; }

    /// <summary>The first of them, by file as they came and by line.</summary>
    public IReadOnlyList<ImportFault> First
    {
        get
        {
            lock (gate)
            {
                return [.. first];
            }
        }
    }

    /// <summary>One more.</summary>
    public void Add(ImportFault fault)
    {
        lock (gate)
        {
            Count++;
            Lines += (last?.File, last?.Line) == (fault.File, fault.Line) ? 0 : 1;
            last = fault;
            if (first.Count < Named)
            {
                first.Add(fault);
            }
        }
    }
}
