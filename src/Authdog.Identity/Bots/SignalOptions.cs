using System.Reflection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Bots;

/// <summary>Section <c>BotProtection:Signals</c>: what each signal weighs. 0 switches it off; 100 alone is proof; below 0 it speaks for a person and lowers the score by so many percent.</summary>
public sealed class SignalOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "BotProtection:Signals";

    /// <summary>The <c>User-Agent</c> is that of a known crawler, library or tool.</summary>
    public int DeclaredCrawler { get; set; } = 60;

    /// <summary>It is one of a search engine, and the address is the engine's by reverse and forward DNS (<c>BotProtection:Crawlers</c>).</summary>
    public int VerifiedCrawler { get; set; } = -80;

    /// <summary>It is one of a search engine, and the address is not the engine's.</summary>
    public int ImpostorCrawler { get; set; } = 95;

    /// <summary>There is no <c>User-Agent</c>.</summary>
    public int NoAgent { get; set; } = 50;

    /// <summary>The <c>User-Agent</c> is no browser's, and of no known program either.</summary>
    public int UnknownAgent { get; set; } = 40;

    /// <summary>A browser that runs without a window.</summary>
    public int Headless { get; set; } = 60;

    /// <summary>A browser without <c>Accept-Language</c>.</summary>
    public int NoLanguage { get; set; } = 35;

    /// <summary>A browser without <c>Accept-Encoding</c>, or one that takes no gzip.</summary>
    public int NoEncoding { get; set; } = 30;

    /// <summary>A browser's page request whose <c>Accept</c> has no HTML, or any request without <c>Accept</c>.</summary>
    public int OddAccept { get; set; } = 30;

    /// <summary>A browser new enough for <c>Sec-Fetch-*</c> that sends none over HTTPS.</summary>
    public int NoFetchMetadata { get; set; } = 40;

    /// <summary><c>Sec-Fetch-*</c> that no browser sends together.</summary>
    public int OddFetchMetadata { get; set; } = 40;

    /// <summary>A Chromium new enough for client hints that sends none over HTTPS.</summary>
    public int NoClientHints { get; set; } = 40;

    /// <summary>Client hints that say something else than the <c>User-Agent</c>.</summary>
    public int HintsContradict { get; set; } = 60;

    /// <summary>Header fields in an order that no browser has.</summary>
    public int HeaderOrder { get; set; } = 30;

    /// <summary>A network whose machines are rented (<c>BotProtection:Crawlers:HostingNetworks</c>; needs <c>Policies:Geo:AsnFile</c>).</summary>
    public int HostingNetwork { get; set; } = 25;

    /// <summary>Many scored requests from one client network within a minute.</summary>
    public int Burst { get; set; } = 40;

    /// <summary>A cookie of the gateway that was changed.</summary>
    public int ForgedCookie { get; set; } = 20;

    /// <summary>A browser that has been here on an earlier day.</summary>
    public int KnownClient { get; set; } = -20;

    /// <summary>A browser in which somebody has signed in before.</summary>
    public int SignedInBefore { get; set; } = -60;

    /// <summary>A challenge was solved not long ago.</summary>
    public int ChallengePassed { get; set; } = -60;

    /// <summary>A field that people do not see was filled in.</summary>
    public int Honeypot { get; set; } = 92;

    /// <summary>A form that came back faster than anybody types.</summary>
    public int FastForm { get; set; } = 25;

    /// <summary>Many sign-ups from one client network within an hour.</summary>
    public int SignUpVelocity { get; set; } = 70;

    internal sealed class Validator : IValidateOptions<SignalOptions>
    {
        private static readonly PropertyInfo[] s_weights = typeof(SignalOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);

        public ValidateOptionsResult Validate(string? name, SignalOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            foreach (var weight in s_weights)
            {
                if (weight.GetValue(options) is int value and (< -100 or > 100))
                {
                    errors.AddError($"{Section}:{weight.Name} is {value}. Give -100 to 100; 0 switches the signal off.");
                }
            }

            return errors.Build();
        }
    }
}
