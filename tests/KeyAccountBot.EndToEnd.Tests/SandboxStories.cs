using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sandbox;
using KeyAccountBot.Sandbox.FarEnds;
using KeyAccountBot.Storage.Engines;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Playwright;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>What a stranger meets who follows the README with nothing but the SDK.</summary>
public sealed class SandboxStories
{
    private const string LongName = "Maximiliane Freifrau von und zu Hohenstein-Wartenberg-Hohenlohe";

    [Fact]
    public async Task A_stranger_reaches_a_recorded_check_in_a_nudge_and_an_alert()
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync();

        await page.PressAsync("Rep", "check in Nordwind Dairies");
        await page.SeesAsync("Rep", "Which milestones have been reached?");
        await page.Seat("Rep").GetByLabel("Accurate project information obtained").CheckAsync();
        await page.Seat("Rep").GetByLabel("Evidence").FillAsync("Letter from the works manager");
        await page.PressAsync("Rep", "Review");
        await page.SeesAsync("Rep", "Letter from the works manager");
        await page.PressAsync("Rep", "Yes, record it");
        await page.SeesAsync("Rep", "Recorded for Nordwind Dairies");

        await page.MoveClockAsync("+1 week");
        await page.SeesAsync("Rep", "Brightwater Foods: how does it stand?");
        await page.MoveClockAsync("+1 business day", times: 2);
        await page.SeesAsync("Manager", "Brightwater Foods needs you");
        await page.PressAsync("Manager", "Take it");
        await page.SeesAsync("Manager", "Maria Santos has taken it");
        await page.SeesAsync("Rep", "Maria Santos has taken");
        await page.MoveClockAsync("+1 week");
        await page.SeesAsync("Director and above", "Castell Brewery is still stuck");
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(1400, 860)]
    [InlineData(390, 844)]
    public async Task The_page_opens_on_a_morning_and_each_chat_shows_what_the_bot_has_told_its_person(int width, int height)
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync(width, height);

        foreach (var (seat, initials, told, last) in new[]
        {
            ("Rep", "RP", "Hello Ravi Patel", "Osterfeld Glassworks: how does it stand?"),
            ("Manager", "MS", "舟山海丰罐头 needs you", "Brunnhof Pharma needs you"),
            ("Director and above", "DV", "Maria Santos (", "舟山海丰罐头 is still stuck"),
        })
        {
            await page.FrontAsync(seat);
            await page.SeesAsync(seat, told);
            await Assertions.Expect(page.Seat(seat).Locator(".face")).ToHaveTextAsync(initials);
            await Assertions.Expect(page.Seat(seat).GetByText(last)).ToBeInViewportAsync();
        }

        // nothing of it is news: nobody has done anything yet
        await Assertions.Expect(page.Page.Locator(".mark:not(:empty)")).ToHaveCountAsync(0);

        // and it is no picture: its buttons work
        await page.FrontAsync("Manager");
        await page.PressAsync("Manager", "Take it");
        await page.SeesAsync("Manager", "Maria Santos has taken it");
        await page.FrontAsync("Rep");
        await page.SeesAsync("Rep", "Maria Santos has taken Brunnhof Pharma");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task What_came_this_morning_is_of_this_morning_and_what_came_before_of_the_days_before()
    {
        await using var service = SandboxService.Start();
        var now = (await service.Http.GetFromJsonAsync<JsonElement>("/sandbox/clock")).GetProperty("now").GetDateTimeOffset();
        var lines = await service.LinesAsync();
        var days = lines.Select(l => l.At.Date).Distinct().ToList();

        Assert.All(lines, l => Assert.InRange(l.At, now.AddDays(-7), now));
        Assert.Equal(days.Order(), days);
        Assert.Equal(SamplePipeline.People.Count, lines.Count(l => l is { Blocks: null, Card: null }));
        Assert.Equal(2, OfToday("ravi-patel", "maria-santos").Count(l => l.Card is not null || l.Blocks?.ToString().Contains("needs you", StringComparison.Ordinal) == true));
        Assert.Single(OfToday("dieter-vogel"), l => l.Blocks?.ToString().Contains("is still stuck", StringComparison.Ordinal) == true);

        IEnumerable<TranscriptLine> OfToday(params string[] people) => lines.Where(l => l.At.Date == now.Date && people.Contains(l.Person));
    }

    [Fact]
    public async Task A_restart_finds_the_chats_as_they_were_and_greets_nobody_twice()
    {
        using var folder = new TemporaryFolder();
        await using (var before = SandboxService.Start(folder.Path))
        {
            using var answer = await before.Http.PostAsJsonAsync("/sandbox/say", new { app = "teams", person = "ravi-patel", text = "who am i" });
            answer.EnsureSuccessStatusCode();
            await before.SeesLineAsync("You are Ravi Patel");
        }

        await using var after = SandboxService.Start(folder.Path);
        await using var page = await after.OpenAsync();
        await page.SeesAsync("Rep", "You are Ravi Patel");
        await page.SeesAsync("Manager", "Brunnhof Pharma needs you");
        await page.SaysAsync("Rep", "help");
        await page.SeesAsync("Rep", "Just tell me what happened");
        Assert.Single(await after.LinesAsync(), l => l.Text?.StartsWith("Hello Ravi Patel", StringComparison.Ordinal) == true);

        // what was sent before is still changed in its place
        await page.PressAsync("Manager", "Take it");
        await page.SeesAsync("Manager", "Maria Santos has taken it");
        await Assertions.Expect(page.Seat("Manager").GetByText("Brunnhof Pharma needs you")).ToHaveCountAsync(1);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_store_that_holds_a_company_already_keeps_it_and_its_people_are_greeted_when_their_chat_is_opened()
    {
        using var folder = new TemporaryFolder();
        await using (var engine = StorageEngine.Open(new StorageOptions { Path = folder.Path }, TimeProvider.System))
        {
            var people = new PeopleRepository(new Tables(engine.Tables));
            Person[] ours =
            [
                new(new("wang-xiaoming"), "王小明", Role.Rep, "wang@sample.invalid", TeamsId: "t-wang", Locale: "zh-Hans"),
                new(new("maximiliane"), LongName, Role.Manager, "max@sample.invalid", TeamsId: "t-max", Prefers: Channel.Teams),
            ];
            await people.PutAsync(new BotOptions().HomeTenant, ours, CancellationToken.None);
        }

        await using var service = SandboxService.Start(folder.Path);
        Assert.Empty(await service.LinesAsync());
        await using var page = await service.OpenAsync(390, 844);

        await page.SeesAsync("Rep", "王小明，您好");
        await Assertions.Expect(page.Seat("Rep").Locator(".face")).ToHaveTextAsync("王");
        await page.FrontAsync("Manager");
        await page.SeesAsync("Manager", "Hello " + LongName);
        await Assertions.Expect(page.Seat("Manager").Locator(".face")).ToHaveTextAsync("MH");
        Assert.Equal(390, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.FrontAsync("Director and above");
        await Assertions.Expect(page.Seat("Director and above")).ToContainTextAsync("Nobody with a Teams or Slack account is on record for this place.");
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(1400, 860)]
    [InlineData(390, 844)]
    public async Task What_a_step_brings_is_marked_and_in_view_until_the_next_step(int width, int height)
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync(width, height);
        var marked = page.Seat("Rep").Locator("article.new");
        await page.SeesAsync("Rep", "Osterfeld Glassworks");

        // it may be longer than the screen, and is read from its beginning
        await page.SaysAsync("Rep", "check in Nordwind Dairies");
        await Assertions.Expect(marked).ToHaveCountAsync(1);
        await Assertions.Expect(marked.Locator(".mark")).ToHaveTextAsync("New");
        await Assertions.Expect(marked.Locator(".mark")).ToBeInViewportAsync();
        await Assertions.Expect(marked).ToContainTextAsync("Which milestones have been reached?");

        await page.SaysAsync("Rep", "who am i");
        await Assertions.Expect(marked.GetByText("You are Ravi Patel")).ToBeInViewportAsync();
        await Assertions.Expect(page.Seat("Rep").GetByText("check in Nordwind Dairies")).Not.ToHaveCountAsync(0);

        await page.FrontAsync("Manager");
        await page.PressAsync("Manager", "Take it");
        await Assertions.Expect(page.Seat("Manager").Locator("article.new").GetByText("You have taken Brunnhof Pharma")).ToBeInViewportAsync();
        var changed = page.Seat("Manager").Locator("article.changed");
        await Assertions.Expect(changed.GetByText("Maria Santos has taken it")).ToBeInViewportAsync();
        await Assertions.Expect(changed.Locator(".mark")).ToHaveTextAsync("Changed");
        await Assertions.Expect(marked.GetByText("You are Ravi Patel")).ToHaveCountAsync(0);
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(390, 844, 560)]
    [InlineData(360, 740, 460)]
    public async Task On_a_phone_the_chat_has_most_of_the_height_and_everything_can_be_touched(int width, int height, int chat)
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync(width, height);
        await page.SeesAsync("Rep", "Osterfeld Glassworks");
        await page.PressAsync("Rep", "check in Nordwind Dairies");
        await page.SeesAsync("Rep", "Which milestones have been reached?");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Move the clock" }).ClickAsync();

        Assert.InRange((await page.Seat("Rep").Locator(".view").BoundingBoxAsync())!.Height, chat, height);
        Assert.InRange((await page.Page.Locator("#now").BoundingBoxAsync())!.Height, 1, 30);
        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('button, select, input:not([type=checkbox], [type=radio]), .choice')]
              .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)
            """));

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "+1 hour" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "+1 hour" })).ToBeHiddenAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Move the clock" })).ToBeFocusedAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_first_thing_to_press_is_the_tour_and_a_keyboard_is_enough_for_it()
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync();
        await page.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.SeesAsync("Rep", "Osterfeld Glassworks");

        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Tour", Exact = true })).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Seat("Tour").GetByRole(AriaRole.Button, new() { Name = "Next" })).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Seat("Tour").Locator(".count")).ToHaveTextAsync($"1 of {Story.Read(Story.OfOneOpportunity).Chapters.Count}", new() { Timeout = 60_000 });

        // the whole chapter is marked, and its last step is in view
        await Assertions.Expect(page.Seat("Rep").Locator("article.new").GetByText("Which customer?")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Seat("Rep").GetByText("Recorded for Westfal Beverages: 64 of 100")).ToBeInViewportAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task At_night_the_page_says_what_waits_and_in_the_morning_it_has_come()
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync();
        var hours = page.Page.Locator("#hours");
        await page.MoveClockAsync("Next morning");
        await Assertions.Expect(hours).ToHaveTextAsync("Working hours");
        await page.MoveClockAsync("+1 week");
        await page.MoveClockAsync("+1 business day", times: 3);
        await page.SeesAsync("Manager", "Brightwater Foods needs you");

        await page.MoveClockAsync("This evening");
        await Assertions.Expect(page.Seat("Manager").Locator(".hours")).ToContainTextAsync("20:00, quiet until");
        await page.SaysAsync("Manager", "ask the rep of Brightwater Foods whether they accepted the sample");
        await Assertions.Expect(hours).ToContainTextAsync("Quiet hours · 1 message waits for the morning");
        await Assertions.Expect(page.Seat("Rep").Locator(".hours")).ToContainTextAsync("1 message waits");
        await Assertions.Expect(page.Seat("Rep").GetByRole(AriaRole.Log)).Not.ToContainTextAsync("Maria Santos asks");

        await page.MoveClockAsync("Next morning");
        await page.SeesAsync("Rep", "Maria Santos asks how Brightwater Foods stands");
        await Assertions.Expect(page.Seat("Rep").Locator(".hours")).ToContainTextAsync("09:0");
        await Assertions.Expect(page.Seat("Rep").Locator(".hours")).ToContainTextAsync("at work");

        await page.MoveClockAsync("Weekend");
        await Assertions.Expect(hours).ToContainTextAsync("Quiet hours");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Who_is_away_and_who_stands_in_is_written_above_their_chat()
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync();
        var hours = page.Seat("Rep").Locator(".hours");

        // the manager says it, in Teams
        await page.Seat("Manager").GetByLabel("App of the manager").SelectOptionAsync("teams");
        await page.SaysAsync("Manager", "Ravi is away until Friday, Li Na stands in");
        await page.SeesAsync("Manager", "Li Na hears in their place");
        await Assertions.Expect(hours).ToContainTextAsync("Away until Fri");
        await Assertions.Expect(hours).ToContainTextAsync("Li Na stands in");

        await page.SaysAsync("Rep", "back");
        await Assertions.Expect(hours).ToContainTextAsync("at work");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_clock_goes_to_no_moment_that_it_does_not_know()
    {
        await using var service = SandboxService.Start();
        using var answer = await service.Http.PostAsJsonAsync("/sandbox/clock", new { to = "yesterday" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("No 'yesterday' lies ahead", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_works_as_well_as_pressing()
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync();
        var input = page.Seat("Rep").GetByRole(AriaRole.Textbox);

        foreach (var (said, seen) in new[] { ("status Nordwnd", "Did you mean"), ("1", "Filling line 4"), ("who am i", "You are Ravi Patel") })
        {
            await input.FillAsync(said);
            await input.PressAsync("Enter");
            await page.SeesAsync("Rep", seen);
        }
    }

    [Theory]
    [InlineData("Tour", Story.OfOneOpportunity, 1400, 860)]
    [InlineData("Tour", Story.OfOneOpportunity, 390, 800)]
    [InlineData("Follow-ups tour", Story.OfFollowUps, 1400, 860)]
    [InlineData("Follow-ups tour", Story.OfFollowUps, 390, 800)]
    public async Task A_newcomer_clicks_through_a_tour_to_its_end(string opener, string story, int width, int height)
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync(width, height);
        // no pauses for who wants no motion
        await page.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var (bar, chapters) = (page.Seat("Tour"), Story.Read(story).Chapters);
        var next = bar.GetByRole(AriaRole.Button, new() { Name = "Next" });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = opener, Exact = true }).ClickAsync();
        await Assertions.Expect(next).ToBeFocusedAsync();
        await Assertions.Expect(bar).ToContainTextAsync($"0 of {chapters.Count}");

        foreach (var (chapter, number) in chapters.Select((c, i) => (c, i + 1)))
        {
            await next.PressAsync("Enter");
            await Assertions.Expect(bar.GetByRole(AriaRole.Heading)).ToHaveTextAsync(chapter.Title);
            await Assertions.Expect(bar.Locator(".count")).ToHaveTextAsync($"{number} of {chapters.Count}", new() { Timeout = 60_000 });
            await Assertions.Expect(bar.Locator(".trouble")).ToBeEmptyAsync();
        }

        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync(chapters[^1].Steps[^1].Words[^1]);
        var found = await page.Page.RunAxe();
        Assert.Empty(found.Violations.Select(v => $"{v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(n => n.Html))}"));
        await Assertions.Expect(next).ToBeHiddenAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(bar).ToBeHiddenAsync();
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(1400, 860, ColorScheme.Light)]
    [InlineData(1400, 860, ColorScheme.Dark)]
    [InlineData(390, 800, ColorScheme.Light)]
    public async Task The_page_can_be_used_by_everybody(int width, int height, ColorScheme colours)
    {
        await using var service = SandboxService.Start();
        await using var page = await service.OpenAsync(width, height);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = colours });
        await page.PressAsync("Rep", "check in Nordwind Dairies");
        await page.SeesAsync("Rep", "Which milestones have been reached?");

        var found = await page.Page.RunAxe();

        Assert.Empty(found.Violations.Select(v => $"{v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(n => n.Html))}"));
    }

    [Fact]
    public async Task The_clock_is_not_turned_back_by_a_restart()
    {
        var folder = Path.Combine(Path.GetTempPath(), "key-account-bot-" + Guid.NewGuid().ToString("N"));
        try
        {
            DateTimeOffset moved;
            await using (var before = SandboxService.Start(folder))
            {
                using var answer = await before.Http.PostAsJsonAsync("/sandbox/clock", new { days = 7 });
                moved = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("now").GetDateTimeOffset();
            }

            await using var after = SandboxService.Start(folder);
            var now = (await after.Http.GetFromJsonAsync<JsonElement>("/sandbox/clock")).GetProperty("now").GetDateTimeOffset();
            Assert.InRange(now, moved, moved.AddMinutes(10));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("Host", "evil.invalid")]
    [InlineData("Origin", "https://evil.invalid")]
    public async Task A_page_from_elsewhere_cannot_reach_the_sandbox(string header, string value)
    {
        await using var service = SandboxService.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/say") { Content = JsonContent.Create(new { app = "teams", person = "ravi-patel", text = "undo" }) };
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sandbox/sandbox.js")]
    [InlineData("/sandbox/people")]
    [InlineData("/sandbox/events")]
    [InlineData("/sandbox/clock")]
    public async Task In_Production_there_is_no_sandbox(string path)
    {
        var folder = Path.Combine(Path.GetTempPath(), "key-account-bot-" + Guid.NewGuid().ToString("N"));
        await using (var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("Teams:AppId", FarEnds.AppId);
            builder.UseSetting("Teams:AppPassword", "secret");
            builder.UseSetting("Storage:Path", folder);
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
        }))
        {
            using var http = factory.CreateClient();
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        Directory.Delete(folder, recursive: true);
    }
}
