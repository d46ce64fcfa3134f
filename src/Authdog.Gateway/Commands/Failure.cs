using System.Net.Sockets;
using System.Text.RegularExpressions;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Configuration;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Connections;

namespace Authdog.Gateway.Commands;

/// <summary>Tells what an operator can put right from what is a bug: the first gets a sentence, the second its stack.</summary>
internal static partial class Failure
{
    /// <summary>The mistakes behind an exception; null when there are none.</summary>
    public static IReadOnlyList<Mistake>? Of(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case MistakesException mistakes:
                    return mistakes.Mistakes;
                case OperatorMistakeException mistake:
                    return [new Mistake(mistake.Code, new Place(mistake.Place), mistake.Problem, mistake.Cure)];
                case StoreUnavailableException:
                    return [new Mistake("AG3101", null, "The session store cannot be reached.", "Start it, or correct Redis:ConnectionString.")];
                case FormatException when inner.Message.StartsWith("Invalid url", StringComparison.Ordinal):
                    return [new Mistake("AG1610", null, $"{inner.Message.TrimEnd('.')} is no address to listen on.", "Write scheme, host and port, such as --urls http://localhost:8080.")];
                case AddressInUseException:
                    return [Listening(exception, "is in use by another program", "Stop that program, or listen elsewhere: --urls http://localhost:8090 (or Gateway:ManagementUrl for the management listener).")];
                case SocketException { SocketErrorCode: SocketError.AccessDenied }:
                    return [Listening(exception, "may not be used by this user", "Ports below 1024 need a privilege: listen on a higher one with --urls.")];
                case SocketException { SocketErrorCode: SocketError.AddressNotAvailable }:
                    return [Listening(exception, "is not an address of this machine", "Name one that is with --urls, such as http://localhost:8080.")];
                default:
                    break;
            }
        }

        return null;
    }

    /// <summary>Writes mistakes, one a line.</summary>
    public static async Task WriteAsync(TextWriter error, IReadOnlyList<Mistake> mistakes)
    {
        foreach (var mistake in mistakes.DistinctBy(mistake => mistake.ToString()))
        {
            await error.WriteLineAsync(mistake.ToString());
        }
    }

    private static Mistake Listening(Exception exception, string problem, string cure)
    {
        var address = Address().Match(exception.Message);
        return new Mistake("AG1610", null, $"{(address.Success ? address.Value.TrimEnd(':', '.') : "The address to listen on")} {problem}.", cure);
    }

    [GeneratedRegex("https?://[^ ]+")]
    private static partial Regex Address();
}
