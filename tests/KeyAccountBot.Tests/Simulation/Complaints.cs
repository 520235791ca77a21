using KeyAccountBot.Channels;
using KeyAccountBot.Tests.Simulation.Checks;
using Microsoft.Extensions.Logging;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>Keeps what the engine warns of: where nothing is broken, nothing fails but a channel.</summary>
internal sealed class Complaints(TimeProvider clock, Violations violations) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // a channel that fails now and then is part of the year
        if (IsEnabled(logLevel) && exception is not NotSentException)
        {
            violations.Add(Promise.Settled, clock.GetUtcNow(), null, null, $"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
        // nothing is held
    }
}
