using System.Threading.RateLimiting;
using Authdog.Gateway.Access;
using Authdog.Gateway.Access.Treatments;
using Authdog.Identity.Redis.Rates;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>The limits of one stage, as ASP.NET Core's middleware asks for them: at once where none concerns the request, and in one round trip for all that do.</summary>
internal sealed class RequestRateLimiter(RateRule[] rules, RateRules all, NamedTreatments? treatments, RateLimits limits, RateReport report) : PartitionedRateLimiter<HttpContext>
{
    // Names are judged before a set of policies is in force; one that is gone since then lets next to nothing through.
    private static readonly Rate s_gone = new(1, TimeSpan.FromMinutes(1));

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <summary>Whether any limit concerns a request: all that a request costs which none does.</summary>
    public bool Concerns(HttpContext context)
    {
        if (PolicyLimit(context) is not null)
        {
            return !all.Spares(context.Features.GetRequiredFeature<CanonicalRequest>());
        }

        if (rules.Length > 0)
        {
            var request = context.Features.GetRequiredFeature<CanonicalRequest>();
            foreach (var rule in rules)
            {
                if (rule.Concerns(context, request))
                {
                    return !all.Spares(request);
                }
            }
        }

        return false;
    }

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) => Concerns(resource) ? SharedLease.NotYet : SharedLease.Free;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext context, int permitCount, CancellationToken cancellationToken)
    {
        var request = context.Features.GetRequiredFeature<CanonicalRequest>();
        List<(string Name, RateAsk Ask)> asked = [];
        if (!all.Spares(request))
        {
            foreach (var rule in rules)
            {
                if (rule.Concerns(context, request) && rule.Ask(context, request) is { } ask)
                {
                    asked.Add((rule.Name, ask));
                }
            }

            if (PolicyLimit(context) is { } name)
            {
                asked.Add(($"policy-{name}", Ask(context, request, name)));
            }
        }

        var verdict = await limits.TakeAsync([.. asked.Select(entry => entry.Ask)], cancellationToken);
        var counted = new CountedLimit[asked.Count];
        for (var i = 0; i < counted.Length; i++)
        {
            counted[i] = new CountedLimit(asked[i].Name, asked[i].Ask.Rate, asked[i].Ask.IsWatched, verdict.States[i]);
        }

        report.Tell(context, request, verdict.Allowed, counted, verdict.IsLocal);
        return new SharedLease(verdict.Allowed, counted);
    }

    private string? PolicyLimit(HttpContext context) => treatments is null ? null : context.Features.Get<AccessFeature>()?.Decision.Treatment.RateLimit;

    private RateAsk Ask(HttpContext context, CanonicalRequest request, string name)
    {
        var settings = treatments!.RateLimit(name);
        var subject = settings is { By: RateLimitSubject.Client } ? RateRule.Client(request) : RateRule.UserOf(context, request);
        return new RateAsk(RateRule.Tenant(context), $"policy-{name}", subject, settings is null ? s_gone : new Rate(settings.Permits, settings.Window, settings.Algorithm))
        {
            IsWatched = settings is { DryRun: true },
        };
    }
}
