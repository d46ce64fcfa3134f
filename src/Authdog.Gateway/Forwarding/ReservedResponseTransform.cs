using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

internal sealed class ReservedResponseTransform : ResponseTransform
{
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        ReservedResponseHeaders.RemoveFrom(context.HttpContext.Response.Headers);
        return default;
    }
}
