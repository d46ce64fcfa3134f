namespace Authdog.Console.Api.SetupLinks;

/// <summary>A set-up link to be made.</summary>
internal sealed record SetupLinkCreation
{
    /// <summary>The connection; made, switched off, when there is none of this id.</summary>
    public required string Connection { get; init; }

    /// <summary><c>oidc</c> or <c>saml</c>, for one that is made.</summary>
    public string Kind { get; init; } = "saml";

    /// <summary>How long the link works, in hours: at most 720.</summary>
    public int LifetimeHours { get; init; } = 168;
}
