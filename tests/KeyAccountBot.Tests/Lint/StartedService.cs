using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KeyAccountBot.Tests.Lint;

/// <summary>The real service in an environment, with settings and a store of its own; nothing leaves the process.</summary>
internal sealed class StartedService(string environment, params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    /// <summary>The service's clock; the machine's unless a test moves one.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Takes every warning and error that the service logs.</summary>
    public Action<string>? Log { get; init; }

    private readonly string folder = Path.Combine(Path.GetTempPath(), "key-account-bot-" + Guid.NewGuid().ToString("N"));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("Storage:Path", folder);
        builder.UseSetting("Logging:LogLevel:Default", Log is null ? "None" : "Warning");
        builder.ConfigureTestServices(services =>
        {
            if (Clock is not null)
            {
                services.AddSingleton(Clock);
            }

            if (Log is not null)
            {
                services.AddSingleton<ILoggerProvider>(new Listening(Log));
            }
        });
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }
    }

    private sealed class Listening(Action<string> hear) : ILoggerProvider, ILogger
    {
        private readonly Lock gate = new();

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (gate)
            {
                hear(formatter(state, exception));
            }
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Dispose()
        {
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
