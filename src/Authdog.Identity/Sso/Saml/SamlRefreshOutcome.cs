namespace Authdog.Identity.Sso.Saml;

/// <summary>What reading metadata again gave.</summary>
internal enum SamlRefreshOutcome
{
    /// <summary>Nothing new.</summary>
    Unchanged,

    /// <summary>New certificates were taken over.</summary>
    RolledOver,

    /// <summary>It could not be read, or says something that a person has to look at.</summary>
    Troubled,
}
