using KeyAccountBot.Language;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Understanding;

/// <summary>A message with what it may want, the likeliest first.</summary>
/// <param name="Text">The message with what it mentions.</param>
/// <param name="Readings">What it may want.</param>
/// <param name="Sight">What its speaker may name.</param>
internal sealed record ReadMessage(WishText Text, IReadOnlyList<WishReading> Readings, Sight Sight)
{
    /// <summary>The likeliest; <c>null</c> where nothing speaks for anything.</summary>
    public WishReading? First => Readings.Count > 0 ? Readings[0] : null;

    /// <summary>The likeliest that is no report.</summary>
    public WishReading? FirstWish => Readings.FirstOrDefault(r => r.Wish != WishReadings.Report);

    /// <summary>How much it is a report, from 0 to 1.</summary>
    public double Report => Readings.FirstOrDefault(r => r.Wish == WishReadings.Report)?.Score ?? 0;
}

/// <summary>Reads what messages want, by what their speakers may see.</summary>
internal sealed class Understander(Sights sights, WishNames names, Playbook playbook)
{
    private readonly IReadOnlyList<MethodWord> method = [.. MethodWords(playbook)];

    /// <summary>What a message may want.</summary>
    public async ValueTask<ReadMessage> ReadAsync(Scene scene, string words, CancellationToken cancellationToken)
    {
        var sight = await sights.OfAsync(scene, words, cancellationToken);
        var mentions = ShortNames.With(words, NameMentions.In(words, sight.Names), sight.Names.Known);
        var text = WishText.Of(words, mentions, SpokenDates.In(words, scene.Today, scene.Culture, mentions.Where(m => !m.IsLoose).Select(m => m.Span)), Amounts.In(words));
        if (WishReadings.Asks(text) && Pointed(mentions) is { } pointed)
        {
            // what is asked in a common word of one name alone is asked of that one
            text = WishText.Of(words, pointed, text.Dates, text.Amounts);
        }

        return new ReadMessage(text, WishReadings.Read(text), sight);
    }

    private static IReadOnlyList<NameMention>? Pointed(IReadOnlyList<NameMention> mentions) =>
        mentions.All(m => m.IsLoose || m.Kind is NameKind.Colleague or NameKind.Competitor)
        && mentions.Where(m => m.IsLoose).SelectMany(m => m.Fits).Where(f => f.Kind == NameKind.Opportunity).DistinctBy(f => f.Id, StringComparer.Ordinal).Take(2).ToList() is [_]
            ? [.. mentions.Select(m => m with { IsLoose = false })]
            : null;

    /// <summary>What words want that name nothing on record, as far as they are clear; <c>null</c> where they are not.</summary>
    public static WishReading? ReadAlone(string words) =>
        words.Length < 80 && WishReadings.Read(WishText.Of(words, [], [], [])) is [{ Score: >= WishReadings.Clear } first, ..] ? first : null;

    /// <summary>What is asked for by a reading, with what it is about.</summary>
    public ValueTask<Asked> AskedAsync(Scene scene, ReadMessage message, WishReading reading, CancellationToken cancellationToken)
    {
        var part = message.Text.Within(reading.Part);
        var asked = new Asked(reading.Wish, message.Text.Text) { Score = Math.Round(reading.Score, 2) };
        foreach (var (slot, values) in WishSlots.Read(reading.Wish, part, scene.Today, method))
        {
            asked = asked.With(slot, values);
        }

        return names.FillAsync(scene, message.Sight, asked, part, message.Text, cancellationToken);
    }

    private static IEnumerable<MethodWord> MethodWords(Playbook playbook)
    {
        foreach (var stage in playbook.Stages)
        {
            foreach (var name in stage.Name.Values.Append(stage.Id.Value).SelectMany(Short))
            {
                yield return new MethodWord("stage", stage.Id.Value, name);
            }

            foreach (var milestone in stage.Milestones)
            {
                foreach (var name in milestone.Name.Values.Concat(milestone.Phrases.All).Append(milestone.Id.Value).Append(milestone.Id.Value.Replace('-', ' ')).Where(IsPlain))
                {
                    yield return new MethodWord("milestone", milestone.Id.Value, name);
                }
            }

            foreach (var question in stage.Questions)
            {
                foreach (var name in question.Text.Values.Select(t => t.TrimEnd('?', '？')).Append(question.Id.Value.Replace('-', ' ')).Concat(question.Phrases.All).Where(IsPlain))
                {
                    yield return new MethodWord("question", question.Id.Value, name);
                }
            }
        }

        foreach (var department in playbook.Coverage.Departments)
        {
            foreach (var name in department.Name.Values.Concat(department.Phrases.All).Where(IsPlain))
            {
                yield return new MethodWord("department", department.Id.Value, name);
            }
        }
    }

    // a stage is called by the last word of its name as well: "negotiation" for "Business negotiation", 谈判 for 商务谈判
    private static IEnumerable<string> Short(string name)
    {
        yield return name;
        if (name.LastIndexOf(' ') is > 0 and var space)
        {
            yield return name[(space + 1)..];
        }
        else if (name.Length == 4 && Spelling.IsHan(name[0]))
        {
            yield return name[2..];
        }
    }

    private static bool IsPlain(string phrase) => !phrase.Contains('…', StringComparison.Ordinal);
}
