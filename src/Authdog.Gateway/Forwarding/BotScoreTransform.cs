using System.Globalization;
using Authdog.Gateway.Edge.BotProtection;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

/// <summary>Tells an app that asks for it how likely the request comes from a program. What a client sends under this name was removed at the edge.</summary>
internal sealed class BotScoreTransform(BotScorer scorer) : RequestTransform
{
    /// <summary>0 is surely a person, 100 surely a program.</summary>
    public const string Header = "X-Authdog-Bot-Score";

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        context.ProxyRequest.Headers.Remove(Header);
        context.ProxyRequest.Headers.TryAddWithoutValidation(Header, scorer.Of(context.HttpContext).Value.ToString(CultureInfo.InvariantCulture));
        return default;
    }
}
