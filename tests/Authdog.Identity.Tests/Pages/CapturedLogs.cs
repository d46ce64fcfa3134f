using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tests.Pages;

/// <summary>Keeps every line that anything logs, with its attributes and exceptions.</summary>
public sealed class CapturedLogs : ILoggerProvider
{
    private const int CommandExecuted = 20101;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<(string? Trace, string Text)> _commands = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>What a request asked the database, in order; the request is named by the trace that its client said it belongs to.</summary>
    public IReadOnlyList<string> CommandsOf(string trace) => [.. _commands.Where(command => command.Trace == trace).Select(command => command.Text)];

    /// <summary>What the mapper of the directory warned of: queries whose answer depends on chance or grows without need.</summary>
    public IEnumerable<string> MapperWarnings => _lines.Where(static line => line.StartsWith("Warning Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || line.StartsWith("Error Microsoft.EntityFrameworkCore", StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => new Capture(categoryName, this);

    public void Dispose()
    {
    }

    private sealed class Capture(string category, CapturedLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var attributes = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : string.Empty;
            if (eventId.Id == CommandExecuted && state is IEnumerable<KeyValuePair<string, object?>> known)
            {
                logs._commands.Enqueue((Activity.Current?.TraceId.ToHexString(), known.FirstOrDefault(pair => pair.Key == "commandText").Value?.ToString() ?? string.Empty));
            }

            logs._lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {attributes} {exception}");
        }
    }
}
