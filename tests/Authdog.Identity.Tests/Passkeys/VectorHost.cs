using System.Security.Cryptography;
using System.Text.Json;
using Authdog.Identity.Passkeys;
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
        foreach (var name in new[] { "tpm-es256", "android-key-es256", "apple-es256", "fido-u2f-es256" })
        {
            Pages.With($"Passkeys:Authenticators:{Attestation(name).Aaguid:D}:RootsFile", _roots);
        }
    }

    public JsonElement Document { get; }

    public PagesHost Pages { get; }

    /// <summary>The registration of a vector, taken apart.</summary>
    internal (AttestationObject Object, Guid Aaguid, byte[] ClientDataHash) Attestation(string name)
    {
        var registration = Document.GetProperty("vectors").EnumerateArray().Single(vector => vector.GetProperty("name").GetString() == name).GetProperty("registration");
        var attestation = AttestationObject.Parse(Convert.FromHexString(registration.GetProperty("attestationObject").GetString()!)).ShouldNotBeNull();
        return (attestation, AuthenticatorClaims.Parse(attestation.AuthenticatorData).ShouldNotBeNull().Aaguid, SHA256.HashData(Convert.FromHexString(registration.GetProperty("clientDataJSON").GetString()!)));
    }

    public ValueTask InitializeAsync() => Pages.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Pages.DisposeAsync();
        File.Delete(_roots);
    }
}
