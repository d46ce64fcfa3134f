using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Authdog.Identity.Passkeys;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Attestation statements of format <c>packed</c>, valid but for exactly one thing (WebAuthn Level 3, section 8.2).</summary>
[Trait("Threat", "I7")]
public sealed class AttestationTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SoftwareAuthenticator _authenticator = new();
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public AttestationTests() => _root = Root(_rootKey);

    public void Dispose()
    {
        _authenticator.Dispose();
        _rootKey.Dispose();
        _key.Dispose();
        _root.Dispose();
    }

    [Fact]
    public void Verifies_WhenNothingIsWrong() => Judge().ShouldBe(new AttestationResult.Verified("packed"));

    [Fact]
    public void Unattested_WhenThereIsNoStatement()
    {
        var attestation = AttestationObject.Parse(Answer(null)).ShouldNotBeNull();
        new AttestationVerifier(new AttestationRoots([_root]), new FakeTimeProvider(s_now)).Verify(attestation, new byte[32]).ShouldBeOfType<AttestationResult.Unattested>();
    }

    [Fact]
    public void Invalid_WhenNoneSaysSomething()
    {
        var answer = Answer(static (_, _) => ("none", static writer =>
        {
            writer.WriteStartMap(1);
            writer.WriteTextString("sig");
            writer.WriteByteString([1, 2, 3]);
            writer.WriteEndMap();
        }));

        new AttestationVerifier(new AttestationRoots([_root]), new FakeTimeProvider(s_now)).Verify(AttestationObject.Parse(answer).ShouldNotBeNull(), new byte[32]).ShouldBeOfType<AttestationResult.Invalid>();
    }

    [Fact]
    public void Unattested_WhenTheCredentialItselfSigned() => Judge(certificates: [], sign: _authenticator.Sign).ShouldBeOfType<AttestationResult.Unattested>();

    [Fact]
    public void Invalid_WhenSelfAttestationIsAnotherKeys() => Judge(certificates: []).ShouldBeOfType<AttestationResult.Invalid>();

    [Fact]
    public void Unattested_WhenRootIsNotTrusted()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = Root(other);
        Judge(root: stranger).ShouldBeOfType<AttestationResult.Unattested>();
    }

    [Fact]
    public void Unattested_WhenCertificateIsExpired() => Judge(until: s_now.AddDays(-1)).ShouldBeOfType<AttestationResult.Unattested>();

    [Fact]
    public void Invalid_WhenCertificateIsOfAnotherModel() => Judge(model: Guid.NewGuid()).ShouldBeOfType<AttestationResult.Invalid>();

    [Fact]
    public void Invalid_WhenCertificateIsAnAuthority() => Judge(authority: true).ShouldBeOfType<AttestationResult.Invalid>();

    [Fact]
    public void Invalid_WhenSubjectIsNoAuthenticators() => Judge(subject: "C=SE, O=Maker, OU=Web Server, CN=Key").ShouldBeOfType<AttestationResult.Invalid>();

    [Fact]
    public void Invalid_WhenAnotherKeySigned()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Judge(sign: data => other.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)).ShouldBeOfType<AttestationResult.Invalid>();
    }

    [Fact]
    public void Invalid_WhenClientDataIsAnother() => Judge(hash: new byte[32]).ShouldBeOfType<AttestationResult.Invalid>();

    [Theory]
    [InlineData(-257)]
    [InlineData(-8)]
    [InlineData(0)]
    public void Invalid_WhenAlgorithmIsNotTheKeys(int algorithm) => Judge(algorithm: algorithm).ShouldBeOfType<AttestationResult.Invalid>();

    [Fact]
    public void Invalid_WhenThereAreManyCertificates() =>
        Judge(certificates: [.. Enumerable.Repeat(_root.RawData, 7)]).ShouldBeOfType<AttestationResult.Invalid>();

    [Fact]
    public void Invalid_WhenCertificateIsNone() => Judge(certificates: [[1, 2, 3]]).ShouldBeOfType<AttestationResult.Invalid>();

    private AttestationResult Judge(
        X509Certificate2? root = null,
        DateTimeOffset? until = null,
        Guid? model = null,
        bool authority = false,
        string subject = "C=SE, O=Maker, OU=Authenticator Attestation, CN=Key",
        Func<byte[], byte[]>? sign = null,
        byte[]? hash = null,
        int algorithm = -7,
        IReadOnlyList<byte[]>? certificates = null)
    {
        var client = SHA256.HashData("client"u8);
        certificates ??= [Leaf(until ?? s_now.AddYears(1), model ?? _authenticator.Aaguid, authority, subject)];
        sign ??= data => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var answer = Answer((data, _) => ("packed", writer =>
        {
            writer.WriteStartMap(certificates.Count > 0 ? 3 : 2);
            writer.WriteTextString("alg");
            writer.WriteInt32(algorithm);
            writer.WriteTextString("sig");
            writer.WriteByteString(sign([.. data, .. client]));
            if (certificates.Count > 0)
            {
                writer.WriteTextString("x5c");
                writer.WriteStartArray(certificates.Count);
                foreach (var certificate in certificates)
                {
                    writer.WriteByteString(certificate);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndMap();
        }));
        var attestation = AttestationObject.Parse(answer).ShouldNotBeNull();
        return new AttestationVerifier(new AttestationRoots([root ?? _root]), new FakeTimeProvider(s_now)).Verify(attestation, hash ?? client);
    }

    private byte[] Answer(Func<byte[], byte[], (string, Action<CborWriter>)>? attest)
    {
        _authenticator.Attestation = attest;
        return CredentialAnswer.Parse(_authenticator.Create("""{"challenge":"AAAA","user":{"id":"AAAA"}}""")).ShouldNotBeNull().AttestationObject.ShouldNotBeNull();
    }

    private static X509Certificate2 Root(ECDsa key)
    {
        var request = new CertificateRequest("CN=Maker's root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(s_now.AddYears(-1), s_now.AddYears(20));
    }

    private byte[] Leaf(DateTimeOffset until, Guid model, bool authority, string subject)
    {
        var request = new CertificateRequest(subject, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.45724.1.1.4", [0x04, 0x10, .. model.ToByteArray(bigEndian: true)], critical: false));
        using var certificate = request.Create(_root, s_now.AddDays(-30), until, [1, 2, 3, 4]);
        return certificate.RawData;
    }
}
