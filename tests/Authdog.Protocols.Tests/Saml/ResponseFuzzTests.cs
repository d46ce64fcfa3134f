using System.Diagnostics;
using System.Globalization;
using System.Text;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Responses;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>
/// Mutated responses by the thousand: never an exception, never slow, and whatever is accepted says exactly what the genuine
/// one says. <c>AUTHDOG_FUZZ_RESPONSES=1000000</c> plays more, <c>AUTHDOG_FUZZ_SEED</c> repeats a run.
/// </summary>
[Trait("Threat", "I8")]
public sealed class ResponseFuzzTests
{
    private static readonly int s_count = int.Parse(Environment.GetEnvironmentVariable("AUTHDOG_FUZZ_RESPONSES") ?? "6000", CultureInfo.InvariantCulture);
    private static readonly int s_seed = int.Parse(Environment.GetEnvironmentVariable("AUTHDOG_FUZZ_SEED") ?? Environment.TickCount.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static readonly string[] s_tokens =
    [
        "<!-- -->", "<![CDATA[x]]>", "<?x?>", "&#x41;", "&lt;", "<saml:Assertion/>", "<ds:Signature/>", "<saml:NameID>root@example.com</saml:NameID>", "ID=\"_assertion\"", "xmlns:saml=\"urn:evil\"", "xmlns=\"\"",
        "_assertion", "_response", "root@example.com", "</saml:Assertion>", "</samlp:Response>", "<samlp:Extensions>", "\0", "\uFEFF", " ", "\r\n", "'", "\"", ">", "<", "#", "=", "2.0", "9999-12-31T00:00:00Z",
    ];

    public static TheoryData<string> Placements => ["assertion", "response", "both", "cbc", "gcm"];

    [Theory]
    [MemberData(nameof(Placements))]
    public void NothingButTheGenuineAssertionIsAccepted(string placement)
    {
        var scenario = placement switch
        {
            "assertion" => new ResponseScenario(),
            "response" => ResponseScenario.ResponseSigned,
            "both" => ResponseScenario.BothSigned,
            "cbc" => new ResponseScenario { Encryption = new() { Content = EncryptionSpec.Xenc + "aes128-cbc" } },
            _ => ResponseScenario.ResponseSigned with { Encryption = new() },
        };
        var genuine = TestSigner.Utf8(scenario.Xml());
        var expected = Describe(scenario.Verify(genuine))!;
        expected.ShouldContain(ResponseScenario.Person);
        var random = new FuzzRandom(s_seed);
        var accepted = 0;
        for (var number = 0; number < s_count / 5; number++)
        {
            var mutant = Mutate(genuine, random);
            var started = Stopwatch.GetTimestamp();
            var said = Describe(scenario.Verify(mutant));
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5), $"seed {s_seed}, number {number}");
            accepted += said is null ? 0 : 1;
            (said is null || said == expected).ShouldBeTrue($"seed {s_seed}, number {number}: {said}\n{Encoding.UTF8.GetString(mutant)}");
        }

        accepted.ShouldBeLessThan(s_count / 5, "mutations that never matter test nothing");
    }

    [Fact]
    public void BindingsNeverThrow()
    {
        var random = new FuzzRandom(s_seed);
        var query = TestSigner.Utf8("SAMLRequest=fZFfa8IwFMXf9ylC3vsnrW4atFAUhuA&RelayState=x%20y&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256&Signature=AAAA");
        for (var number = 0; number < 2000; number++)
        {
            var mutant = Encoding.Latin1.GetString(Mutate(query, random));
            MessageReceiver.FromQuery(mutant).ShouldNotBeNull();
            MessageReceiver.FromForm([new("SAMLResponse", mutant), new("RelayState", mutant)]).ShouldNotBeNull();
        }
    }

    private static string? Describe(SamlResponseResult result)
    {
        if (result is not SamlResponseResult.Verified verified)
        {
            return null;
        }

        verified.Assertion.TryRedeem(true, out var assertion, out _).ShouldBeTrue();
        return string.Join('|', assertion!.Id, assertion.Issuer, assertion.NameId.Value, assertion.NameId.Format, assertion.SessionIndex, assertion.AuthnInstant, assertion.AuthnContextClassRef, string.Join(',', assertion.Attributes.SelectMany(attribute => attribute.Values.Prepend(attribute.Name))));
    }

    private static byte[] Mutate(byte[] genuine, FuzzRandom random)
    {
        List<byte> bytes = [.. genuine];
        for (var step = random.Next(4) + 1; step > 0 && bytes.Count > 0; step--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(64) + 1, bytes.Count - at);
            switch (random.Next(8))
            {
                case 0: // A bit.
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1: // A byte.
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2: // Something of the grammar, at any place.
                    bytes.InsertRange(at, TestSigner.Utf8(s_tokens[random.Next(s_tokens.Length)]));
                    break;
                case 3: // Something gone.
                    bytes.RemoveRange(at, length);
                    break;
                case 4: // Something twice, elsewhere.
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 5 or 6: // A whole element twice or moved.
                    Element(bytes, random);
                    break;
                default: // The end gone.
                    bytes.RemoveRange(bytes.Count - Math.Min(length, bytes.Count), Math.Min(length, bytes.Count));
                    break;
            }
        }

        return [.. bytes];
    }

    // From the start of some tag to the end of some later one, copied or moved to another tag.
    private static void Element(List<byte> bytes, FuzzRandom random)
    {
        int[] tags = [.. bytes.Select((value, index) => (value, index)).Where(pair => pair.value == '<').Select(pair => pair.index)];
        if (tags.Length < 2)
        {
            return;
        }

        var from = random.Next(tags.Length - 1);
        var to = Math.Min(from + random.Next(24) + 1, tags.Length - 1);
        var part = bytes.GetRange(tags[from], tags[to] - tags[from]);
        var target = tags[random.Next(tags.Length)];
        if (random.Next(2) == 0)
        {
            bytes.RemoveRange(tags[from], part.Count);
            target = Math.Min(target, bytes.Count);
        }

        bytes.InsertRange(target, part);
    }
}
