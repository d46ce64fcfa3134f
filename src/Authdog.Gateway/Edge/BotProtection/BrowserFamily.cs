namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>Engines of browsers, which decide what headers they send.</summary>
internal enum BrowserFamily
{
    /// <summary>None that is known.</summary>
    None = 0,

    /// <summary>Chrome, Edge, Opera, Brave and the like.</summary>
    Chromium,

    /// <summary>Firefox.</summary>
    Firefox,

    /// <summary>Safari, and every browser on iOS.</summary>
    WebKit,
}
