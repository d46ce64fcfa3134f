using System.Security.Cryptography;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Responses;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>Encrypted assertions: what decrypts still has to be signed, and nobody learns why something does not decrypt.</summary>
[Trait("Threat", "I8")]
public sealed class EncryptionTests
{
    private const string Sha256 = "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>";
    private const string Cbc = EncryptionSpec.Xenc + "aes256-cbc";

    [Theory]
    [InlineData(EncryptionSpec.Xenc11 + "aes128-gcm")]
    [InlineData(EncryptionSpec.Xenc11 + "aes256-gcm")]
    [InlineData(EncryptionSpec.Xenc + "aes128-cbc")]
    [InlineData(EncryptionSpec.Xenc + "aes256-cbc")]
    public void Decrypts(string content)
    {
        foreach (var (response, assertion) in new[] { (true, true), (true, false), (false, true) })
        {
            var held = new ResponseScenario { Encryption = new() { Content = content }, ResponseSignature = response ? new() : null, AssertionSignature = assertion ? new() : null }.ShouldHold();
            held.NameId.Value.ShouldBe(ResponseScenario.Person);
            held.IsEncrypted.ShouldBeTrue();
        }
    }

    [Fact]
    public void DecryptsEveryOaep()
    {
        EncryptionSpec[] specs =
        [
            new() { TransportContent = "" },
            new() { TransportContent = Sha256, Padding = RSAEncryptionPadding.OaepSHA256 },
            new() { Transport = EncryptionSpec.Xenc11 + "rsa-oaep", TransportContent = "" },
            new() { Transport = EncryptionSpec.Xenc11 + "rsa-oaep", TransportContent = $"{Sha256}<xenc11:MGF xmlns:xenc11=\"{EncryptionSpec.Xenc11}\" Algorithm=\"{EncryptionSpec.Xenc11}mgf1sha256\"/>", Padding = RSAEncryptionPadding.OaepSHA256 },
            new() { KeyBeside = true },
            new() { Recipient = TestKeys.SpDecryptionOld },
        ];
        foreach (var spec in specs)
        {
            new ResponseScenario { Encryption = spec }.ShouldHold();
        }
    }

