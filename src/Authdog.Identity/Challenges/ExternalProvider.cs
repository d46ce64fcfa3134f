namespace Authdog.Identity.Challenges;

/// <summary>Who gives the external challenge.</summary>
public enum ExternalProvider
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>Cloudflare Turnstile.</summary>
    Turnstile,

    /// <summary>hCaptcha.</summary>
    HCaptcha,

    /// <summary>Google reCAPTCHA, version 2.</summary>
    ReCaptcha,
}
