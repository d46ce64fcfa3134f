using Authdog.Gateway.Edge;
using CsCheck;

namespace Authdog.Gateway.Tests.Edge;

[Trait("Threat", "B1")]
public sealed class TargetParserTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b.html?x=1", "/a/b.html")]
    [InlineData("/a/", "/a/")]
    [InlineData("/caf%C3%A9", "/café")]
    [InlineData("/a%20b+c", "/a b+c")]
    [InlineData("/@scope:x,y=z", "/@scope:x,y=z")]
    [InlineData("/100%25", "/100%")]
    [InlineData("/...", "/...")]
    [InlineData("/.hidden/..x", "/.hidden/..x")]
    [InlineData("/a?u=//b/../%2f%00\\", "/a")]
    [InlineData("/%41", "/A")]
    [InlineData("http://localhost/a?b", "/a")]
    [InlineData("http://localhost", "/")]
    public void ReadsPath_WhenTargetIsUnambiguous(string raw, string path)
    {
        TargetParser.Parse(raw, out _, out var read).ShouldBe(Ambiguity.None);
        read.ShouldBe(path);
    }

    [Theory]
    [InlineData("", nameof(Ambiguity.TargetForm))]
    [InlineData("*", nameof(Ambiguity.TargetForm))]
    [InlineData("a/b", nameof(Ambiguity.TargetForm))]
    [InlineData("example.com:443", nameof(Ambiguity.TargetForm))]
    [InlineData("/a\tb", nameof(Ambiguity.ControlCharacter))]
    [InlineData("/caf\u00e9", nameof(Ambiguity.ControlCharacter))]
    [InlineData("/a%00", nameof(Ambiguity.ControlCharacter))]
    [InlineData("/a%0d%0a", nameof(Ambiguity.ControlCharacter))]
    [InlineData("/a%7f", nameof(Ambiguity.ControlCharacter))]
    [InlineData("/a%c2%85", nameof(Ambiguity.ControlCharacter))]
    [InlineData("/a#b", nameof(Ambiguity.Fragment))]
    [InlineData("/a?b#c", nameof(Ambiguity.Fragment))]
    [InlineData("/a\\b", nameof(Ambiguity.Backslash))]
    [InlineData("/a%5Cb", nameof(Ambiguity.Backslash))]
    [InlineData("/a%2fb", nameof(Ambiguity.EncodedSlash))]
    [InlineData("/a%2Fb", nameof(Ambiguity.EncodedSlash))]
    [InlineData("/a%", nameof(Ambiguity.InvalidEncoding))]
    [InlineData("/a%2", nameof(Ambiguity.InvalidEncoding))]
    [InlineData("/a%zz", nameof(Ambiguity.InvalidEncoding))]
    [InlineData("/%c0%ae", nameof(Ambiguity.InvalidEncoding))]
    [InlineData("/%e0%80%af", nameof(Ambiguity.InvalidEncoding))]
    [InlineData("/%ed%a0%80", nameof(Ambiguity.InvalidEncoding))]
    [InlineData("/%ff", nameof(Ambiguity.InvalidEncoding))]
    [InlineData("/%252e", nameof(Ambiguity.DoubleEncoding))]
    [InlineData("/%25%32%65", nameof(Ambiguity.DoubleEncoding))]
    [InlineData("/x%25%252f", nameof(Ambiguity.DoubleEncoding))]
    [InlineData("/.", nameof(Ambiguity.DotSegment))]
    [InlineData("/a/../b", nameof(Ambiguity.DotSegment))]
    [InlineData("/a/%2e%2e/b", nameof(Ambiguity.DotSegment))]
    [InlineData("/a/.%2E/b", nameof(Ambiguity.DotSegment))]
    [InlineData("/a/..;x/b", nameof(Ambiguity.DotSegment))]
    [InlineData("/a/%2e;/b", nameof(Ambiguity.DotSegment))]
    [InlineData("//a", nameof(Ambiguity.EmptySegment))]
    [InlineData("/a//b", nameof(Ambiguity.EmptySegment))]
    public void Refuses_WhenUpstreamsWouldReadItDifferently(string raw, string ambiguity) =>
        TargetParser.Parse(raw, out _, out _).ToString().ShouldBe(ambiguity);

    [Fact]
    public void KeepsTargetByteForByte_WhenItIsAccepted()
    {
        TargetParser.Parse("/a%41/%C3%A9?q=%2f&&%zz", out var target, out _).ShouldBe(Ambiguity.None);
        target.ShouldBe("/a%41/%C3%A9?q=%2f&&%zz");
    }

    [Fact]
    public void AcceptedPathsMeanOneThing_WhateverIsSent()
    {
        string[] parts = ["/", ".", "..", "a", "admin", "%2e", "%2E", "%2f", "%5c", "\\", ";", "%3b", "%25", "%", "2e", "%00", "%c0%af", "%C3%A9", "?", "#", "//", "%20"];
        Gen.OneOfConst(parts).Array[1, 12].Select(string.Concat).Sample(
            text =>
            {
                if (TargetParser.Parse("/" + text, out var target, out var path) != Ambiguity.None)
                {
                    return;
                }

                target.ShouldBe("/" + text);
                path.ShouldBe(Uri.UnescapeDataString(target.Split('?')[0]));
                Uri.UnescapeDataString(path).ShouldBe(path, "a second decoding must change nothing");
                path.ShouldNotContain('\\');
                path.Split('/')[1..^1].ShouldNotContain(segment => segment.Length == 0 || segment == "." || segment == "..");
            },
            iter: 20_000);
    }
}
