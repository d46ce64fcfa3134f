using System.Net;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge;

/// <summary>Section <c>Gateway</c>: where the gateway is reached, where it keeps its things, and whom it believes.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>Scheme, host and port under which browsers reach the gateway, such as <c>https://app.example.com</c>; <c>iss</c> of the assertion. Absent: the first listening URL.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Where health and metrics are served. Never public.</summary>
    public string ManagementUrl { get; set; } = "http://127.0.0.1:8081";

    /// <summary>Folder of the embedded stores, the master key and the outbox.</summary>
    public string DataPath { get; set; } = "./data";

    /// <summary>Addresses and CIDR ranges of the proxies in front, whose <c>X-Forwarded-*</c> is believed (B4). None by default.</summary>
    public IList<string> TrustedProxies { get; set; } = [];

    /// <summary>Master key, base64, 32 bytes; for several nodes. Instead of <see cref="MasterKeyFile"/>.</summary>
    public string? MasterKey { get; set; }

    /// <summary>File of the master key. Absent: <c>master.key</c> in <see cref="DataPath"/>, made at the first start.</summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>How much one client may ask of the gateway.</summary>
    public LimitsOptions Limits { get; set; } = new();

    /// <summary>TLS beyond what section <c>Kestrel</c> says.</summary>
    public TlsOptions Tls { get; set; } = new();

    internal sealed class Validator : IValidateOptions<GatewayOptions>
    {
        public ValidateOptionsResult Validate(string? name, GatewayOptions options)
        {
            List<string> errors = [];
            CheckUrl(errors, "AG1001", "Gateway:PublicUrl", options.PublicUrl, mayBeAbsent: true);
            CheckUrl(errors, "AG1002", "Gateway:ManagementUrl", options.ManagementUrl, mayBeAbsent: false);
            if (string.IsNullOrWhiteSpace(options.DataPath))
            {
                errors.Add("AG1003 Gateway:DataPath is empty: name a folder that the gateway may write to, or leave the key out for './data'.");
            }

            for (var i = 0; i < options.TrustedProxies.Count; i++)
            {
                if (!IPNetwork.TryParse(options.TrustedProxies[i], out _) && !IPAddress.TryParse(options.TrustedProxies[i], out _))
                {
                    errors.Add($"AG1004 Gateway:TrustedProxies:{i} = '{options.TrustedProxies[i]}' is neither an address nor a CIDR range: write '10.0.0.7' or '10.0.0.0/8'.");
                }
            }

            CheckMasterKey(errors, options);
            options.Limits.Check(errors);
            options.Tls.Check(errors);
            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        private static void CheckUrl(List<string> errors, string code, string key, string? value, bool mayBeAbsent)
        {
            if (value is null && mayBeAbsent)
            {
                return;
            }

            var valid = Uri.TryCreate(value, UriKind.Absolute, out var url)
                && url.Scheme is "http" or "https"
                && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" };
            if (!valid)
            {
                errors.Add($"{code} {key} = '{value}' is not scheme, host and port alone: write it like 'https://app.example.com'.");
            }
        }

        private static void CheckMasterKey(List<string> errors, GatewayOptions options)
        {
            if (options.MasterKey is null)
            {
                return;
            }

            if (options.MasterKeyFile is not null)
            {
                errors.Add("AG1005 Gateway:MasterKey and Gateway:MasterKeyFile are both set: keep one of them.");
            }

            // The value is a secret: the message does not repeat it.
            Span<byte> key = stackalloc byte[64];
            if (!Convert.TryFromBase64String(options.MasterKey, key, out var length) || length != 32)
            {
                errors.Add("AG1006 Gateway:MasterKey is not 32 bytes in base64: make one with 'openssl rand -base64 32'.");
            }

            key.Clear();
        }
    }
}
