using System.Text.RegularExpressions;
using Authdog.TestKit;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>Trust is a type: each verified thing is made in one place.</summary>
[Trait("Threat", "I8")]
public sealed partial class TrustTests
{
    [Theory]
    [InlineData("VerifiedElement", "XmlSignatureVerifier.cs", "MessageSignatureVerifier.cs")]
    [InlineData("UnredeemedAssertion", "AssertionReader.cs")]
    [InlineData("VerifiedSamlAssertion", "UnredeemedAssertion.cs")]
    [InlineData("VerifiedLogoutRequest", "LogoutVerifier.cs")]
    public void OnlyItsVerifierMakesOne(string type, params string[] makers) =>
        Directory.EnumerateFiles(Path.Combine(GatewayProcess.Repository, "src", "Authdog.Protocols", "Saml"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileNameWithoutExtension(file) != type)
            .Where(file => Constructions(type).IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetFileName(file))
            .Except(makers)
            .ShouldBeEmpty();

    [Fact]
    public void OneParserReadsEverything() =>
        Directory.EnumerateFiles(Path.Combine(GatewayProcess.Repository, "src", "Authdog.Protocols", "Saml"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Parsers().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName)
            .ShouldBe(["StrictXmlReader.cs"]);

    private static Regex Constructions(string type) => new($@"new {type}\(|{type} \w+ = new\(|\b{type}\? \w+\([^)]*\)\s*=>\s*new\(", RegexOptions.None, TimeSpan.FromSeconds(5));

    [GeneratedRegex(@"XmlReader\.Create|new XmlDocument|XDocument\.(Parse|Load)|XElement\.(Parse|Load)|SignedXml|EncryptedXml")]
    private static partial Regex Parsers();
}
