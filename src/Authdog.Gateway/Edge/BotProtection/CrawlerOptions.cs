using System.Net;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>Section <c>BotProtection:Crawlers</c>: search engines' crawlers, and networks whose machines are rented.</summary>
internal sealed class CrawlerOptions
{
    public const string Section = "BotProtection:Crawlers";

    /// <summary>Whether crawlers of search engines are verified by reverse and forward DNS. The request that asks first does not wait for it.</summary>
    public bool Verify { get; set; }

    /// <summary>Name servers to ask, as <c>address</c> or <c>address:port</c>; empty: the machine's own.</summary>
    public IList<string> Resolvers { get; } = [];

    /// <summary>How long an answer is remembered.</summary>
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Autonomous systems whose machines are rented, besides the well-known ones.</summary>
    public IList<long> HostingNetworks { get; } = [];

    internal sealed class Validator : IValidateOptions<CrawlerOptions>
    {
        public ValidateOptionsResult Validate(string? name, CrawlerOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            foreach (var resolver in options.Resolvers.Where(resolver => !IPEndPoint.TryParse(resolver, out _)))
            {
                errors.AddError($"AG1090 {Section}:Resolvers has '{resolver}'. Give an address, such as 192.0.2.53 or [2001:db8::53]:5353.");
            }

            if (options.RememberFor < TimeSpan.FromMinutes(1) || options.RememberFor > TimeSpan.FromDays(7))
            {
                errors.AddError($"AG1091 {Section}:RememberFor is {options.RememberFor}. Give 1 minute to 7 days.");
            }

            foreach (var number in options.HostingNetworks.Where(number => number is < 1 or > uint.MaxValue))
            {
                errors.AddError($"AG1092 {Section}:HostingNetworks has {number}. Give the number of an autonomous system, 1 to 4294967295.");
            }

            return errors.Build();
        }
    }
}
