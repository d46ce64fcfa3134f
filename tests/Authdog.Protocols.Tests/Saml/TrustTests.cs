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

    // The table in SECURITY.md names tests that exist.
    [Fact]
    public void AttackTableNamesTests()
    {
        var table = File.ReadAllText(Path.Combine(GatewayProcess.Repository, "SECURITY.md")).Split("### I8")[1].Split("\n## ")[0];
        var methods = typeof(TrustTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}")).ToHashSet(StringComparer.Ordinal);

        var named = Named().Matches(table).Select(match => match.Groups[1].Value).ToArray();

        named.Length.ShouldBeGreaterThan(40);
        named.Except(methods).ShouldBeEmpty();
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();

    private static Regex Constructions(string type) => new($@"new {type}\(|{type} \w+ = new\(|\b{type}\? \w+\([^)]*\)\s*=>\s*new\(", RegexOptions.None, TimeSpan.FromSeconds(5));

    [GeneratedRegex(@"XmlReader\.Create|new XmlDocument|XDocument\.(Parse|Load)|XElement\.(Parse|Load)|SignedXml|EncryptedXml")]
    private static partial Regex Parsers();
}
