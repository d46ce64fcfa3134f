using Authdog.Gateway.Forwarding;
using CsCheck;

namespace Authdog.Gateway.Tests.Forwarding;

[Trait("Threat", "I13")]
public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace")]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("Jürgen", "J%C3%BCrgen")]
    [InlineData("a\r\nX-Authdog-Roles: admin", "a%0D%0AX-Authdog-Roles: admin")]
    [InlineData("100%", "100%25")]
    [InlineData(" x ", "%20x%20")]
    [InlineData("😀", "%F0%9F%98%80")]
    public void Encodes_AsDocumented(string text, string header) => HeaderText.Encode(text).ShouldBe(header);

    [Fact]
    public void KeepsEntriesApart_WhenOneHasAComma() => HeaderText.EncodeList(["staff", "a,b"]).ShouldBe("staff,a%2Cb");

    [Fact]
    public void IsVisibleAsciiAndReversible_WhateverTheText() =>
        Gen.String.Sample(text =>
        {
            var header = HeaderText.Encode(text);
            header.ShouldAllBe(c => c >= ' ' && c < '\u007f');
            if (!text.Any(char.IsSurrogate))
            {
                Uri.UnescapeDataString(header).ShouldBe(text);
            }
        });
}
