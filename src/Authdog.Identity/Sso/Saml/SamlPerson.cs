using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Responses;

namespace Authdog.Identity.Sso.Saml;

/// <summary>What an assertion says about a person, in the words of an account; each with the name of the attribute that said it.</summary>
/// <param name="Subject">What names the person for good; null when all that it has changes at every sign-in.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="EmailFrom">Attribute that it came from; null when it was the name identifier.</param>
/// <param name="Name">Display name.</param>
/// <param name="NameFrom">Attributes that it came from.</param>
/// <param name="Groups">Groups.</param>
/// <param name="GroupsFrom">Attribute that they came from.</param>
internal sealed record SamlPerson(
    string? Subject,
    EmailAddress? Email,
    string? EmailFrom,
    string? Name,
    ImmutableArray<string> NameFrom,
    ImmutableArray<string> Groups,
    string? GroupsFrom)
{
    // B18: what is kept and compared is bounded, whatever the provider sends.
    private const int MaxGroup = 256;
    private const int MaxSubject = ExternalProof.MaxIdentifier;
    private static readonly ConnectionMapping s_default = new();

    /// <summary>Reads the person of an assertion. What the connection maps goes before the names that everybody knows.</summary>
    public static SamlPerson Of(VerifiedSamlAssertion assertion, SamlServiceProvider self, SamlSettings settings, ConnectionMapping mapping)
    {
        var (email, emailFrom) = EmailOf(assertion, mapping);
        var (name, nameFrom) = NameOf(assertion, mapping);
        var (groups, groupsFrom) = Find(assertion, mapping.Groups == s_default.Groups ? SamlAttributeNames.Groups : [mapping.Groups]);
        return new SamlPerson(SubjectOf(assertion, self, settings), email, emailFrom, name, nameFrom, [.. groups.Where(static group => group.Length <= MaxGroup).Distinct(StringComparer.Ordinal)], groupsFrom);
    }

    /// <summary>The subject of a name identifier; null when it changes at every sign-in, or is too long.</summary>
    /// <remarks>Core, section 2.2.2: a name is one within its qualifiers. Those that say no more than who speaks with whom are left out, since some providers send them now and then.</remarks>
    public static string? SubjectOf(SamlNameId id, string issuer, string self)
    {
        if (id.IsTransient || id.Value.Length is 0 or > MaxSubject)
        {
            return null;
        }

        var (from, to) = (id.NameQualifier == issuer ? null : id.NameQualifier, id.SpNameQualifier == self ? null : id.SpNameQualifier);
        return from is null && to is null ? id.Value : $"{id.Value}\n{from}\n{to}" is { Length: <= MaxSubject } qualified ? qualified : null;
    }

    /// <summary>Nothing about the person.</summary>
    public override string ToString() => nameof(SamlPerson);

    private static string? SubjectOf(VerifiedSamlAssertion assertion, SamlServiceProvider self, SamlSettings settings)
    {
        if (settings.SubjectAttribute is { } attribute)
        {
            // Two values name nobody.
            return assertion.Values(attribute).ToList() is [{ Length: > 0 and <= MaxSubject } only] ? only : null;
        }

        return SubjectOf(assertion.NameId, assertion.Issuer, self.EntityId);
    }

    private static (EmailAddress? Email, string? From) EmailOf(VerifiedSamlAssertion assertion, ConnectionMapping mapping)
    {
        var (values, from) = Find(assertion, mapping.Email == s_default.Email ? SamlAttributeNames.Email : [mapping.Email]);
        if (values.Count > 0)
        {
            // Several addresses: the first is the one that providers mean; none is guessed from a value that is no address (B12).
            return EmailAddress.TryParse(values[0], out var email) ? (email, from) : (null, from);
        }

        var isAddress = assertion.NameId.Format is NameIdFormats.EmailAddress or NameIdFormats.Unspecified or null;
        return isAddress && mapping.Email == s_default.Email && EmailAddress.TryParse(assertion.NameId.Value, out var named) ? (named, null) : (null, null);
    }

    private static (string? Name, ImmutableArray<string> From) NameOf(VerifiedSamlAssertion assertion, ConnectionMapping mapping)
    {
        var (values, from) = Find(assertion, mapping.Name == s_default.Name ? SamlAttributeNames.Name : [mapping.Name]);
        if (Acceptable(values is [var first, ..] ? first : null) is { } name)
        {
            return (name, [from!]);
        }

        if (mapping.Name != s_default.Name)
        {
            return (null, []);
        }

        var (given, givenFrom) = Find(assertion, SamlAttributeNames.GivenName);
        var (family, familyFrom) = Find(assertion, SamlAttributeNames.FamilyName);
        return Acceptable(string.Join(' ', given.Take(1).Concat(family.Take(1)))) is { } both
            ? (both, [.. new[] { givenFrom, familyFrom }.OfType<string>()])
            : Find(assertion, SamlAttributeNames.AnyName) is ([var any, ..], { } anyFrom) && Acceptable(any) is { } last ? (last, [anyFrom]) : (null, []);
    }

    private static string? Acceptable(string? name) => !string.IsNullOrWhiteSpace(name) && DisplayName.IsAcceptable(name) ? name : null;

    private static (IReadOnlyList<string> Values, string? From) Find(VerifiedSamlAssertion assertion, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (assertion.Values(name).Where(value => value.Length > 0).ToList() is { Count: > 0 } values)
            {
                return (values, name);
            }
        }

        return ([], null);
    }
}
