using System.Text;
using System.Xml;
using Authdog.Protocols.Saml.Xml;
using Authdog.Protocols.Tests.Saml.Hosting;
using CsCheck;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>The product's canonical form, byte for byte against that of .NET, which shares no line with it.</summary>
[Trait("Threat", "I8")]
public sealed class CanonicalizationTests
{
    private static readonly Gen<string> s_name = Gen.OneOfConst("a", "b", "Name", "_x", "é");
    private static readonly Gen<string> s_prefix = Gen.OneOfConst("", "p", "q", "xs");
    private static readonly Gen<string> s_uri = Gen.OneOfConst("urn:1", "urn:2", "http://x/?a=1&amp;b=2");
    private static readonly Gen<string> s_text = Gen.OneOfConst("", "x", " ", "\n\t", "&amp;&lt;&gt;&quot;", "&#xD;&#xA;&#x9;", "<![CDATA[a<b&]]>", "<!-- c -->", "ä€😀", "]]&gt;", "'");
    private static readonly Gen<string> s_value = Gen.OneOfConst("", "v", "&lt;&amp;&quot;'>", "&#xD;&#xA;&#x9;", " a\tb\nc ", "ä€😀");

    [Fact]
    public void EqualsThatOfDotNet() =>
        Gen.Select(Tree(4), Gen.OneOfConst("", "p", "p q", "#default xs", "none")).Sample(
            (tree, prefixes) =>
            {
                var xml = $"<root xmlns=\"urn:d\" xmlns:p=\"urn:1\" xmlns:q=\"urn:2\" xmlns:xs=\"urn:xs\">{tree}</root>";
                new StrictXmlReader(StrictXmlReader.MaxMessageBytes).TryRead(Encoding.UTF8.GetBytes(xml), out var root, out var error).ShouldBeTrue(error?.ToString());
                var document = TestSigner.Load(xml);
                Compare(root!, document.DocumentElement!, prefixes);
            },
            iter: 1500);

    // Every element below is compared, too: the apex in the middle of a document has the namespaces of those around it.
    private static void Compare(Element element, XmlElement other, string prefixes)
    {
        string[] list = [.. prefixes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(prefix => prefix == "#default" ? "" : prefix)];
        Encoding.UTF8.GetString(ExclusiveCanonicalization.Write(element, list)).ShouldBe(Encoding.UTF8.GetString(TestSigner.Canonical(other, prefixes)));
        foreach (var (mine, its) in element.Elements.Zip(other.ChildNodes.OfType<XmlElement>()))
        {
            Compare(mine, its, prefixes);
        }
    }

    private static Gen<string> Tree(int depth) => depth == 0
        ? s_text
        : Gen.Select(s_prefix, s_name, Declarations(), Attributes(), Gen.OneOf(s_text, Tree(depth - 1)).Array[0, 3])
            .Select((prefix, name, declarations, attributes, children) =>
            {
                var qualified = prefix.Length == 0 ? name : $"{prefix}:{name}";
                return $"<{qualified}{declarations}{attributes}>{string.Concat(children)}</{qualified}>";
            });

    private static Gen<string> Declarations() => Gen.Select(s_prefix, s_uri).Array[0, 2]
        .Select(pairs => string.Concat(pairs.DistinctBy(pair => pair.Item1).Select(pair => pair.Item1.Length == 0 ? $" xmlns=\"{pair.Item2}\"" : $" xmlns:{pair.Item1}=\"{pair.Item2}\"")));

    // At most one prefixed attribute, since two prefixes may come to mean the same namespace.
    private static Gen<string> Attributes() => Gen.Select(Gen.OneOfConst("", "p:", "q:", "xml:"), s_name, s_value, s_value)
        .Select((prefix, name, value, other) => prefix.Length == 0 ? $" {name}='{value.Replace("'", "", StringComparison.Ordinal)}'" : $" {prefix}{name}='{value.Replace("'", "", StringComparison.Ordinal)}' z='{other.Replace("'", "", StringComparison.Ordinal)}' y='1'");
}
