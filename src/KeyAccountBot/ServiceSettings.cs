using KeyAccountBot.BotFramework.Authentication;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot;

/// <summary>All settings, a record for each section as <c>appsettings.template.json</c> lists and explains them. What is not set is empty.</summary>
internal sealed record ServiceSettings
{
    /// <summary>Where the service listens.</summary>
    public string Urls { get; init; } = "";

    /// <summary>Whose records it keeps.</summary>
    public CompanySection Company { get; init; } = new();

    /// <summary>The Bot Connector.</summary>
    public TeamsSection Teams { get; init; } = new();

    /// <summary>Slack.</summary>
    public SlackSection Slack { get; init; } = new();

    /// <summary>The store.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>How long work belongs to who began it.</summary>
    public FollowUpsSection FollowUps { get; init; } = new();

    /// <summary>Who reads what people say.</summary>
    public UnderstandingSection Understanding { get; init; } = new();

    /// <summary>The operator's page.</summary>
    public OperatorSection Operator { get; init; } = new();

    /// <summary>The method.</summary>
    public PlaybookSection Playbook { get; init; } = new();

    /// <summary>The entries of each country, by its code; read by name, not bound.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<HolidayEntry>> Holidays { get; init; } = new Dictionary<string, IReadOnlyList<HolidayEntry>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Settings that are set under the name that they had before; read by name, not bound.</summary>
    internal IReadOnlyList<string> Former { get; init; } = [];

    /// <summary>The company's tenant where nothing else names one.</summary>
    internal string HomeTenant => Company.Tenant is { Length: > 0 } named ? named : Teams.TenantId is { Length: > 0 } ours ? ours : "local";

    /// <summary>What would leave a door open to a service that listens: each setting, and what to do.</summary>
    public IEnumerable<string> OpenDoors(bool development) => [.. Teams.OpenDoors(development), .. Addresses(development), .. Slack.OpenDoors()];

    /// <summary>Settings under a former name would be passed over without a word: each, and what it is called now.</summary>
    public IEnumerable<string> Renamed() => Former.Select(name => $"{name} is now called {name.Replace("FreeText:", "Understanding:", StringComparison.OrdinalIgnoreCase)}. Rename it.");

