using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>The identity pages under hosts as they are out there, over TLS, and a Chromium that finds each of them here: the gateway's, a tenant's own, a related one, a stranger's.</summary>
public sealed class TlsPagesHost : IAsyncLifetime
{
    public const string Shared = "https://gateway.test";
    public const string Own = "https://login.acme.test";
    public const string Related = "https://shop.test";
    public const string Stranger = "https://stranger.test";
    public static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly int _port = FreePort.Next();
    private readonly X509Certificate2 _certificate = MakeCertificate();

    public TlsPagesHost() => Pages = new PagesHost
    {
        Reach = new Uri(Shared),
        Listen = string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{_port}"),
        Certificate = _certificate,
    }.With("Passkeys:RelatedOrigins:0", Related);

    public PagesHost Pages { get; }

    public Chromium Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Pages.InitializeAsync();
        await Pages.Services.GetRequiredService<TenantDirectory>().AddAsync(Acme, "Acme", CancellationToken.None);
        (await Pages.Services.GetRequiredService<TenantChanges>().AddAddressAsync(Acme, "login.acme.test", CancellationToken.None)).ShouldBeOfType<TenantChange.Done>();
        await Pages.Services.GetRequiredService<TenantChanges>().TellAsync(Acme);
        Chromium = await Chromium.StartAsync(
            string.Create(CultureInfo.InvariantCulture, $"--host-resolver-rules=MAP *.test 127.0.0.1:{_port}"),
            "--ignore-certificate-errors-spki-list=" + Convert.ToBase64String(SHA256.HashData(_certificate.PublicKey.ExportSubjectPublicKeyInfo())));
    }

    public async ValueTask DisposeAsync()
    {
        if (Chromium is not null)
        {
            await Chromium.DisposeAsync();
        }

        await Pages.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gateway.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var origin in new[] { Shared, Own, Related, Stranger })
        {
            names.AddDnsName(new Uri(origin).Host);
        }

        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
