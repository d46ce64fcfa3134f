using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Admission;

/// <summary>Whether somebody goes in at once or waits in line. While anybody waits, nobody who has not waited goes in before them.</summary>
public sealed class AdmissionGate
{
    // A mistyped password or two need no second wait.
    private const int Tries = 3;

    // Whoever waits asks again within seconds: after so long without a word nobody does, or other nodes let them in.
    private static readonly TimeSpan s_known = TimeSpan.FromSeconds(30);

    private readonly WaitingLineStore _store;
    private readonly Tickets _tickets;
    private readonly AdmissionPace _pace;
    private readonly RateLimits _rates;
    private readonly AdmissionOptions _options;
    private readonly TimeProvider _time;
    private long _openUntil;

    internal AdmissionGate(WaitingLineStore store, Tickets tickets, AdmissionPace pace, RateLimits rates, IOptions<AdmissionOptions> options, TimeProvider time)
    {
        (_store, _tickets, _pace, _rates, _options, _time) = (store, tickets, pace, rates, options.Value, time);
    }

    /// <summary>Whether people wait, as far as this node knows.</summary>
    public bool IsLineOpen => _options.Enabled && _time.GetUtcNow().UtcTicks < Volatile.Read(ref _openUntil);

    internal bool IsEnabled => _options.Enabled;

    /// <summary>Whether this request has waited; a right to go in is good for a few tries.</summary>
    public async Task<bool> RedeemAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Features.Get<AdmittedFeature>() is not null)
        {
            return true;
        }

        if (_tickets.FindAdmitted(context) is not { } number)
        {
            return false;
        }

        var use = new RateAsk(TenantId.Default, "admission-use", $"{number}", new Rate(Tries, _options.AdmittedFor));
        var admitted = (await _rates.TakeAsync([use], cancellationToken)).Allowed;
        if (admitted)
        {
            Prefer(context);
        }

        return admitted;
    }

    /// <summary>Lets a request go before those who wait, for its own sake and not in anybody's place.</summary>
    public static void Prefer(HttpContext context) => context.Features.Set(new AdmittedFeature());

    /// <summary>Whether a page that asks for a password had better show the line first.</summary>
    public bool MustWait(HttpContext context) => IsLineOpen && _tickets.FindAdmitted(context) is null;

    /// <summary>The request's place in the line, drawn where it has none; null when its client network has drawn too many.</summary>
    internal async Task<(Ticket Ticket, Line Line)?> JoinAsync(HttpContext context, string back, CancellationToken cancellationToken)
    {
        // Whoever comes back keeps the place; whoever was let in with it has used it up.
        if (_tickets.Find(context) is { } held && await AskAsync(held.Number, cancellationToken) is { Position: > 0 } place)
        {
            return (new Ticket(place.Number, back), place);
        }

        var ask = new RateAsk(TenantId.Default, "admission-tickets", ClientNetwork.Of(context.Connection.RemoteIpAddress), new Rate(_options.TicketsPerNetwork, TimeSpan.FromMinutes(1)));
        if (!(await _rates.TakeAsync([ask], cancellationToken)).Allowed)
        {
            return null;
        }

        var drawn = await StepAsync(_store.DrawAsync, cancellationToken);
        return (new Ticket(drawn.Number, back), drawn);
    }

    /// <summary>How the line stands for a number, after as many were let in as this node can take.</summary>
    internal Task<Line> AskAsync(long number, CancellationToken cancellationToken) => StepAsync((letIn, cancel) => _store.AskAsync(number, letIn, cancel), cancellationToken);

    /// <summary>How long a place will take.</summary>
    internal TimeSpan Estimate(long position) => TimeSpan.FromSeconds(Math.Ceiling(position / Math.Max(0.1, _pace.PerSecond)));

    private async Task<Line> StepAsync(Func<int, CancellationToken, Task<Line>> step, CancellationToken cancellationToken)
    {
        var places = _pace.Take();
        var line = await step(places, cancellationToken);
        _pace.GiveBack(places - line.LetIn);
        Volatile.Write(ref _openUntil, line.IsOpen ? (_time.GetUtcNow() + s_known).UtcTicks : 0);
        return line;
    }
}
