using System.Security.Cryptography;
using Authdog.Gateway.Edge;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.ForwardAuth;

internal sealed partial class ForwardAuthOptions
{
    /// <summary>What must hold for the section <c>Gateway:ForwardAuth</c>: a listener that answers "allowed" must know whom it answers.</summary>
    internal sealed class Validator : IValidateOptions<ForwardAuthOptions>
    {
        private const string Key = Section + ":";
        private const int MinSecretLength = 32;

        public ValidateOptionsResult Validate(string? name, ForwardAuthOptions options)
        {
            List<string> errors = [];
            if (options.Url is null)
            {
                CheckOff(errors, options);
            }
            else
            {
                CheckUrl(errors, options);
                CheckProxy(errors, options);
                CheckAddresses(errors, options.AllowedAddresses);
                CheckSecret(errors, options);
                CheckCertificates(errors, options);
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        // Half a configuration is a mistake: whoever wrote it believes that something guards the app.
        private static void CheckOff(List<string> errors, ForwardAuthOptions settings)
        {
            if (settings.Proxy is not null || settings.AllowedAddresses.Count > 0 || settings.SharedSecret is not null || settings.SharedSecretFile is not null || settings.ClientCertificateFile is not null)
            {
                errors.Add($"AG1050 {Key}Url is missing, so that the rest of the section does nothing: name where to listen, such as 'http://127.0.0.1:8082', or remove the section.");
            }
        }

        private static void CheckUrl(List<string> errors, ForwardAuthOptions settings)
        {
            if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
            {
                errors.Add($"AG1051 {Key}Url = '{settings.Url}' is not scheme, host and port alone: write it like 'http://127.0.0.1:8082'.");
                return;
            }

            var isTls = url.Scheme == Uri.UriSchemeHttps;
            if (isTls != (settings.CertificateFile is not null) || isTls != (settings.CertificateKeyFile is not null))
            {
                errors.Add($"AG1052 {Key}CertificateFile and CertificateKeyFile go with an https Url and only with one: Url is '{settings.Url}'.");
            }

            if (settings.ClientCertificateFile is not null && !isTls)
            {
                errors.Add($"AG1053 {Key}ClientCertificateFile needs an https Url; Url is '{settings.Url}'.");
            }
        }

        private static void CheckProxy(List<string> errors, ForwardAuthOptions settings)
        {
            if (settings.Proxy is not { } proxy || !Enum.IsDefined(proxy))
            {
                errors.Add($"AG1054 {Key}Proxy is missing: name the proxy that asks, one of {string.Join(", ", Enum.GetNames<ForwardAuthProxy>())}.");
            }

            if (settings.SignInStatus is not (401 or 302) || (settings.SignInStatus == 302 && settings.Proxy == ForwardAuthProxy.Nginx))
            {
                errors.Add($"AG1055 {Key}SignInStatus = {settings.SignInStatus}: write 401, or, for a proxy other than nginx, 302.");
            }
        }

        private static void CheckAddresses(List<string> errors, IList<string> addresses)
        {
            if (addresses.Count == 0)
            {
                errors.Add($"AG1056 {Key}AllowedAddresses is missing: list the proxy's addresses, such as '127.0.0.1'.");
            }

            for (var i = 0; i < addresses.Count; i++)
            {
                if (!AddressList.TryParse(addresses[i], out var network))
                {
                    errors.Add($"AG1057 {Key}AllowedAddresses:{i} = '{addresses[i]}' is neither an address nor a CIDR range: write '10.0.0.7' or '10.0.0.0/8'.");
                }
                else if (network.PrefixLength == 0)
                {
                    errors.Add($"AG1057 {Key}AllowedAddresses:{i} = '{addresses[i]}' allows everybody: list the proxy's addresses.");
                }
            }
        }

        private static void CheckSecret(List<string> errors, ForwardAuthOptions settings)
        {
            if (settings.SharedSecret is null && settings.SharedSecretFile is null && settings.ClientCertificateFile is null)
            {
                errors.Add($"AG1058 {Key}SharedSecret and ClientCertificateFile are both missing: how does the proxy prove itself? Make a secret with 'openssl rand -hex 32'.");
                return;
            }

            if (settings.SharedSecret is not null && settings.SharedSecretFile is not null)
            {
                errors.Add($"AG1059 {Key}SharedSecret and SharedSecretFile are both set: keep one of them.");
            }

            if (!ReservedHeaders.IsPlain(settings.SharedSecretHeader) || settings.SharedSecretHeader.Length == 0)
            {
                errors.Add($"AG1060 {Key}SharedSecretHeader = '{settings.SharedSecretHeader}': a header name has letters, digits and '-'.");
            }

            // The value is a secret: no message repeats it.
            try
            {
                if (CallerSecret.Read(settings) is { } secret && (secret.Length < MinSecretLength || secret.Any(c => c is <= ' ' or > '~')))
                {
                    errors.Add($"AG1061 {Key}SharedSecret has fewer than {MinSecretLength} characters, or others than visible ASCII: make one with 'openssl rand -hex 32'.");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                errors.Add($"AG1062 {Key}SharedSecretFile = '{settings.SharedSecretFile}' cannot be read: {exception.Message}");
            }
        }

        private static void CheckCertificates(List<string> errors, ForwardAuthOptions settings)
        {
            if (settings.CertificateFile is not null && settings.CertificateKeyFile is not null)
            {
                Try(errors, $"AG1063 {Key}CertificateFile = '{settings.CertificateFile}'", () => ListenerCertificates.LoadOwn(settings).Dispose());
            }

            if (settings.ClientCertificateFile is not null)
            {
                Try(errors, $"AG1064 {Key}ClientCertificateFile = '{settings.ClientCertificateFile}'", () => _ = ListenerCertificates.LoadClients(settings));
            }
        }

        private static void Try(List<string> errors, string place, Action read)
        {
            try
            {
                read();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
            {
                errors.Add($"{place} cannot be read: {exception.Message}");
            }
        }
    }
}