    // Some serialize the element without the declarations that its parents have.
    [Fact]
    public void DecryptsAnElementThatNeedsTheNamespacesAroundIt() =>
        (ResponseScenario.ResponseSigned with { Encryption = new(), BeforeEncryption = static xml => xml.Replace(" xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"", "", StringComparison.Ordinal) }).ShouldHold();

    [Fact]
    public void EncryptedThenUnsigned_IsRefused()
    {
        // Whoever has our certificate can encrypt; the assertion inside is the attacker's.
        new ResponseScenario { Encryption = new(), AssertionSignature = null, NameId = $"<saml:NameID>{ResponseScenario.Evil}</saml:NameID>" }.ShouldBeRefused(SamlErrorCode.EncryptedAssertionUnusable);
        new ResponseScenario { Encryption = new(), AssertionSignature = new() { Key = TestKeys.Attacker } }.ShouldBeRefused(SamlErrorCode.EncryptedAssertionUnusable);
        new ResponseScenario { Encryption = new(), BeforeEncryption = static xml => xml.Replace(ResponseScenario.Person, ResponseScenario.Evil, StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.EncryptedAssertionUnusable);
    }

    [Fact]
    public void ReplacedCiphertext_InASignedResponse_IsRefused()
    {
        var evil = new EncryptionSpec().Encrypt(new ResponseScenario { NameId = $"<saml:NameID>{ResponseScenario.Evil}</saml:NameID>" }.Assertion());
        (ResponseScenario.ResponseSigned with { Encryption = new() }).Tampered(document =>
        {
            var original = document.DocumentElement!.LastChild!;
            document.DocumentElement.ReplaceChild(document.ImportNode(TestSigner.Load(evil).DocumentElement!, deep: true), original);
        }).ShouldBeRefused(SamlErrorCode.SignatureDigest);
    }

    [Theory]
    [InlineData(EncryptionSpec.Xenc + "rsa-1_5")]
    [InlineData(EncryptionSpec.Xenc + "kw-aes256")]
    [InlineData("")]
    public void OtherKeyTransport_IsRefused(string transport) =>
        new ResponseScenario { Encryption = new() { Transport = transport, TransportContent = "" } }.ShouldBeRefused(SamlErrorCode.EncryptionAlgorithm);

    [Theory]
    [InlineData(EncryptionSpec.Xenc + "tripledes-cbc")]
    [InlineData(EncryptionSpec.Xenc + "aes192-cbc")]
    [InlineData("")]
    public void OtherContentCipher_IsRefused(string content) =>
        new ResponseScenario().Tampered(document =>
        {
            var encrypted = TestSigner.Load(new EncryptionSpec().Encrypt("<x/>").Replace(EncryptionSpec.Xenc11 + "aes256-gcm", content, StringComparison.Ordinal));
            document.DocumentElement!.ReplaceChild(document.ImportNode(encrypted.DocumentElement!, deep: true), document.DocumentElement.LastChild!);
        }).ShouldBeRefused(SamlErrorCode.EncryptionAlgorithm);

    [Fact]
    public void Oracle_EveryFailureBehindTheKeyLooksTheSame()
    {
        HashSet<string> answers = new(StringComparer.Ordinal);

        // Every bit of the last two blocks and the IV, which is what a padding oracle is asked with.
        var scenario = new ResponseScenario { Encryption = new() { Content = Cbc } };
        for (var at = 0; at < 48; at++)
        {
            var index = at;
            answers.Add(Answer(scenario with { Encryption = scenario.Encryption with { Tamper = bytes => Flip(bytes, index < 16 ? index : bytes.Length - 48 + index) } }));
        }

        // A ciphertext cut, of another key, with no XML inside, with another element inside, without a signature, of another signer.
        answers.Add(Answer(scenario with { Encryption = scenario.Encryption with { Tamper = bytes => bytes[..^16] } }));
        answers.Add(Answer(scenario with { Encryption = scenario.Encryption with { Tamper = bytes => bytes[..^1] } }));
        answers.Add(Answer(scenario with { Encryption = scenario.Encryption with { Tamper = static _ => new byte[16] } }));
        answers.Add(Answer(scenario with { Encryption = scenario.Encryption with { Recipient = TestKeys.SpSigning } }));
        answers.Add(Answer(scenario with { BeforeEncryption = static _ => "no xml" }));
        answers.Add(Answer(scenario with { BeforeEncryption = static _ => "<x/>" }));
        answers.Add(Answer(scenario with { BeforeEncryption = static xml => "<!DOCTYPE x>" + xml }));
        answers.Add(Answer(scenario with { AssertionSignature = null }));
        answers.Add(Answer(scenario with { AssertionSignature = new() { Key = TestKeys.Attacker } }));
        answers.Add(Answer(scenario with { AssertionSignature = new() { Method = "none" } }));
        answers.Add(Answer(scenario with { Rules = new() { RequiredSignature = SignedPart.Both } }));
        answers.Add(Answer(scenario with { Encryption = scenario.Encryption with { Padding = RSAEncryptionPadding.OaepSHA256 } }));

        // The same with GCM.
        answers.Add(Answer(scenario with { Encryption = new() { Tamper = static bytes => Flip(bytes, bytes.Length - 1) } }));

        answers.ShouldHaveSingleItem().ShouldStartWith("AG5203");
    }

    [Fact]
    public void AssertionInsideTheDecryptedAssertion_IsRefused() =>
        new ResponseScenario { Encryption = new(), BeforeSigning = static xml => xml.Replace("</saml:Subject>", "</saml:Subject><saml:Advice><saml:Assertion/></saml:Advice>", StringComparison.Ordinal) }
            .ShouldBeRefused(SamlErrorCode.EncryptedAssertionUnusable);

    [Fact]
    public void IdOfTheResponse_InTheDecryptedAssertion_IsRefused() =>
        new ResponseScenario { Encryption = new(), ResponseAttributes = new ResponseScenario().ResponseAttributes.Replace("_response", "_assertion", StringComparison.Ordinal) }
            .ShouldBeRefused(SamlErrorCode.EncryptedAssertionUnusable);

    [Fact]
    public void ManyWrappedKeys_AreRefused() =>
        new ResponseScenario { Encryption = new(), Tamper = static xml => xml.Replace("<ds:KeyInfo>", $"<ds:KeyInfo>{string.Concat(Enumerable.Repeat("<xenc:EncryptedKey/>", 5))}", StringComparison.Ordinal) }
            .ShouldBeRefused(SamlErrorCode.EncryptionShape);

    [Fact]
    public void CipherReference_IsRefused() =>
        new ResponseScenario { Encryption = new(), Tamper = static xml => xml.Replace("xenc:CipherValue", "xenc:CipherReference", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.EncryptionShape);

    [Fact]
    public void DemandedEncryption_Missing_IsRefused() =>
        new ResponseScenario { Rules = new() { RequireEncryption = true } }.ShouldBeRefused(SamlErrorCode.EncryptionMissing);

    [Fact]
    public void NoDecryptionKey_IsToldInWords()
    {
        var scenario = new ResponseScenario { Encryption = new() };
        (scenario with { ServiceProvider = scenario.ServiceProvider with { DecryptionKeys = [] } }).ShouldBeRefused(SamlErrorCode.EncryptionShape).Message.ShouldContain("no decryption key");
    }

    [Fact]
    public void EncryptedNameId_IsDecrypted_AndRefusedWhenItCannotBe()
    {
        var name = $"<saml:NameID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">{ResponseScenario.Person}</saml:NameID>";
        new ResponseScenario { NameId = new EncryptionSpec().Encrypt(name, "EncryptedID") }.ShouldHold().NameId.Value.ShouldBe(ResponseScenario.Person);
        new ResponseScenario { NameId = new EncryptionSpec { Recipient = TestKeys.SpSigning }.Encrypt(name, "EncryptedID") }.ShouldBeRefused(SamlErrorCode.EncryptedPartRefused);
        new ResponseScenario { NameId = new EncryptionSpec().Encrypt("<x/>", "EncryptedID") }.ShouldBeRefused(SamlErrorCode.EncryptedPartRefused);
    }

    [Fact]
    public void EncryptedAttribute_IsRefusedInWords() =>
        new ResponseScenario { AttributeStatement = "<saml:AttributeStatement><saml:EncryptedAttribute/></saml:AttributeStatement>" }.ShouldBeRefused(SamlErrorCode.EncryptedPartRefused);

    private static string Answer(ResponseScenario scenario) => scenario.Verify().ShouldBeOfType<SamlResponseResult.Refused>().Error.ToString();

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }
}
