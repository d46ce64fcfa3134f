using System.Security.Cryptography;
using System.Text.Json;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>The relying party of the standard's test vectors, which trusts their attestation root.</summary>
public sealed class VectorHost : IAsyncLifetime
{
    private readonly string _roots = Path.GetTempFileName();

    public VectorHost()
    {
        Document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Passkeys", "webauthn-vectors.json"))).RootElement;
        File.WriteAllText(_roots, PemEncoding.WriteString("CERTIFICATE", Convert.FromHexString(Document.GetProperty("attestationRoot").GetString()!)));
        Pages = new PagesHost { Reach = new Uri("https://example.org") }
            .With("Passkeys:UserVerification", "Preferred")
            .With("Passkeys:AttestationRootsFile", _roots);
    }

    public JsonElement Document { get; }

    public PagesHost Pages { get; }

    public ValueTask InitializeAsync() => Pages.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Pages.DisposeAsync();
        File.Delete(_roots);
    }
}
