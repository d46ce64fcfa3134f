using System.Text;
using Authdog.Corpus;
using Authdog.Gateway.Edge;
using CsCheck;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Corpus;

/// <summary>The parsers of the edge against any input: they never throw, and what they accept keeps their promises. <c>CsCheck_Time=3600</c> makes it an hour's fuzzing.</summary>
public sealed class EdgeFuzzTests
{
    private const int Iterations = 30_000;
    private static readonly Gen<string> s_bytes = Gen.Char['\u0001', '\u00ff'].Array[0, 60].Select(characters => new string(characters));
    private static readonly Gen<string> s_known = Gen.OneOfConst([.. CorpusFiles.Targets().Select(target => target.Target)]);
    private static readonly Gen<string> s_mutated = Gen.Select(s_known, Gen.Int[0, 40], Gen.Char['\u0001', '\u00ff'], (target, place, octet) => target.Insert(Math.Min(place, target.Length), octet.ToString()));

    [Fact]
    [Trait("Threat", "B1")]
    [Trait("Threat", "B2")]
    public void AcceptedTargetsAreUnchanged_AndPathsMeanOneThing() =>
        Gen.OneOf(s_bytes.Select(text => "/" + text), s_mutated).Sample(
            raw =>
            {
                if (TargetParser.Parse(raw, out var target, out var path, out var oddities) != Ambiguity.None)
                {
                    return;
                }

                raw.ShouldEndWith(raw.StartsWith('/') ? target : target.TrimStart('/'));
                path[0].ShouldBe('/');
                path.ShouldNotContain('\\');
                path.ShouldAllBe(c => !char.IsControl(c));
                target.ShouldNotContain('#');
                path.Split('/').ShouldNotContain(segment => segment == "." || segment == "..");
                (path.Split('/').Skip(1).SkipLast(1).Any(segment => segment.Length == 0) && !oddities.HasFlag(PathOddities.EmptySegment)).ShouldBeFalse();
                path.Contains("%2f", StringComparison.OrdinalIgnoreCase).ShouldBe(oddities.HasFlag(PathOddities.EncodedSlash));
                (path.Contains(';', StringComparison.Ordinal) && !oddities.HasFlag(PathOddities.Parameters)).ShouldBeFalse();
                if (oddities == PathOddities.None)
                {
                    // No lenient reading differs: that is what "not odd" means.
                    LenientPath.Differing(path.Length > 1 ? path.TrimEnd('/') : path).Where(segment => segment.Length > 0).ShouldBeEmpty();
                }

                if (!path.Contains('%', StringComparison.Ordinal))
                {
                    TargetParser.Parse(string.Concat(path.Select(c => Uri.EscapeDataString(c.ToString()) is var escaped && (c == '/' || char.IsSurrogate(c)) ? c.ToString() : escaped)), out _, out var again, out _);
                    (again.Length == 0 || again == path).ShouldBeTrue();
                }
            },
            iter: Iterations);

    [Fact]
    [Trait("Threat", "B3")]
    public void AcceptedHostsHaveOneForm() =>
        Gen.OneOf(s_bytes, Gen.OneOfConst("a", "A", ".", ":", "80", "[", "]", "::1", "xn--", "-", "_", "@", "/", "%", "\u00fc", "example", "0", "\u3002").Array[1, 8].Select(string.Concat)).Sample(
            text =>
            {
                if (!HostParser.TryParse(new HostString(text), out var host, out var port))
                {
                    return;
                }

                host.ShouldBe(host.ToLowerInvariant());
                Ascii.IsValid(host).ShouldBeTrue();
                host.ShouldNotEndWith(".");
                host.ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || "-._[]:".Contains(c));
                (port is null or (> 0 and < 65536)).ShouldBeTrue();
                HostParser.TryParse(new HostString(host), out var again, out _).ShouldBeTrue();
                again.ShouldBe(host);
            },
            iter: Iterations);

    [Fact]
    [Trait("Threat", "B4")]
    public void ForwardedIsReadOrRefused_WhateverItSays() =>
        Gen.OneOf(s_bytes, Gen.OneOfConst("for", "=", "proto", "host", ";", ",", " ", "\"", "1.2.3.4", "[::1]", "https", "a.example", "_x", "unknown", "\\").Array[1, 20].Select(string.Concat)).Sample(
            text =>
            {
                if (ForwardedElement.TryParse(text, out var elements))
                {
                    elements.Count.ShouldBeInRange(1, 32);
                    elements.ShouldAllBe(element => element.Host == null || !element.Host.Contains('"'));
                }
            },
            iter: Iterations);

    [Fact]
    [Trait("Threat", "B5")]
    public void ReservedNamesNeverStay_InWhateverSpelling()
    {
        var hygiene = new HeaderHygiene(new ReservedHeaders());
        Gen.Select(Gen.OneOfConst("X-Authdog-User", "x-forwarded-for", "X-Real-IP", "Forwarded", "Proxy", "X-Original-URL"), Gen.Int[0, 16], Gen.OneOfConst("_", ".", "-", "~", "|", "--", "_-"), Gen.Bool).Sample(
            (name, place, separator, upper) =>
            {
                var spelt = name.Insert(Math.Min(place, name.Length), separator);
                var headers = new HeaderDictionary { [upper ? spelt.ToUpperInvariant() : spelt] = "x", ["Accept"] = "y" };
                if (hygiene.Clean(headers, out _) == Ambiguity.None)
                {
                    headers.Keys.ShouldBe(["Accept"]);
                }
            },
            iter: Iterations);
    }
}
