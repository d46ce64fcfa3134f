using System.CommandLine;
using Authdog.Identity.Sso.Saml;

namespace Authdog.Gateway.Commands.Sso;

/// <summary>What <c>connection add saml</c> and <c>connection saml set</c> take alike.</summary>
internal sealed class SamlCommandOptions
{
    private readonly Option<string> _metadataUrl = new("--metadata-url") { Description = "Address of the identity provider's metadata; read again twice a day.", HelpName = "URL" };
    private readonly Option<FileInfo> _metadataFile = new("--metadata-file") { Description = "File with the identity provider's metadata.", HelpName = "FILE" };
    private readonly Option<bool> _metadataStdin = new("--metadata-stdin") { Description = "Read the identity provider's metadata from standard input." };
    private readonly Option<string> _entityId = new("--entity-id") { Description = "Entity id of the identity provider: which one of the metadata, or without metadata who it is.", HelpName = "ID" };
    private readonly Option<string> _signOn = new("--sign-on-url") { Description = "Where people sign in, without metadata.", HelpName = "URL" };
    private readonly Option<string> _logout = new("--logout-url") { Description = "Where logout messages go, without metadata; empty for nowhere.", HelpName = "URL" };
    private readonly Option<FileInfo[]> _certificates = new("--certificate") { Description = "File with a signing certificate (PEM), without metadata; may be repeated.", HelpName = "FILE", DefaultValueFactory = _ => [] };
    private readonly Option<bool?> _sign = new("--sign-requests") { Description = "Whether requests are signed (true)." };
    private readonly Option<string> _binding = new("--binding") { Description = "How requests travel: redirect (default) or post.", HelpName = "BINDING" };
    private readonly Option<string> _signature = new("--require-signature") { Description = "What must be signed: any (default), response, assertion or both.", HelpName = "PART" };
    private readonly Option<bool?> _encryption = new("--require-encryption") { Description = "Whether an assertion that is not encrypted is refused." };
    private readonly Option<bool?> _idpInitiated = new("--idp-initiated") { Description = "Whether the identity provider may begin a sign-in. Such a one is bound to no browser: leave it off where it is not needed." };
    private readonly Option<string> _idpInitiatedPath = new("--idp-initiated-path") { Description = "Where such a sign-in leads.", HelpName = "PATH" };
    private readonly Option<int?> _skew = new("--clock-skew") { Description = "How far the clocks may differ, in seconds: 0 to 120 (60).", HelpName = "SECONDS" };
    private readonly Option<bool?> _force = new("--force-authn") { Description = "Whether every sign-in is fresh at the identity provider." };
    private readonly Option<string> _nameId = new("--name-id-format") { Description = "persistent, email, unspecified or transient; empty leaves it to the identity provider.", HelpName = "FORMAT" };
    private readonly Option<string> _subject = new("--subject-attribute") { Description = "Attribute that names the person instead of the name identifier; empty for none.", HelpName = "NAME" };
    private readonly Option<bool?> _hint = new("--send-subject") { Description = "Whether the typed address goes along as a hint." };
    private readonly Option<bool?> _logOutThere = new("--log-out-there") { Description = "Whether signing out here signs out there (true)." };
    private readonly Option<string[]> _contexts = new("--multi-factor-context") { Description = "Class of authentication that is asked for where aal2 is needed, and believed to be two kinds of proof; may be repeated.", HelpName = "URI" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _metadataUrl, _metadataFile, _metadataStdin, _entityId, _signOn, _logout, _certificates, _sign, _binding, _signature, _encryption, _idpInitiated, _idpInitiatedPath, _skew, _force, _nameId, _subject, _hint,
            _logOutThere, _contexts,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was said.</summary>
    public async Task<SamlChoices> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        List<string> certificates = [];
        foreach (var file in parsed.GetValue(_certificates) ?? [])
        {
            certificates.Add(await File.ReadAllTextAsync(file.FullName, cancellationToken));
        }

        return new SamlChoices
        {
            MetadataUrl = parsed.GetValue(_metadataUrl),
            MetadataFile = parsed.GetValue(_metadataFile) is { } document ? (ReadOnlyMemory<byte>?)await File.ReadAllBytesAsync(document.FullName, cancellationToken) : null,
            MetadataText = parsed.GetValue(_metadataStdin) ? await System.Console.In.ReadToEndAsync(cancellationToken) : null,
            EntityId = parsed.GetValue(_entityId),
            SignOnUrl = parsed.GetValue(_signOn),
            LogoutUrl = parsed.GetValue(_logout),
            Certificates = certificates,
            SignRequests = parsed.GetValue(_sign),
            Binding = parsed.GetValue(_binding),
            RequiredSignature = parsed.GetValue(_signature),
            RequireEncryption = parsed.GetValue(_encryption),
            AllowIdpInitiated = parsed.GetValue(_idpInitiated),
            IdpInitiatedPath = parsed.GetValue(_idpInitiatedPath),
            ClockSkewSeconds = parsed.GetValue(_skew),
            ForceAuthn = parsed.GetValue(_force),
            NameIdFormat = parsed.GetValue(_nameId),
            SubjectAttribute = parsed.GetValue(_subject),
            SendSubject = parsed.GetValue(_hint),
            LogOutThere = parsed.GetValue(_logOutThere),
            MultiFactorContexts = parsed.GetValue(_contexts) is { Length: > 0 } contexts ? contexts : null,
        };
    }
}
