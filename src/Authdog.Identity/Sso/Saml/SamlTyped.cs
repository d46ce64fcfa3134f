using Authdog.Identity.Login;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Responses;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Lays what somebody typed over the settings of a connection, and collects every mistake in it.</summary>
internal sealed class SamlTyped(SamlChoices choices, SamlDocuments documents)
{
    private const int MaxText = 1024;
    private const int MaxCertificates = 10;
    private const int MaxContexts = 20;
    private readonly List<string> _mistakes = [];

    /// <summary>What is wrong, each with its value and cure.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>The settings with what was typed.</summary>
    public SamlSettings Apply(SamlSettings settings, bool hasMetadata) => Demands(Provider(settings, hasMetadata));

    private SamlSettings Provider(SamlSettings settings, bool hasMetadata)
    {
        if (choices.EntityId is { Length: > 0 } entityId && !hasMetadata)
        {
            if (entityId.Length > ExternalProof.MaxIdentifier || entityId.Any(char.IsWhiteSpace))
            {
                _mistakes.Add($"AG5720 the entity id '{Short(entityId)}' has white space or more than {ExternalProof.MaxIdentifier} characters. Copy it from the identity provider as it is.");
            }

            settings = settings with { EntityId = entityId, MetadataUrl = null };
        }

        if (choices.SignOnUrl is { Length: > 0 } signOn)
        {
            settings = settings with { SingleSignOn = [Endpoint("sign-in address", signOn)] };
        }

        if (choices.LogoutUrl is { } logout)
        {
            settings = settings with { SingleLogout = logout.Length == 0 ? [] : [Endpoint("logout address", logout)] };
        }

        return choices.Certificates.Count == 0 ? settings : settings with { Certificates = Certificates() };
    }

    private SamlSettings Demands(SamlSettings settings)
    {
        if (choices.IdpInitiatedPath is { } path && !ReturnUrl.TryParse(path, [], out _))
        {
            _mistakes.Add($"AG5721 '{Short(path)}' is no local path. Give one such as /app/.");
        }

        if (choices.ClockSkewSeconds is { } skew && (skew < 0 || skew > SamlResponseRules.MaxClockSkew.TotalSeconds))
        {
            _mistakes.Add($"AG5722 the clock skew is {skew} seconds. Give 0 to {SamlResponseRules.MaxClockSkew.TotalSeconds:0}.");
        }

        if (choices.MultiFactorContexts is { } contexts && (contexts.Count > MaxContexts || contexts.Any(static context => context.Length is 0 or > MaxText || context.Any(char.IsWhiteSpace))))
        {
            _mistakes.Add($"AG5723 the classes of authentication are more than {MaxContexts}, or one is empty or has white space. Give identifiers such as https://refeds.org/profile/mfa.");
        }

        if (choices.SubjectAttribute is { Length: > MaxText })
        {
            _mistakes.Add("AG5724 the name of the subject's attribute is too long.");
        }

        return settings with
        {
            SignRequests = choices.SignRequests ?? settings.SignRequests,
            Binding = Read("binding", choices.Binding, settings.Binding, ("redirect", SamlBinding.HttpRedirect), ("post", SamlBinding.HttpPost)),
            RequiredSignature = Read("required signature", choices.RequiredSignature, settings.RequiredSignature, ("any", SignedPart.Any), ("response", SignedPart.Response), ("assertion", SignedPart.Assertion), ("both", SignedPart.Both)),
            RequireEncryption = choices.RequireEncryption ?? settings.RequireEncryption,
            AllowIdpInitiated = choices.AllowIdpInitiated ?? settings.AllowIdpInitiated,
            IdpInitiatedPath = choices.IdpInitiatedPath ?? settings.IdpInitiatedPath,
            ClockSkewSeconds = choices.ClockSkewSeconds ?? settings.ClockSkewSeconds,
            ForceAuthn = choices.ForceAuthn ?? settings.ForceAuthn,
            NameIdFormat = Read("name identifier format", choices.NameIdFormat, settings.NameIdFormat, ("persistent", NameIdFormats.Persistent), ("email", NameIdFormats.EmailAddress), ("unspecified", NameIdFormats.Unspecified), ("transient", NameIdFormats.Transient), ("", null)),
            SendSubject = choices.SendSubject ?? settings.SendSubject,
            LogOutThere = choices.LogOutThere ?? settings.LogOutThere,
            MultiFactorContexts = choices.MultiFactorContexts ?? settings.MultiFactorContexts,
            SubjectAttribute = choices.SubjectAttribute is { } attribute ? (attribute.Length == 0 ? null : attribute) : settings.SubjectAttribute,
        };
    }

    private SamlEndpoint Endpoint(string what, string text)
    {
        if (!documents.TryAddress(text, out _))
        {
            _mistakes.Add($"AG5725 the {what} '{Short(text)}' is no https address. Copy it from the identity provider as it is.");
        }

        return new SamlEndpoint(choices.Binding == "post" ? SamlBinding.HttpPost : SamlBinding.HttpRedirect, text);
    }

    private List<string> Certificates()
    {
        List<string> pinned = [];
        foreach (var text in choices.Certificates.Take(MaxCertificates))
        {
            if (PinnedCertificate.TryParse(text, out var certificate, out var error))
            {
                pinned.Add(certificate.Pem);
            }
            else
            {
                _mistakes.Add(error.ToString());
            }
        }

        if (choices.Certificates.Count > MaxCertificates)
        {
            _mistakes.Add($"AG5726 there are {choices.Certificates.Count} certificates. Give at most {MaxCertificates}.");
        }

        return pinned;
    }

    private T Read<T>(string what, string? text, T current, params ReadOnlySpan<(string Word, T Value)> words)
    {
        if (text is null)
        {
            return current;
        }

        foreach (var (word, value) in words)
        {
            if (text == word)
            {
                return value;
            }
        }

        List<string> known = [];
        foreach (var (word, _) in words)
        {
            known.Add(word.Length == 0 ? "nothing" : word);
        }

        _mistakes.Add($"AG5727 the {what} is '{Short(text)}'. Give one of {string.Join(", ", known)}.");
        return current;
    }

    private static string Short(string text) => text.Length > 100 ? text[..100] + "…" : text;
}
