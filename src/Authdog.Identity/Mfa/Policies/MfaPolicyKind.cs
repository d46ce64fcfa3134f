namespace Authdog.Identity.Mfa.Policies;

/// <summary>How much a second step is asked for.</summary>
public enum MfaPolicyKind
{
    /// <summary>Nobody can set one up; one that is set up already goes on protecting its account.</summary>
    Off,

    /// <summary>Whoever wants can set one up.</summary>
    Offered,

    /// <summary>No login without one, from a date on.</summary>
    Required,
}
