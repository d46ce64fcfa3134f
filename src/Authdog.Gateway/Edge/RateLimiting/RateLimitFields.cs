using System.Globalization;
using System.Text;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>The fields <c>RateLimit-Policy</c> and <c>RateLimit</c> of draft-ietf-httpapi-ratelimit-headers-10: lists of structured fields, one item for each limit.</summary>
internal static class RateLimitFields
{
    public const string Policy = "RateLimit-Policy";
    public const string State = "RateLimit";

    /// <summary>Both fields; limits that only watch are nobody's business.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(IEnumerable<CountedLimit> limits)
    {
        StringBuilder policies = new(), states = new();
        foreach (var limit in limits)
        {
            if (limit.DryRun)
            {
                continue;
            }

            var separator = policies.Length == 0 ? string.Empty : ", ";

            // Section 3.1: q is the quota, w the window. Section 4.1: r is what remains, t when that changes for the better.
            policies.Append(CultureInfo.InvariantCulture, $"{separator}\"{limit.Name}\";q={limit.Rate.Permits};w={Seconds(limit.Rate.Window)}");
            var reset = limit.State.Remaining > 0 ? limit.State.ResetAfter : limit.State.RetryAfter;
            states.Append(CultureInfo.InvariantCulture, $"{separator}\"{limit.Name}\";r={limit.State.Remaining};t={Seconds(reset)}");
        }

        return policies.Length == 0 ? [] : [KeyValuePair.Create(Policy, policies.ToString()), KeyValuePair.Create(State, states.ToString())];
    }

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);
}
