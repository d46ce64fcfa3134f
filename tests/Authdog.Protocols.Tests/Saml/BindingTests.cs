using System.IO.Compression;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>How messages come in.</summary>
[Trait("Threat", "I8")]
public sealed class BindingTests
{
    private static readonly string s_message = Convert.ToBase64String("<x/>"u8);

    [Fact]
    public void FormGivesTheMessage()
    {
        var message = Received(MessageReceiver.FromForm([new("other", "1"), new("other", "2"), new("SAMLResponse", s_message), new("RelayState", "r")]));
        message.Xml.ToArray().ShouldBe("<x/>"u8.ToArray());
        message.Parameter.ShouldBe(SamlParameter.SAMLResponse);
        message.RelayState.ShouldBe("r");
        Received(MessageReceiver.FromForm([new("SAMLRequest", "PHgv\r\n  Pg==\n")])).Xml.ToArray().ShouldBe("<x/>"u8.ToArray());
    }

    [Fact]
    public void Artifact_IsRefusedInWords()
    {
        Refused(MessageReceiver.FromForm([new("SAMLart", "AAQ")]), SamlErrorCode.ArtifactRefused).Message.ShouldContain("HTTP-POST");
        Refused(MessageReceiver.FromQuery("?SAMLart=AAQ&RelayState=x"), SamlErrorCode.ArtifactRefused);
    }

    [Fact]
    public void RepeatedParameter_IsRefused()
    {
        Refused(MessageReceiver.FromForm([new("SAMLResponse", s_message), new("SAMLResponse", s_message)]), SamlErrorCode.WrongParameters);
        Refused(MessageReceiver.FromForm([new("SAMLResponse", s_message), new("SAMLRequest", s_message)]), SamlErrorCode.WrongParameters);
        Refused(MessageReceiver.FromForm([new("SAMLResponse", s_message), new("RelayState", "a"), new("RelayState", "b")]), SamlErrorCode.WrongParameters);
        Refused(MessageReceiver.FromQuery("SAMLRequest=a&SAMLRequest=b"), SamlErrorCode.WrongParameters);
        Refused(MessageReceiver.FromQuery("SAMLRequest=a&%53AMLRequest=b"), SamlErrorCode.WrongParameters);
        Refused(MessageReceiver.FromQuery("SAMLRequest=%zz"), SamlErrorCode.WrongParameters);
        Refused(MessageReceiver.FromQuery("SAMLRequest=%ff"), SamlErrorCode.WrongParameters);
    }

    [Fact]
    public void NothingThere_IsRefused()
    {
        Refused(MessageReceiver.FromForm([]), SamlErrorCode.MessageMissing);
        Refused(MessageReceiver.FromQuery("?"), SamlErrorCode.MessageMissing);
        Refused(MessageReceiver.FromForm([new("samlresponse", s_message)]), SamlErrorCode.MessageMissing);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("PHgv")]
    [InlineData("PHgvPg=")]
    [InlineData("PHgv_g==")]
    [InlineData("PHgvPg==PHgvPg==")]
    public void OddBase64_IsRefusedOrReadOneWay(string text)
    {
        var result = MessageReceiver.FromForm([new("SAMLResponse", text)]);
        if (text != "PHgv")
        {
            Refused(result, SamlErrorCode.NotBase64);
        }
    }

    [Fact]
    public void LargeMessage_IsRefused()
    {
        Refused(MessageReceiver.FromForm([new("SAMLResponse", Convert.ToBase64String(new byte[300_000]))]), SamlErrorCode.TooLarge);
        Refused(MessageReceiver.FromForm([new("SAMLResponse", new string(' ', 10_000_000) + s_message)]), SamlErrorCode.TooLarge);
        Refused(MessageReceiver.FromQuery("SAMLRequest=" + new string('A', 100_000)), SamlErrorCode.TooLarge);
        Refused(MessageReceiver.FromForm([new("SAMLResponse", s_message), new("RelayState", new string('r', 2049))]), SamlErrorCode.WrongParameters);
    }

    [Fact]
    public void InflateBomb_IsRefused_WithoutInflatingIt()
    {
        using var bomb = new MemoryStream();
        using (var deflate = new DeflateStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var block = 0; block < 30; block++)
            {
                deflate.Write(new byte[1_000_000]);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(MessageReceiver.FromQuery("SAMLRequest=" + Uri.EscapeDataString(Convert.ToBase64String(bomb.ToArray()))), SamlErrorCode.NotDeflate);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(3_000_000);
    }

    [Fact]
    public void NotDeflate_IsRefused()
    {
        Refused(MessageReceiver.FromQuery("SAMLRequest=" + Uri.EscapeDataString(s_message)), SamlErrorCode.NotDeflate);
        Refused(MessageReceiver.FromQuery("SAMLRequest=AAAA&SAMLEncoding=urn:x"), SamlErrorCode.NotDeflate);
    }

    [Fact]
    public void SignatureHalf_IsRefused()
    {
        var message = Query();
        Refused(MessageReceiver.FromQuery(message + "&SigAlg=x"), SamlErrorCode.WrongParameters);
        Refused(MessageReceiver.FromQuery(message + "&Signature=AAAA"), SamlErrorCode.WrongParameters);
        Refused(MessageReceiver.FromQuery(message + "&SigAlg=x&Signature=*"), SamlErrorCode.WrongParameters);
    }

    // Lower-case escapes, a plus, another order: what was signed is what came, not what we would have written.
    [Fact]
    public void SignedText_IsTheQueryAsReceived()
    {
        var message = Received(MessageReceiver.FromQuery($"?x=1&Signature=AAAA&RelayState=a%2fb+c&SigAlg=urn%3ax&{Query()}"));
        System.Text.Encoding.UTF8.GetString(message.QuerySignature!.SignedText.Span).ShouldBe($"{Query()}&RelayState=a%2fb+c&SigAlg=urn%3ax");
        message.RelayState.ShouldBe("a/b c");
    }

    private static string Query()
    {
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write("<x/>"u8);
        }

        return "SAMLRequest=" + Uri.EscapeDataString(Convert.ToBase64String(deflated.ToArray()));
    }

    private static ReceivedMessage Received(ReceivedMessageResult result) => result.ShouldBeOfType<ReceivedMessageResult.Received>().Message;

    private static SamlError Refused(ReceivedMessageResult result, SamlErrorCode code)
    {
        var error = result.ShouldBeOfType<ReceivedMessageResult.Refused>().Error;
        error.Code.ShouldBe(code);
        return error;
    }
}
