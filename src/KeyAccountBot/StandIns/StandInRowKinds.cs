using KeyAccountBot.Records;

namespace KeyAccountBot.StandIns;

/// <summary>The kinds of rows that standing in keeps.</summary>
internal static class StandInRowKinds
{
    /// <summary>What a person is told about an absence.</summary>
    public static RowKind<NoticeRecord> Notice { get; } = new(
        "mailboxes", r => r.RowKey.StartsWith(Notices.Prefix, StringComparison.Ordinal), NoticeJson.Default.NoticeRecord,
        n => n.Notice is { To.Value: not null, Absent.Value: not null }, namesSomebody: true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IRowKind> All { get; } = [Notice];
}
