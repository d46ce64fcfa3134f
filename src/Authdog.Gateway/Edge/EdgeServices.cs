using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Edge;

internal static class EdgeServices
{
    public static IServiceCollection AddEdge(this IServiceCollection services, IConfiguration configuration)
    {
        // Not bound strictly: the section has parts of other features. The check of all settings refuses unknown keys.
        services.AddOptions<GatewayOptions>()
            .Bind(configuration.GetSection(GatewayOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptions.Validator>();
        // A line ends with CRLF: a hop that reads a bare LF as text and one that reads it as an end see two different requests (B19).
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", isEnabled: true);
        services.Configure<KestrelServerOptions>(static server =>
        {
            // Header bytes beyond ASCII pass as they are (Latin-1 is one byte a character), and the app's own Server header passes too.
            server.RequestHeaderEncodingSelector = static name => name == HeaderNames.ContentLength ? DigitsEncoding.Instance : Encoding.Latin1;
            server.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            server.AddServerHeader = false;
        });
        services.AddSingleton<EdgeMetrics>();
        services.AddSingleton<TrustedProxies>();
        services.AddSingleton<ReservedHeaders>();
        services.AddSingleton<HeaderHygiene>();
        services.AddSingleton<PublicUrl>();
        services.AddSingleton<TenantChoice>();
        return services;
    }
}
