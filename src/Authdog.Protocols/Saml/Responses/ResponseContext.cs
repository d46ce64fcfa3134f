using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>What a response is judged by.</summary>
internal sealed record ResponseContext(SamlServiceProvider ServiceProvider, SamlIdentityProvider IdentityProvider, SamlResponseRules Rules, OutstandingAuthnRequest? Outstanding, DateTimeOffset Now)
{
    /// <summary>Whether an issuer is the connection's identity provider.</summary>
    public SamlError? CheckIssuer(Element issuer, string where)
    {
        if (issuer.Attribute("Format") is { } format && format != NameIdFormats.Entity)
        {
            return new(SamlErrorCode.WrongIssuer, $"The issuer of the {where} has the format {SamlError.Quote(format)}.");
        }

        return issuer.Content == IdentityProvider.EntityId
            ? null
            : new(SamlErrorCode.WrongIssuer, $"The {where} was issued by {SamlError.Quote(issuer.Content)}; this connection is for {SamlError.Quote(IdentityProvider.EntityId)}.");
    }

    /// <summary>Checks when a response or assertion was issued.</summary>
    public SamlError? CheckIssueInstant(Element element, out DateTimeOffset issued)
    {
        issued = default;
        if (SamlInstant.Parse(element.Attribute("IssueInstant")) is not { } instant)
        {
            return new(SamlErrorCode.TimeMissing, $"The {element.LocalName} has no IssueInstant that can be read.");
        }

        issued = instant;
        if (Now + Rules.ClockSkew < instant)
        {
            return new(SamlErrorCode.NotYetValid, $"The {element.LocalName} was issued at {SamlInstant.Format(instant)}, and it is {SamlInstant.Format(Now)} here. Compare the clocks.");
        }

        return Now - Rules.ClockSkew - SamlResponseRules.MaxAge >= instant
            ? new(SamlErrorCode.Expired, $"The {element.LocalName} was issued at {SamlInstant.Format(instant)}, more than {SamlResponseRules.MaxAge.TotalHours:0} hours ago.")
            : null;
    }

    /// <summary>Checks a validity period. Skew is taken from the present, so no written time can overflow.</summary>
    public SamlError? CheckPeriod(Element element, out DateTimeOffset? notOnOrAfter)
    {
        notOnOrAfter = SamlInstant.Parse(element.Attribute("NotOnOrAfter"));
        var notBefore = SamlInstant.Parse(element.Attribute("NotBefore"));
        if ((notOnOrAfter is null && element.Attribute("NotOnOrAfter") is not null) || (notBefore is null && element.Attribute("NotBefore") is not null))
        {
            return new(SamlErrorCode.TimeMissing, $"A time in {element.LocalName} cannot be read.");
        }

        // SAML core, section 2.5.1.2: a period that ends before it begins is none, however far the clocks may differ.
        if (notBefore >= notOnOrAfter)
        {
            return new(SamlErrorCode.Expired, $"{element.LocalName} is valid from {SamlInstant.Format(notBefore.Value)} until {SamlInstant.Format(notOnOrAfter.Value)}, which is never.");
        }

        if (notBefore is { } begin && Now + Rules.ClockSkew < begin)
        {
            return new(SamlErrorCode.NotYetValid, $"{element.LocalName} is valid from {SamlInstant.Format(begin)}, and it is {SamlInstant.Format(Now)} here. Compare the clocks.");
        }

        return notOnOrAfter is { } end && Now - Rules.ClockSkew >= end
            ? new(SamlErrorCode.Expired, $"{element.LocalName} was valid until {SamlInstant.Format(end)}, and it is {SamlInstant.Format(Now)} here. Begin the sign-in again; if that does not help, compare the clocks.")
            : null;
    }
}
