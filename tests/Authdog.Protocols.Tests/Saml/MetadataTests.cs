using System.Text;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Metadata;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>Metadata, ours and theirs.</summary>
public sealed class MetadataTests
{
    private const string Md = "urn:oasis:names:tc:SAML:2.0:metadata";
    private const string Ds = "http://www.w3.org/2000/09/xmldsig#";

    [Fact]
    public void OursNamesEveryKeyAndAddress()
    {
        var metadata = new ServiceProviderMetadata
        {
            ServiceProvider = new ResponseScenario().ServiceProvider with { SingleLogoutService = "https://app.example.com/slo?a=1&b=2", SigningKeys = [TestKeys.SpSigning, TestKeys.SpDecryptionOld] },
            ValidUntil = ResponseScenario.Now.AddDays(7),
            IsSigned = true,
        };

        var document = TestSigner.Load(Encoding.UTF8.GetString(metadata.Write()));

        var root = document.DocumentElement!;
        root.GetAttribute("entityID").ShouldBe(ResponseScenario.SpEntityId);
        root.GetAttribute("validUntil").ShouldBe("2026-12-04T12:00:00Z");
        root.FirstChild!.LocalName.ShouldBe("Signature");
        string[] All(string path) => [.. document.SelectNodes(path)!.OfType<System.Xml.XmlNode>().Select(node => node.Value ?? node.InnerText)];
        All("//*[local-name()='KeyDescriptor']/@use").ShouldBe(["signing", "signing", "encryption", "encryption"]);
        All("//*[local-name()='KeyDescriptor']//*[local-name()='X509Certificate']").ShouldBe([TestKeys.SpSigning.CertificateBase64, TestKeys.SpDecryptionOld.CertificateBase64, TestKeys.SpDecryption.CertificateBase64, TestKeys.SpDecryptionOld.CertificateBase64]);
        All("//*[local-name()='SingleLogoutService']/@Location").ShouldBe(["https://app.example.com/slo?a=1&b=2", "https://app.example.com/slo?a=1&b=2"]);
        All("//*[local-name()='AssertionConsumerService']/@Location").ShouldBe([ResponseScenario.Acs]);
        All("//*[local-name()='NameIDFormat']").ShouldBe(NameIdFormats.Offered);
        All("//*[local-name()='KeyDescriptor'][3]/*[local-name()='EncryptionMethod']/@Algorithm")[0].ShouldEndWith("aes256-gcm");
        All("//*[local-name()='KeyDescriptor'][3]//*[local-name()='DigestMethod' or local-name()='MGF']/@Algorithm").ShouldBe(["http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2009/xmlenc11#mgf1sha256", "http://www.w3.org/2000/09/xmldsig#sha1"]);
        All("//*[local-name()='SPSSODescriptor']/@WantAssertionsSigned").ShouldBe(["true"]);
    }

    [Fact]
    public void OursIsNotTheirs() =>
        Refused(Encoding.UTF8.GetString(new ServiceProviderMetadata { ServiceProvider = new ResponseScenario().ServiceProvider, ValidUntil = ResponseScenario.Now }.Write())).ShouldHaveSingleItem().Message.ShouldContain("service provider");

    [Fact]
    public void TheirsIsRead()
    {
        var read = Read(Entity());

        read.IdentityProvider.EntityId.ShouldBe(ResponseScenario.IdpEntityId);
        read.IdentityProvider.SigningCertificates.Select(certificate => certificate.Subject).ShouldBe(["CN=idp", "CN=idp-next"]);
        read.IdentityProvider.SingleSignOn.ShouldBe([new(SamlBinding.HttpRedirect, "https://idp.example.com/sso"), new(SamlBinding.HttpPost, "https://idp.example.com/sso-post")]);
        read.IdentityProvider.SingleLogout.ShouldBe([new(SamlBinding.HttpRedirect, "https://idp.example.com/slo", "https://idp.example.com/slo-response")]);
        read.IdentityProvider.NameIdFormats.ShouldBe([NameIdFormats.Persistent]);
        read.IdentityProvider.WantAuthnRequestsSigned.ShouldBeTrue();
        read.ValidUntil.ShouldBe(ResponseScenario.Now.AddDays(1));
        read.CacheDuration.ShouldBe(TimeSpan.FromHours(6));
        read.Warnings.ShouldBeEmpty();
        SamlIdentityProvider.Choose(read.IdentityProvider.SingleSignOn, SamlBinding.HttpPost)!.Location.ShouldEndWith("sso-post");
        SamlIdentityProvider.Choose(read.IdentityProvider.SingleLogout, SamlBinding.HttpPost)!.Binding.ShouldBe(SamlBinding.HttpRedirect);
    }