    // the wires refuse these too, but only once somebody writes, and then without a word to who set them
    private IEnumerable<string> Addresses(bool development) =>
        from setting in ((string Name, string Address)[])
        [
            ("Teams:OpenIdMetadata", Teams.OpenIdMetadata), ("Teams:TokenEndpoint", Teams.TokenEndpoint), ("Teams:ServiceUrl", Teams.ServiceUrl),
            ("Slack:ApiBaseUrl", Slack.ApiBaseUrl),
        ]
        where setting.Address.Length > 0
            && !(Uri.TryCreate(setting.Address, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttps || (development && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        select $"{setting.Name} is '{setting.Address}', which is no https address, so tokens and messages would travel in the open. Set an https address, or leave it empty for the usual one.";
}

/// <summary><c>Company:*</c>.</summary>
internal sealed record CompanySection
{
    /// <summary>Under which id its records are kept.</summary>
    public string Tenant { get; init; } = "";
}

/// <summary><c>Teams:*</c>.</summary>
internal sealed record TeamsSection
{
    private const string GlobalServiceUrl = "https://smba.trafficmanager.net/teams/";

    /// <summary>The bot's app id.</summary>
    public string AppId { get; init; } = "";

    /// <summary>Its client secret; empty for a managed identity.</summary>
    public string AppPassword { get; init; } = "";

    /// <summary>The app's tenant; empty for a multi-tenant app.</summary>
    public string TenantId { get; init; } = "";

    /// <summary>Channels that sign their users in, separated by commas.</summary>
    public string IdentityChannels { get; init; } = "";

    /// <summary>The name of the cloud that the channel runs in.</summary>
    public string Cloud { get; init; } = "";

    /// <summary>Whose tokens are accepted.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Where the channel's signing keys are listed.</summary>
    public string OpenIdMetadata { get; init; } = "";

    /// <summary>Where our own tokens come from.</summary>
    public string TokenEndpoint { get; init; } = "";

    /// <summary>Where somebody who never wrote to the bot is reached.</summary>
    public string ServiceUrl { get; init; } = "";

    /// <summary>The address behind <see cref="ServiceUrl"/>: the usual one where none is set.</summary>
    internal string ServiceAddress => ServiceUrl.Length > 0 ? ServiceUrl : GlobalServiceUrl;

    /// <summary>The cloud of that name.</summary>
    /// <exception cref="InvalidSettingsException">There is none.</exception>
    internal ChannelCloud KnownCloud() => Cloud.Length == 0 ? ChannelCloud.Public
        : ChannelCloud.Find(Cloud) ?? throw new InvalidSettingsException(
            $"Teams:Cloud is '{Cloud}'. Set it to one of {string.Join(", ", ChannelCloud.All.Select(c => c.Name))}, or leave it empty for {ChannelCloud.Public.Name}.");

    /// <summary>What would let anybody in.</summary>
    internal IEnumerable<string> OpenDoors(bool development) => AppId.Length > 0 || development
        ? []
        : ["Teams:AppId is empty, so anybody could speak as anybody. Set it to the bot's app id, or run with DOTNET_ENVIRONMENT=Development on this machine only."];
}

/// <summary><c>Slack:*</c>.</summary>
internal sealed record SlackSection
{
    /// <summary>To send with.</summary>
    public string BotToken { get; init; } = "";

    /// <summary>To know Slack's requests by.</summary>
    public string SigningSecret { get; init; } = "";

    /// <summary>The workspace or organisation whose members are our people.</summary>
    public string TeamId { get; init; } = "";

    /// <summary>Where the Web API lies.</summary>
    public string ApiBaseUrl { get; init; } = "";

    /// <summary>Slack is on.</summary>
    internal bool IsOn => BotToken.Length > 0 && SigningSecret.Length > 0;

    // with a token alone everybody is written to and nobody's answer counts; with a secret alone answers come and nobody can be looked up
    /// <summary>One half is set.</summary>
    internal IEnumerable<string> OpenDoors()
    {
        if (BotToken.Length > 0 != SigningSecret.Length > 0)
        {
            var (there, missing) = BotToken.Length == 0 ? ("SigningSecret", "BotToken") : ("BotToken", "SigningSecret");
            yield return $"Slack:{there} is set and Slack:{missing} is empty. Slack needs both, or neither to be off.";
        }
    }
}

/// <summary><c>FollowUps:*</c>: times as <c>00:02:00</c>.</summary>
internal sealed record FollowUpsSection
{
    /// <summary>How long a message is hidden from others while it is handled.</summary>
    public string Lease { get; init; } = "";

    /// <summary>How long a delivery that is being sent is left to who sends it.</summary>
    public string ClaimHolds { get; init; } = "";

    /// <summary>How long what is due to one reader gathers.</summary>
    public string Gathering { get; init; } = "";
}

/// <summary><c>Understanding:*</c>.</summary>
internal sealed record UnderstandingSection
{
    /// <summary>Who reads what people say: <c>rules</c> or <c>chat</c>.</summary>
    public string Proposer { get; init; } = "";

    /// <summary>An OpenAI-compatible address.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The model's name there.</summary>
    public string Model { get; init; } = "";

    /// <summary>Its key.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>A chat model reads what people say.</summary>
    internal bool IsChat => Proposer == "chat";

    /// <summary>There is no such proposer, or no model to ask.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Proposer is not ("" or "rules" or "chat"))
        {
            yield return $"Understanding:Proposer is '{Proposer}'. Set it to rules or chat, or leave it empty for rules.";
        }

        if (IsChat && (!Uri.TryCreate(Endpoint, UriKind.Absolute, out _) || Model.Length == 0))
        {
            yield return "Understanding:Proposer is chat, but there is no model to ask. Set Understanding:Endpoint to an OpenAI-compatible address and Understanding:Model to the model's name.";
        }
    }
}

/// <summary><c>Operator:*</c>.</summary>
internal sealed record OperatorSection
{
    /// <summary>The fewest characters of a key.</summary>
    public const int ShortestKey = 16;

    /// <summary>Opens the operator's page; empty: there is none.</summary>
    public string Key { get; init; } = "";

    /// <summary>A key that could be guessed.</summary>
    internal IEnumerable<string> Faults() => Key.Length is > 0 and < ShortestKey
        ? [$"Operator:Key has fewer than {ShortestKey} characters, so it could be guessed. Set a longer one, or leave it empty to have no operator's page."]
        : [];
}

/// <summary><c>Playbook:*</c>.</summary>
internal sealed record PlaybookSection
{
    /// <summary>A playbook of one's own.</summary>
    public string Path { get; init; } = "";
}

/// <summary>A day or days off, or worked in exchange, as a country's list writes them.</summary>
/// <param name="Name">The setting's name, for example <c>Holidays:DE:0</c>.</param>
/// <param name="Text">A date, a range, a day worked in exchange, or the path of a calendar.</param>
internal sealed record HolidayEntry(string Name, string Text);
