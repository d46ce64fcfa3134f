using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>Conditions of an assertion (SAML core, section 2.5).</summary>
internal static class ConditionsCheck
{
    /// <summary>Checks them.</summary>
    public static SamlError? Check(Element assertion, ResponseContext context, out DateTimeOffset? notOnOrAfter, out bool isOneTimeUse)
    {
        (notOnOrAfter, isOneTimeUse) = (null, false);
        if (assertion.One(XmlNames.Assertion, "Conditions") is not { } conditions)
        {
            return new(SamlErrorCode.WrongAudience, "The assertion has no Conditions, so it does not say for whom it is.");
        }

        if (context.CheckPeriod(conditions, out notOnOrAfter) is { } error)
        {
            return error;
        }

        // Section 2.5.1: a condition that is not understood makes the assertion unusable. ProxyRestriction binds who passes
        // assertions on; this gateway issues none.
        if (conditions.Elements.FirstOrDefault(child => child.Namespace != XmlNames.Assertion || child.LocalName is not ("AudienceRestriction" or "OneTimeUse" or "ProxyRestriction")) is { } unknown)
        {
            return new(SamlErrorCode.UnknownCondition, $"The assertion has a condition that is not understood: {SamlError.Quote(unknown.LocalName)}.");
        }

        isOneTimeUse = conditions.Count(XmlNames.Assertion, "OneTimeUse") > 0;

        // Section 2.5.1.4: each restriction has to name us; inside one, any audience does.
        Element[] restrictions = [.. conditions.All(XmlNames.Assertion, "AudienceRestriction")];
        if (restrictions.Length > 0 && restrictions.All(restriction => restriction.All(XmlNames.Assertion, "Audience").Any(audience => audience.Content == context.ServiceProvider.EntityId)))
        {
            return null;
        }

        var named = string.Join(", ", restrictions.SelectMany(restriction => restriction.All(XmlNames.Assertion, "Audience")).Select(audience => audience.Content));
        return new(SamlErrorCode.WrongAudience, $"The assertion is meant for {(named.Length == 0 ? "nobody in particular" : SamlError.Quote(named))}; the entity id (audience) of this connection is {SamlError.Quote(context.ServiceProvider.EntityId)}.");
    }
}
