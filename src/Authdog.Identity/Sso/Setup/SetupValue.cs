namespace Authdog.Identity.Sso.Setup;

/// <summary>A value of this side that has to be typed in at a provider.</summary>
internal enum SetupValue
{
    /// <summary>Entity id.</summary>
    EntityId,

    /// <summary>Where responses are posted.</summary>
    ReplyAddress,

    /// <summary>Where logout messages go.</summary>
    Logout,
}
