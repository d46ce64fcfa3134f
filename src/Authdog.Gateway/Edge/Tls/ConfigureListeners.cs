using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>Gives the server its <see cref="Listeners"/>.</summary>
internal sealed class ConfigureListeners(IServiceProvider services) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        try
        {
            services.GetRequiredService<Listeners>().OpenOn(options);
        }
        catch (OptionsValidationException)
        {
            // The server is made with the application, before its mistakes are collected. They are said then, all of them, and nothing starts.
        }
    }
}
