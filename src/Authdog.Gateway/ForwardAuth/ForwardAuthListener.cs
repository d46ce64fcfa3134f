using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>The listener for other proxies' questions; does not exist unless configured.</summary>
internal sealed class ForwardAuthListener(IServiceProvider services, IOptions<ForwardAuthOptions> options) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Where it listens; empty when off.</summary>
    public IEnumerable<string> Addresses => _app?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (settings.Url is null)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "ForwardAuth" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls(settings.Url).ConfigureKestrel(kestrel => Configure(kestrel, settings));
        _app = builder.Build();
        _app.Run(services.GetRequiredService<ForwardAuthHandler>().HandleAsync);
        await _app.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
        {
            await _app.StopAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private void Configure(KestrelServerOptions kestrel, ForwardAuthOptions settings)
    {
        kestrel.AddServerHeader = false;

        // A question has no body that anybody reads.
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;

        // A question has all headers of the request in question, and some more.
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 200;
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;

        // Cookies go back byte for byte.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        if (settings.CertificateFile is null)
        {
            return;
        }

        var certificate = ListenerCertificates.LoadOwn(settings);
        var gate = services.GetRequiredService<ForwardAuthGate>();
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = certificate;
            if (gate.AsksForCertificate)
            {
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (shown, _, _) => gate.IsKnown(shown);
            }
        });
    }
}
