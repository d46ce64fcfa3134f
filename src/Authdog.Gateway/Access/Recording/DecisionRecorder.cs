using System.Threading.Channels;
using Authdog.Gateway.Answers;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Access.Recording;

/// <summary>Takes decisions off the request's path: what is to be recorded goes into a bounded queue, and one more than fits is dropped and counted.</summary>
internal sealed class DecisionRecorder(PolicyCatalog catalog, IOptions<RecordingOptions> options)
{
    private const int QueueLength = 4096;

    private readonly Sampler _sampler = new(options.Value.SampleRate);
    private readonly bool _isOn = options.Value is { MaxFiles: > 0 } or { MaxShared: > 0 };
    private readonly Channel<QueuedDecision> _queue = Channel.CreateBounded<QueuedDecision>(new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private long _dropped;

    /// <summary>What waits to be written.</summary>
    public ChannelReader<QueuedDecision> Queue => _queue.Reader;

    /// <summary>How many were dropped since the last time that this was asked.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>Looks at a decision. What is allowed is recorded at once, if at all; what is not is handed back, for when its answer is known.</summary>
    public SeenRequest? Look(AccessDecision decision, in AccessRequest request, HttpFacts facts)
    {
        var differs = decision.WithShadowRules is not null || decision.ByShadowPolicy is not null;
        if (decision.Outcome == AccessOutcome.Allow)
        {
            var sampled = _sampler.Take();
            if (_isOn && (differs || sampled))
            {
                Record(new SeenRequest(decision, Detach(decision, in request, facts)), AnswerId.New(), differs ? 1 : _sampler.Weight);
            }

            return null;
        }

        return _isOn ? new SeenRequest(decision, Detach(decision, in request, facts)) : null;
    }

    /// <summary>Records a decision whose id was told.</summary>
    public void Record(SeenRequest seen, string id) => Record(seen, id, weight: 1);

    /// <summary>Records a decision whose id nobody was told, if it is chosen or shadow mode differs.</summary>
    public void Sample(SeenRequest seen, string id)
    {
        if (seen.Decision.WithShadowRules is not null || seen.Decision.ByShadowPolicy is not null)
        {
            Record(seen, id, weight: 1);
        }
        else if (_sampler.Take())
        {
            Record(seen, id, _sampler.Weight);
        }
    }

    private void Record(SeenRequest seen, string id, double weight)
    {
        if (!_queue.Writer.TryWrite(new QueuedDecision(id, weight, seen)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    // The request's headers are the server's to use again.
    private AccessRequest Detach(AccessDecision decision, in AccessRequest request, HttpFacts facts)
    {
        var inputs = catalog.Current.Inputs(decision.Policy);
        var headers = inputs.Headers
            .Where(name => !name.Equals(HeaderNames.Authorization, StringComparison.OrdinalIgnoreCase))
            .Select(name => KeyValuePair.Create(name, facts.Lines(name)))
            .Where(header => header.Value.Length > 0);
        return request with
        {
            Query = inputs.QueryParameters.IsEmpty ? null : request.Query,
            Facts = new GivenFacts(
                headers,
                facts.ClientCertificate,
                inputs.Keywords.Contains("country") ? facts.Country : null,
                inputs.Keywords.Contains("asn") ? facts.Asn : null,
                inputs.Keywords.Contains("bot-score") ? facts.BotScore : null,
                inputs.Keywords.Contains("bot-score") ? facts.BotSignals : null,
                inputs.Challenges ? facts.ChallengePassed : null),
        };
    }
}
