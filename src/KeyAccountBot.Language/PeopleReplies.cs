namespace KeyAccountBot.Language;

/// <summary>The people that a reply names.</summary>
internal static class PeopleReplies
{
    /// <summary>Reads it; <c>null</c> where it names nobody.</summary>
    public static ReplyReading? Read(string said, string folded, OpenQuestion question)
    {
        var mentions = NameMentions.In(said, question.Names).Where(m => m.Kind == NameKind.Contact).ToList();
        if (mentions.Count == 0)
        {
            return question.Kind == QuestionKind.People && ReplyWords.Is("none", folded) ? ReplyReadings.Answer() : null;
        }

        var held = mentions.Where(m => ReplyWords.Trails("not", folded[..m.Span.Start].TrimEnd()) == 0).ToList();
        if (held.FirstOrDefault(m => m.Fits.Count > 1) is { } several)
        {
            return new ReplyReading(ReplyEffect.Reask) { Candidates = [.. several.Fits.Select(f => f.Id)] };
        }

        var ids = held.Select(m => m.Fits[0].Id).Distinct(StringComparer.Ordinal).ToList();
        if (question.Kind == QuestionKind.Person && ids.Count > 1)
        {
            return new ReplyReading(ReplyEffect.Reask) { Candidates = ids };
        }

        var days = SpokenDates.In(said, question.Today, question.Culture, mentions.Select(m => m.Span)).Where(d => d.Shape != SpokenDateShape.Unreadable).ToList();
        var dated = question.Further.FirstOrDefault(f => f.EndsWith("Date", StringComparison.Ordinal) || f == "date");
        return ReplyReadings.Answer(ids) with
        {
            Also = dated is not null && days is [var day, ..] ? [new ReplyField(dated, [DayReplies.Iso(day.Behind(question.Today).On)])] : [],
        };
    }
}
