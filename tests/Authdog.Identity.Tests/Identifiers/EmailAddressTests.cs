using Authdog.Identity.Identifiers;
using CsCheck;

namespace Authdog.Identity.Tests.Identifiers;

[Trait("Threat", "B12")]
public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("  Ada.L+news@Example.COM ", "Ada.L+news@example.com")]
    [InlineData("o'hara@example.co.uk", "o'hara@example.co.uk")]
    [InlineData("user@bücher.example", "user@xn--bcher-kva.example")]
    [InlineData("e\u0301@example.com", "\u00e9@example.com")]
    public void Reads(string text, string value)
    {
        EmailAddress.TryParse(text, out var address).ShouldBeTrue();
        address.Value.ShouldBe(value);
        value.ShouldEndWith("@" + address.Domain);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("a@evil@corp.com")]
    [InlineData("\"a@b\"@example.com")]
    [InlineData("ada@localhost")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@example..com")]
    [InlineData("ada@.example.com")]
    [InlineData("ada@example.com.")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@exam_ple.com")]
    [InlineData(".ada@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("ada @example.com")]
    [InlineData("ada@example.com\r\nBcc: x@y.z")]
    [InlineData("ada\u0000@example.com")]
    [InlineData("ada<x>@example.com")]
    [InlineData("ada@example.com,b@example.com")]
    [InlineData("ada\u202e@example.com")]
    [InlineData("ada＠example.com")]
    public void Refuses(string? text) => EmailAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void RefusesWhatIsNoText() => EmailAddress.TryParse("ada\ud800@example.com", out _).ShouldBeFalse();

    [Fact]
    public void RefusesWhatIsTooLong()
    {
        EmailAddress.TryParse(new string('a', 64) + "@example.com", out _).ShouldBeTrue();
        EmailAddress.TryParse(new string('a', 65) + "@example.com", out _).ShouldBeFalse();
        EmailAddress.TryParse("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)) + ".com", out _).ShouldBeFalse();
    }

    [Fact]
    public void IsItsOwnNormalForm_AndHasOneAt_WhateverTheText() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["ab.@-+é\u0301İßẞ例\u200d\r\n\t \ud800"], 1, 20].Select(s => s + "@example.com"), Gen.String[Gen.Char["ab.@-é例ẞ"], 1, 20].Select(s => "a@" + s + ".com"))
            .Sample(text =>
            {
                if (!EmailAddress.TryParse(text, out var address))
                {
                    return true;
                }

                return EmailAddress.TryParse(address.Value, out var again) && again == address
                    && address.Value.Count(c => c == '@') == 1
                    && address.Domain.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
                    && !address.Value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
                    && !address.ToString().Contains(address.Value, StringComparison.Ordinal);
            });

    [Fact]
    public void ComparesWithoutCase() =>
        (EmailAddress.TryParse("ADA@example.com", out var upper) && EmailAddress.TryParse("ada@EXAMPLE.com", out var lower) && upper.Normalized == lower.Normalized).ShouldBeTrue();

    [Theory]
    [InlineData("Ada+shop@Example.com", "ADA@EXAMPLE.COM")]
    [InlineData("a.d.a+x@googlemail.com", "ADA@GMAIL.COM")]
    [InlineData("a.d.a@example.com", "A.D.A@EXAMPLE.COM")]
    [InlineData("+x@example.com", "+X@EXAMPLE.COM")]
    public void MailboxIsTheOneBehindTheAddress(string text, string mailbox)
    {
        EmailAddress.TryParse(text, out var email).ShouldBeTrue();
        email!.Mailbox.ShouldBe(mailbox);
    }
}