    [Fact]
    public void PastedTextAndWindowsFilesAreRead()
    {
        var text = "<?xml version=\"1.0\" encoding=\"utf-16\"?>\r\n" + Entity();
        Read("\uFEFF\n  " + text);
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            IdentityProviderMetadataReader.Read([.. encoding.Preamble, .. encoding.GetBytes(text)], new(), ResponseScenario.Now).ShouldBeOfType<IdentityProviderMetadataResult.Read>();
        }
    }

    [Fact]
    public void OneOfSeveralIsPicked()
    {
        var several = $"<md:EntitiesDescriptor xmlns:md=\"{Md}\">{Entity()}<md:EntitiesDescriptor>{Entity("https://two.example.com")}</md:EntitiesDescriptor><md:EntityDescriptor entityID=\"https://sp.example.com\"><md:SPSSODescriptor/></md:EntityDescriptor></md:EntitiesDescriptor>";

        Read(several, new() { EntityId = "https://two.example.com" }).IdentityProvider.EntityId.ShouldBe("https://two.example.com");
        Refused(several).ShouldHaveSingleItem().Message.ShouldContain("https://two.example.com");
        Refused(several, new() { EntityId = "https://three.example.com" }).ShouldHaveSingleItem().Code.ShouldBe(SamlErrorCode.MetadataEntityMissing);
        Refused(several.Replace("https://two.example.com", ResponseScenario.IdpEntityId, StringComparison.Ordinal), new() { EntityId = ResponseScenario.IdpEntityId }).ShouldHaveSingleItem().Code.ShouldBe(SamlErrorCode.MetadataEntityAmbiguous);
    }

    [Fact]
    public void EveryMistakeIsToldAtOnce()
    {
        var errors = Refused(Entity().Replace("https:", "http:", StringComparison.Ordinal).Replace(Convert.ToBase64String(TestKeys.Idp.RawData), "AAAA", StringComparison.Ordinal).Replace(Convert.ToBase64String(TestKeys.IdpNext.RawData), Convert.ToBase64String(TestKeys.Weak.RawData), StringComparison.Ordinal));

        errors.Select(error => error.Code).ShouldBe(
        [
            SamlErrorCode.MetadataCertificates, SamlErrorCode.MetadataEndpoints, SamlErrorCode.CertificateUnreadable, SamlErrorCode.CertificateKey,
            SamlErrorCode.MetadataEndpoints, SamlErrorCode.MetadataEndpoints,
        ]);
        Read(Entity().Replace("https:", "http:", StringComparison.Ordinal), new() { AllowHttp = true }).IdentityProvider.SingleSignOn.Count.ShouldBe(2);
    }

    [Fact]
    public void UnusableCertificateBesideAUsableOne_IsAWarning() =>
        Read(Entity().Replace(Convert.ToBase64String(TestKeys.IdpNext.RawData), Convert.ToBase64String(TestKeys.Weak.RawData), StringComparison.Ordinal)).Warnings.ShouldHaveSingleItem().Code.ShouldBe(SamlErrorCode.CertificateKey);

    [Fact]
    public void ExpiredCertificate_IsUsedAndTold()
    {
        var read = IdentityProviderMetadataReader.Read(Entity().Replace("2026-11-28T12:00:00Z", "2040-01-01T00:00:00Z", StringComparison.Ordinal), new(), ResponseScenario.Now.AddYears(5)).ShouldBeOfType<IdentityProviderMetadataResult.Read>().Metadata;
        read.IdentityProvider.SigningCertificates.Count.ShouldBe(2);
        read.Warnings.Select(warning => warning.Code).ShouldBe([SamlErrorCode.CertificateExpired, SamlErrorCode.CertificateExpired]);
    }

    [Theory]
    [InlineData("<html/>", SamlErrorCode.MetadataShape)]
    [InlineData("not xml", SamlErrorCode.NotXml)]
    [InlineData("", SamlErrorCode.NotXml)]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>", SamlErrorCode.ForbiddenXml)]
    [InlineData("<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\"/>", SamlErrorCode.MetadataShape)]
    public void OtherDocuments_AreRefusedInWords(string text, SamlErrorCode code) => Refused(text).ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void Saml1_IsRefused() => Refused(Entity().Replace("protocolSupportEnumeration=\"urn:x urn:oasis:names:tc:SAML:2.0:protocol\"", "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:1.1:protocol\"", StringComparison.Ordinal)).ShouldHaveSingleItem().Code.ShouldBe(SamlErrorCode.MetadataShape);

    [Fact]
    public void AuthorityInAChain_IsNotPinned() =>
        Read(Entity().Replace("</ds:X509Certificate></ds:X509Data>", $"</ds:X509Certificate><ds:X509Certificate>{Convert.ToBase64String(TestKeys.Attacker.RawData)}</ds:X509Certificate></ds:X509Data>", StringComparison.Ordinal))
            .IdentityProvider.SigningCertificates.Select(certificate => certificate.Fingerprint).ShouldNotContain(TestKeys.Pin(TestKeys.Attacker).Fingerprint);

    [Fact]
    public void ExpiredMetadata_IsRefused() =>
        IdentityProviderMetadataReader.Read(Entity(), new(), ResponseScenario.Now.AddDays(1)).ShouldBeOfType<IdentityProviderMetadataResult.Refused>().Errors.ShouldHaveSingleItem().Code.ShouldBe(SamlErrorCode.MetadataExpired);

    [Fact]
    public void WholeFederation_IsRefusedInWords() => Refused(new string(' ', 3_000_000) + Entity() + new string('x', 3_000_000)).ShouldHaveSingleItem().Code.ShouldBe(SamlErrorCode.TooLarge);

    [Fact]
    [Trait("Threat", "I8")]
    public void PinnedMetadata_HasToBeSignedByThePin()
    {
        var options = new IdentityProviderMetadataOptions { Pins = [TestKeys.Pin(TestKeys.IdpEc)] };
        var ec = new SignatureSpec { Key = TestKeys.IdpEc, Method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" };

        Read(TestSigner.Sign(Entity(), "_entity", ec), options);
        Refused(Entity(), options).ShouldHaveSingleItem().Code.ShouldBe(SamlErrorCode.SignatureMissing);
        Refused(TestSigner.Sign(Entity(), "_entity", new()), options).ShouldHaveSingleItem().Code.ShouldBe(SamlErrorCode.SignatureUntrusted);
        Refused(TestSigner.Sign(Entity(), "_entity", ec).Replace("idp.example.com/sso", "evil.example.com/sso", StringComparison.Ordinal), options).ShouldHaveSingleItem().Code.ShouldBe(SamlErrorCode.SignatureDigest);
    }

    [Fact]
    public void RolloverIsToldFromOtherChanges()
    {
        var before = Read(Entity()).IdentityProvider;
        var rolled = before with { SigningCertificates = [TestKeys.Pin(TestKeys.IdpNext), TestKeys.Pin(TestKeys.IdpEc)] };

        MetadataChanges.Between(before, Read(Entity()).IdentityProvider).IsEmpty.ShouldBeTrue();
        var changes = MetadataChanges.Between(before, rolled);
        changes.All.Select(change => change.Kind).ShouldBe([MetadataChangeKind.CertificateAdded, MetadataChangeKind.CertificateRemoved]);
        changes.IsCertificateRollover.ShouldBeTrue();

        // All certificates new: nothing vouches for them.
        MetadataChanges.Between(before, before with { SigningCertificates = [TestKeys.Pin(TestKeys.IdpEc)] }).IsCertificateRollover.ShouldBeFalse();
        MetadataChanges.Between(before, rolled with { EntityId = "https://evil.example.com" }).IsCertificateRollover.ShouldBeFalse();
        var moved = MetadataChanges.Between(before, before with { SingleSignOn = [before.SingleSignOn[0], new(SamlBinding.HttpPost, "https://evil.example.com")], SingleLogout = [], WantAuthnRequestsSigned = false });
        moved.IsCertificateRollover.ShouldBeFalse();
        moved.All.Count.ShouldBe(4);
    }

    [Fact]
    public void CertificatesAreReadInEverySpelling()
    {
        var base64 = Convert.ToBase64String(TestKeys.Idp.RawData);
        string[] spellings = [base64, TestKeys.Idp.ExportCertificatePem(), "noise\n" + TestKeys.Idp.ExportCertificatePem() + "\nnoise", Convert.ToBase64String(TestKeys.Idp.RawData, Base64FormattingOptions.InsertLineBreaks)];
        foreach (var spelling in spellings)
        {
            PinnedCertificate.TryParse(spelling, out var pinned, out _).ShouldBeTrue();
            pinned!.Fingerprint.ShouldBe(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(TestKeys.Idp.RawData)));
        }

        foreach (var other in new[] { "", "x", "AAAA", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", TestKeys.Idp.ExportCertificatePem() + TestKeys.IdpNext.ExportCertificatePem() })
        {
            PinnedCertificate.TryParse(other, out _, out var error).ShouldBeFalse();
            error!.Code.ShouldBe(SamlErrorCode.CertificateUnreadable);
        }
    }

    [Fact]
    public void KeysOfOursAreKept()
    {
        var key = ServiceProviderKey.Create("acme at app.example.com", ResponseScenario.Now, TimeSpan.FromDays(3650));
        ServiceProviderKey.TryImport(key.Export(), out var again, out _).ShouldBeTrue();
        again!.Fingerprint.ShouldBe(key.Fingerprint);
        again.NotAfter.ShouldBe(ResponseScenario.Now.AddDays(3650));
        PinnedCertificate.TryParse(key.CertificateBase64, out var pinned, out _).ShouldBeTrue();
        pinned!.Verify(again.Algorithm, "x"u8, again.Sign("x"u8)).ShouldBeTrue();
        again.ToString().ShouldBe($"ServiceProviderKey({key.Fingerprint[..8]})");
    }

    [Fact]
    public void KeyThatDoesNotFitItsCertificate_IsRefused()
    {
        var pem = TestKeys.SpSigning.Export();
        string[] others =
        [
            "", "x", TestKeys.Idp.ExportCertificatePem(),
            TestKeys.Idp.ExportCertificatePem() + pem[pem.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)..],
            TestKeys.IdpEc.ExportCertificatePem() + pem[pem.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)..],
            TestKeys.Idp.ExportCertificatePem() + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        ];
        foreach (var other in others)
        {
            ServiceProviderKey.TryImport(other, out _, out var error).ShouldBeFalse();
            error!.Code.ShouldBeOneOf(SamlErrorCode.CertificateKey, SamlErrorCode.CertificateUnreadable);
        }
    }

    private static string Entity(string entityId = ResponseScenario.IdpEntityId) =>
        $"""
        <md:EntityDescriptor xmlns:md="{Md}" xmlns:ds="{Ds}" entityID="{entityId}" {(entityId == ResponseScenario.IdpEntityId ? "ID=\"_entity\"" : "")} validUntil="2026-11-28T12:00:00Z" cacheDuration="PT6H"><md:IDPSSODescriptor WantAuthnRequestsSigned="1" protocolSupportEnumeration="urn:x urn:oasis:names:tc:SAML:2.0:protocol">{Key("use=\"signing\"", TestKeys.Idp)}{Key("", TestKeys.IdpNext)}{Key("use=\"encryption\"", TestKeys.Attacker)}<md:ArtifactResolutionService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://idp.example.com/soap" index="0"/><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/slo" ResponseLocation="https://idp.example.com/slo-response"/><md:NameIDFormat>{NameIdFormats.Persistent}</md:NameIDFormat><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso-post"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact" Location="https://idp.example.com/artifact"/></md:IDPSSODescriptor></md:EntityDescriptor>
        """;

    private static string Key(string use, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate) =>
        $"<md:KeyDescriptor {use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{Convert.ToBase64String(certificate.RawData)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>";

    private static IdentityProviderMetadata Read(string text, IdentityProviderMetadataOptions? options = null)
    {
        var result = IdentityProviderMetadataReader.Read(text, options ?? new(), ResponseScenario.Now);
        return result.ShouldBeOfType<IdentityProviderMetadataResult.Read>((result as IdentityProviderMetadataResult.Refused)?.Errors[0].ToString()).Metadata;
    }

    private static IReadOnlyList<SamlError> Refused(string text, IdentityProviderMetadataOptions? options = null) =>
        IdentityProviderMetadataReader.Read(text, options ?? new(), ResponseScenario.Now).ShouldBeOfType<IdentityProviderMetadataResult.Refused>().Errors;
}
