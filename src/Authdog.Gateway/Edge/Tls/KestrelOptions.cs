using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>Section <c>Kestrel</c>, in ASP.NET Core's own words: where to listen, and with which certificates. Certificates are files; they are read again when they change.</summary>
internal sealed class KestrelOptions
{
    public const string Section = "Kestrel";

    /// <summary>Where to listen, by names of the operator's choice. Instead of <c>Urls</c>.</summary>
    public IDictionary<string, EndpointSettings> Endpoints { get; set; } = new Dictionary<string, EndpointSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>For endpoints that do not say it themselves.</summary>
    public EndpointDefaultSettings EndpointDefaults { get; set; } = new();

    /// <summary>The certificate named <c>Default</c> serves HTTPS endpoints without one of their own, and <c>https</c> entries of <c>Urls</c>.</summary>
    public IDictionary<string, CertificateSettings> Certificates { get; set; } = new Dictionary<string, CertificateSettings>(StringComparer.OrdinalIgnoreCase);

    internal sealed class Validator(IOptions<GatewayOptions> gateway, ListeningUrls urls, IHostEnvironment? environment = null) : IValidateOptions<KestrelOptions>
    {
        public ValidateOptionsResult Validate(string? name, KestrelOptions options)
        {
            // A command beside the gateway opens no listener, and may be run by somebody who cannot read its keys.
            if (environment is null)
            {
                return ValidateOptionsResult.Success;
            }

            var errors = TlsRules.Check(options, Tls(), urls, environment.ContentRootPath);
            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        // Mistakes in section Gateway are said by its own validator.
        private TlsOptions? Tls()
        {
            try
            {
                return gateway.Value.Tls;
            }
            catch (OptionsValidationException)
            {
                return null;
            }
        }
    }
}
