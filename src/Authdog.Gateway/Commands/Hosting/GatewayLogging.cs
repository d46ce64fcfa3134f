using Microsoft.Extensions.Logging.Console;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>Logs go to the console: warnings and worse, unless the section <c>Logging</c> says otherwise.</summary>
internal static class GatewayLogging
{
    private const string Diagnostics = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Sets it up. A command's output is its answer, so its logs go to the error stream.</summary>
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration, bool toError)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        // It warns that it forbids caching, which the pages want anyway.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // It prints the stack of what ends the program, which is said once and in a sentence by who started it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddSimpleConsole(console => console.SingleLine = true);

        // B16: its lines have the query, and with it the secret of each link in a mail. After the configuration and for the console by name, so
        // that no setting brings them back; the access log says the rest.
        logging.AddFilter(Diagnostics, LogLevel.Warning);
        logging.AddFilter<ConsoleLoggerProvider>(Diagnostics, LogLevel.Warning);
        if (toError)
        {
            logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    }
}
