using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>The authentication statement (SAML core, section 2.7.2), and whether it is what was asked for.</summary>
internal static class AuthnStatementReader
{
    private const int MaxSessionIndexLength = 1024;

    /// <summary>The statement, or <see langword="null"/> and why not. Of several, the first counts; the earliest end of a session bounds ours.</summary>
    public static AuthnStatement? Read(Element assertion, ResponseContext context, out SamlError? error)
    {
        Element[] statements = [.. assertion.All(XmlNames.Assertion, "AuthnStatement")];
        if (statements is not [var first, ..] || first.Attribute("SessionIndex") is { Length: > MaxSessionIndexLength })
        {
            error = new(SamlErrorCode.AuthnStatementMissing, "The assertion does not say when and how the person authenticated (AuthnStatement).");
            return null;
        }

        if (SamlInstant.Parse(first.Attribute("AuthnInstant")) is not { } instant)
        {
            error = new(SamlErrorCode.TimeMissing, "AuthnStatement has no AuthnInstant that can be read.");
            return null;
        }

        if (context.Now + context.Rules.ClockSkew < instant)
        {
            error = new(SamlErrorCode.NotYetValid, $"The person authenticates at {SamlInstant.Format(instant)}, and it is {SamlInstant.Format(context.Now)} here. Compare the clocks.");
            return null;
        }

        var contextClass = first.One(XmlNames.Assertion, "AuthnContext")?.One(XmlNames.Assertion, "AuthnContextClassRef")?.Content;
        error = ReadEnd(statements, context, out var end) ?? CheckRequest(instant, contextClass, context);
        return error is null ? new(instant, first.Attribute("SessionIndex"), end, contextClass) : null;
    }

    private static SamlError? ReadEnd(Element[] statements, ResponseContext context, out DateTimeOffset? end)
    {
        end = null;
        foreach (var text in statements.Select(statement => statement.Attribute("SessionNotOnOrAfter")).OfType<string>())
        {
            if (SamlInstant.Parse(text) is not { } instant)
            {
                return new(SamlErrorCode.TimeMissing, "AuthnStatement has a SessionNotOnOrAfter that cannot be read.");
            }

            end = end is { } earlier && earlier < instant ? earlier : instant;
        }

        return end is { } passed && context.Now - context.Rules.ClockSkew >= passed
            ? new(SamlErrorCode.SessionEnded, $"The session at the identity provider ended at {SamlInstant.Format(passed)}.")
            : null;
    }

    // An identity provider that ignores what was asked must not raise anybody's level here.
    private static SamlError? CheckRequest(DateTimeOffset instant, string? contextClass, ResponseContext context)
    {
        if (context.Outstanding is not { } request)
        {
            return null;
        }

        if (request.ForceAuthn && instant < request.IssueInstant - context.Rules.ClockSkew)
        {
            return new(SamlErrorCode.NotFresh, $"A fresh authentication was asked for, and the person authenticated at {SamlInstant.Format(instant)}, before the request.");
        }

        return request.AuthnContextClassRefs.Count == 0 || request.AuthnContextClassRefs.Contains(contextClass, StringComparer.Ordinal)
            ? null
            : new(SamlErrorCode.WrongAuthnContext, $"The person authenticated by {SamlError.Quote(contextClass)}; asked for was {SamlError.Quote(string.Join(", ", request.AuthnContextClassRefs))}.");
    }
}
