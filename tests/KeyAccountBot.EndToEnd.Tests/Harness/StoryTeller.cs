using System.Globalization;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Plays a story.</summary>
/// <param name="enter">Lets a person come, in the app that the story names.</param>
/// <param name="moveClock">Moves the clock; <c>null</c> where it cannot be moved: what the clock brings is left out then.</param>
internal sealed class StoryTeller(Func<Person, string, IStoryUser> enter, Func<string, Task>? moveClock)
{
    // how news are answered
    private static readonly string[] Answers = ["Take it", "Ask the rep"];

    private readonly Dictionary<string, IStoryUser> users = new(StringComparer.Ordinal);

    /// <summary>Plays over a channel of a service, whose clock moves.</summary>
    public static async Task<StoryTeller> OverAsync(StoryChannel channel, Service service)
    {
        Func<Person, string, IStoryUser> enter = channel switch
        {
            StoryChannel.Slack => (who, _) => new StorySlackUser(service.Slack(who.SlackId!)),
            StoryChannel.Terminal => (who, _) => new StoryTerminalUser(new TerminalInProcess(service, who), () => NewsOf(service, who)),
            _ => (who, app) => app == "slack" ? new StorySlackUser(service.Slack(who.SlackId!)) : new StoryTeamsUser(service, TeamsOf(service, who)),
        };
        if (channel == StoryChannel.Slack)
        {
            await service.Services.GetRequiredService<PeopleRepository>().PutAsync(
                Service.Tenant, SamplePipeline.People.Select(p => p with { Prefers = Channel.Slack }), CancellationToken.None);
            service.Services.GetRequiredService<CompanyDirectory>().Forget();
        }

        return new StoryTeller(enter, clock => service.ForwardAsync(hours: HoursTo(service.Clock.GetUtcNow(), clock)));
    }

    /// <summary>Plays all of it; what is not as told fails with its place in the story.</summary>
    public async Task PlayAsync(Story story)
    {
        foreach (var chapter in story.Chapters)
        {
            foreach (var (step, number) in chapter.Steps.Select((s, i) => (s, i + 1)))
            {
                var failure = await Record.ExceptionAsync(() => PlayAsync(step));
                Assert.True(failure is null, $"“{chapter.Title}”, step {number} ({step.Says ?? step.Presses ?? step.Clock ?? "sees"}): {failure?.Message}");
            }
        }
    }

    private async Task PlayAsync(StoryStep step)
    {
        if (step.Clock is { } clock)
        {
            await (moveClock?.Invoke(clock) ?? Task.CompletedTask);
            return;
        }

        if (moveClock is null && step.Says is null && (step.Presses is null || Answers.Contains(step.Presses)))
        {
            return;
        }

        var user = UserOf(step);
        if (step.Says is { } says)
        {
            await user.SaysAsync(says);
        }
        else if (step.Presses is { } presses && step.With is { } values)
        {
            await user.FillsAsync(presses, step.On!, values, step.Then);
        }
        else if (step.Presses is { } title)
        {
            await user.PressesAsync(title, step.On!);
        }

        foreach (var words in step.Words)
        {
            await user.HearsAsync(words);
        }

        Assert.False(step.NotYet is { } early && user.HasHeard(early), $"“{step.NotYet}” came too early.");
    }

    private IStoryUser UserOf(StoryStep step)
    {
        var key = $"{step.Who} {step.App}";
        if (!users.TryGetValue(key, out var user))
        {
            users[key] = user = enter(SamplePipeline.People.Single(p => p.Id.Value == step.Who), step.App!);
        }

        return user;
    }

    private static TeamsUser TeamsOf(Service service, Person who) => service.Teams(who.TeamsId!["sandbox-".Length..]);

    private static IReadOnlyList<string> NewsOf(Service service, Person who) =>
        [.. TeamsOf(service, who).Heard().Select(TeamsUser.Words), .. service.Slack(who.SlackId!).Messages().Select(SlackUser.Words)];

    private static int HoursTo(DateTimeOffset now, string clock)
    {
        var (day, hour) = (Enum.Parse<DayOfWeek>(clock.Split(' ')[0]), int.Parse(clock.Split(' ')[1][..2], CultureInfo.InvariantCulture));
        var hours = ((((int)day - (int)now.DayOfWeek + 7) % 7) * 24) + hour - now.Hour;
        return hours < 0 ? hours + (7 * 24) : hours;
    }
}
