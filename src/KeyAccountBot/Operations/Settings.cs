using KeyAccountBot.Deliveries;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Operations;

/// <summary>Reads the settings, and refuses to start where they would leave a door open.</summary>
internal static class Settings
{
    /// <summary>
    /// How the host is created: quiet about itself, settings beside the program. They are read once, so their files are not
    /// watched: the watch would wake at every write to a store below the same folder.
    /// </summary>
    public static WebApplicationOptions Of(string[] args) => new() { Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"], ContentRootPath = AppContext.BaseDirectory };

    /// <summary>Adds the settings that everything else reads.</summary>
    /// <param name="builder">Of the service.</param>
    /// <param name="listens">Not a command of the command line, which listens to nobody and so needs no app id.</param>
    /// <param name="isAtPlay">The sandbox stands around it.</param>
    public static void AddSettings(this WebApplicationBuilder builder, bool listens, bool isAtPlay)
    {
        var configuration = builder.Configuration;
        if (listens)
        {
            RefuseOpenDoors(configuration, builder.Environment.IsDevelopment());
        }

        if (string.IsNullOrEmpty(configuration["Urls"]))
        {
            builder.WebHost.UseUrls("http://localhost:3978");
        }

        var tenant = configuration["Company:Tenant"] is { Length: > 0 } named ? named
            : configuration["Teams:TenantId"] is { Length: > 0 } ours ? ours : "local";
        var path = configuration["Playbook:Path"] is { Length: > 0 } own ? Path.GetFullPath(own) : PlaybookFile.Default;
        builder.Services.AddSingleton(new BotOptions { HomeTenant = new TenantId(tenant), IsAtPlay = isAtPlay });
        var playbook = PlaybookFile.Load(path);
        var holidays = HolidaySettings.Read(configuration, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        builder.Services.AddSingleton<Playbook>(playbook with { FollowUps = playbook.FollowUps with { Holidays = holidays } });
        builder.Services.AddSingleton(new StorageOptions
        {
            ConnectionString = configuration["Storage:ConnectionString"] ?? "",
            AccountUrl = configuration["Storage:AccountUrl"] ?? "",
            Path = configuration["Storage:Path"] is { Length: > 0 } folder ? folder : "./data",
        });
        builder.Services.AddSingleton(WorkTimes.From(configuration["FollowUps:Lease"], configuration["FollowUps:ClaimHolds"], configuration["FollowUps:Gathering"]));
        builder.Services.AddSingleton(TimeProvider.System);
    }

    /// <summary>Refuses what would leave a door open to a service that listens.</summary>
    /// <exception cref="InvalidSettingsException">Which setting, and what to do.</exception>
    public static void RefuseOpenDoors(IConfiguration configuration, bool development)
    {
        if (string.IsNullOrEmpty(configuration["Teams:AppId"]) && !development)
        {
            throw new InvalidSettingsException(
                "Teams:AppId is empty, so anybody could speak as anybody. Set it to the bot's app id, or run with DOTNET_ENVIRONMENT=Development on this machine only.");
        }

        RefuseOpenAddresses(configuration, development);
        RefuseHalfOfSlack(configuration);
    }

    // with a token alone everybody is written to and nobody's answer counts; with a secret alone answers come and nobody can be looked up
    private static void RefuseHalfOfSlack(IConfiguration configuration)
    {
        var slack = configuration.GetSection("Slack");
        if (string.IsNullOrEmpty(slack["BotToken"]) != string.IsNullOrEmpty(slack["SigningSecret"]))
        {
            var (there, missing) = string.IsNullOrEmpty(slack["BotToken"]) ? ("SigningSecret", "BotToken") : ("BotToken", "SigningSecret");
            throw new InvalidSettingsException($"Slack:{there} is set and Slack:{missing} is empty. Slack needs both, or neither to be off.");
        }
    }

    // the wires refuse these too, but only once somebody writes, and then without a word to whoever set them
    private static void RefuseOpenAddresses(IConfiguration configuration, bool development)
    {
        foreach (var name in (string[])["Teams:OpenIdMetadata", "Teams:TokenEndpoint", "Teams:ServiceUrl", "Slack:ApiBaseUrl"])
        {
            if (configuration[name] is { Length: > 0 } address
                && !(Uri.TryCreate(address, UriKind.Absolute, out var uri)
                    && (uri.Scheme == Uri.UriSchemeHttps || (development && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
            {
                throw new InvalidSettingsException(
                    $"{name} is '{address}', which is no https address, so tokens and messages would travel in the open. Set an https address, or leave it empty for the usual one.");
            }
        }
    }
}
