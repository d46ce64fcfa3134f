using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Authdog.TestKit.Saml;

/// <summary>Debian's SimpleSAMLphp 1.19 as identity provider, on PHP's own server, with a folder of its own for configuration, keys and sessions.</summary>
/// <remarks>It reads its files at every request, so service providers and keys may change while it runs.</remarks>
public sealed class SimpleSamlPhpServer : IAsyncDisposable
{
    /// <summary>The person who can sign in.</summary>
    public const string UserName = "ada";

    /// <summary>Her password.</summary>
    public const string Password = "correct horse battery staple";

    private const string Www = "/usr/share/simplesamlphp/www";
    private readonly string _folder;
    private LocalServer? _server;
    private SamlIdpKey _key = SamlIdpKey.Create("simplesamlphp");
    private SamlIdpKey? _nextKey;

    private SimpleSamlPhpServer(string folder, int port)
    {
        _folder = folder;
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>Its entity id, which is the address of its metadata, too.</summary>
    public string EntityId => Url + "saml2/idp/metadata.php";

    /// <summary>Starts it.</summary>
    public static async Task<SimpleSamlPhpServer> StartAsync(params SamlServiceRegistration[] services)
    {
        var port = FreePort.Next();
        var server = new SimpleSamlPhpServer(Directory.CreateTempSubdirectory("authdog-simplesamlphp-").FullName, port);
        foreach (var folder in new[] { "config", "metadata", "cert", "data", "sessions", "log", "tmp" })
        {
            Directory.CreateDirectory(Path.Combine(server._folder, folder));
        }

        server.Write("config/config.php", server.Config());
        server.Write("config/authsources.php", $"""<?php $config = ['people' => ['exampleauth:UserPass', '{UserName}:{Password}' => ['uid' => ['{UserName}'], 'mail' => ['ada@example.com'], 'displayName' => ['Ada Lovelace'], 'groups' => ['staff', 'finance']]]];""");
        server.WriteKeys();
        server.Register(services);
        var start = new ProcessStartInfo("/usr/bin/php", ["-d", "display_errors=0", "-d", "opcache.enable=0", "-S", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "-t", Www]) { WorkingDirectory = server._folder };
        start.Environment["SIMPLESAMLPHP_CONFIG_DIR"] = Path.Combine(server._folder, "config");
        server._server = await LocalServer.StartAsync(start, port);
        return server;
    }

    /// <summary>Address that begins a sign-in at the identity provider.</summary>
    public string BeginAtProvider(string entityId, string relayState) =>
        $"{Url}saml2/idp/SSOService.php?spentityid={Uri.EscapeDataString(entityId)}&RelayState={Uri.EscapeDataString(relayState)}";

    /// <summary>Address that begins a logout at the identity provider.</summary>
    public string LogOutAtProvider() => $"{Url}saml2/idp/initSLO.php?RelayState={Uri.EscapeDataString(Url + "logout.php")}";

    /// <summary>Tells it of service providers, instead of those it knew.</summary>
    public void Register(params SamlServiceRegistration[] services)
    {
        var text = new StringBuilder("<?php\n");
        foreach (var service in services)
        {
            var keys = service.SigningCertificates.Select(certificate => $"['type' => 'X509Certificate', 'signing' => true, 'encryption' => false, 'X509Certificate' => '{certificate}'],");
            if (service.EncryptionCertificate is not null)
            {
                keys = keys.Append($"['type' => 'X509Certificate', 'signing' => false, 'encryption' => true, 'X509Certificate' => '{service.EncryptionCertificate}'],");
            }

            text.Append(CultureInfo.InvariantCulture, $$"""
                $metadata['{{service.EntityId}}'] = [
                  'AssertionConsumerService' => '{{service.AssertionConsumerService}}',
                  'SingleLogoutService' => [['Binding' => '{{service.LogoutBinding}}', 'Location' => '{{service.SingleLogoutService}}']],
                  'keys' => [{{string.Concat(keys)}}],
                  'saml20.sign.response' => {{Php(service.SignResponse)}},
                  'saml20.sign.assertion' => {{Php(service.SignAssertion)}},
                  'assertion.encryption' => {{Php(service.EncryptionCertificate is not null && !service.EncryptNameId)}},
                  'nameid.encryption' => {{Php(service.EncryptNameId)}},
                  'validate.authnrequest' => {{Php(service.RequireSignedRequests)}},
                  'redirect.validate' => {{Php(service.RequireSignedRequests)}},
                  'validate.logout' => {{Php(service.SigningCertificates.Count > 0)}},
                  'sign.logout' => true,
                  'redirect.sign' => true,
                  'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
                  'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
                  'simplesaml.nameidattribute' => 'uid',
                ];

                """);
        }

        Write("metadata/saml20-sp-remote.php", text.ToString());
    }

    /// <summary>Publishes a further key, which does not sign yet.</summary>
    public void AnnounceKey()
    {
        _nextKey = SamlIdpKey.Create("simplesamlphp-next");
        WriteKeys();
    }

    /// <summary>Signs with the announced key and publishes no other.</summary>
    public void SwitchKey()
    {
        (_key, _nextKey) = (_nextKey ?? throw new InvalidOperationException("No key was announced."), null);
        WriteKeys();
    }

    /// <summary>Signs with the announced key and still publishes the other: what a provider does in the middle of a rollover.</summary>
    public void SwapKeys()
    {
        (_key, _nextKey) = (_nextKey ?? throw new InvalidOperationException("No key was announced."), _key);
        WriteKeys();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void WriteKeys()
    {
        Write("cert/idp.pem", _key.PrivateKey);
        Write("cert/idp.crt", _key.Certificate);
        if (_nextKey is not null)
        {
            Write("cert/next.pem", _nextKey.PrivateKey);
            Write("cert/next.crt", _nextKey.Certificate);
        }

        var next = _nextKey is null ? "" : "'new_privatekey' => 'next.pem', 'new_certificate' => 'next.crt',";
        Write("metadata/saml20-idp-hosted.php", $$"""
            <?php $metadata['{{EntityId}}'] = [
              'host' => '__DEFAULT__',
              'privatekey' => 'idp.pem', 'certificate' => 'idp.crt', {{next}}
              'auth' => 'people',
              'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
              'SingleSignOnServiceBinding' => ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'],
              'SingleLogoutServiceBinding' => ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'],
            ];
            """);
    }

    private string Config() => $$"""
        <?php $config = [
          'baseurlpath' => '{{Url}}',
          'certdir' => '{{_folder}}/cert/', 'loggingdir' => '{{_folder}}/log/', 'datadir' => '{{_folder}}/data/', 'tempdir' => '{{_folder}}/tmp', 'metadatadir' => '{{_folder}}/metadata/',
          'secretsalt' => '{{Guid.NewGuid():N}}', 'auth.adminpassword' => '{{Guid.NewGuid():N}}', 'technicalcontact_email' => 'na@example.org', 'timezone' => 'UTC',
          'enable.saml20-idp' => true, 'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
          'logging.level' => 4, 'logging.handler' => 'errorlog', 'showerrors' => true, 'errorreporting' => false, 'debug' => ['backtraces' => true, 'saml' => false, 'validatexml' => false],
          'session.cookie.secure' => false, 'session.cookie.samesite' => null, 'session.phpsession.savepath' => '{{_folder}}/sessions', 'session.phpsession.cookiename' => 'SimpleSAML', 'session.phpsession.httponly' => true,
          'store.type' => 'phpsession', 'language.available' => ['en'], 'language.default' => 'en', 'enable.http_post' => true,
          'metadata.sources' => [['type' => 'flatfile']], 'production' => true, 'admin.checkforupdates' => false,
          'trusted.url.domains' => null, 'theme.use' => 'default',
        ];
        """;

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private static string Php(bool value) => value ? "true" : "false";
}
