namespace Authdog.Identity.Challenges;

/// <summary>What a provider's documentation says of its widget and its verification.</summary>
/// <param name="Script">Its script.</param>
/// <param name="Verify">Where its answers are verified.</param>
/// <param name="Class">Class of the element that it draws into.</param>
/// <param name="Field">Field of the form that it fills in.</param>
/// <param name="Sources">What its pages and scripts load, for the page's content security policy.</param>
/// <param name="Score">How it says how likely somebody is a person, where it does.</param>
internal sealed record ExternalWidget(string Script, string Verify, string Class, string Field, string Sources, ExternalScore Score)
{
    /// <summary>The purpose that the widget is drawn for, and that the verified answer must name: one that was given to another form of the site, under the same key, is none. Null where the provider knows no purposes.</summary>
    public string? Action { get; init; }

    /// <summary>Whether an answer always says on which host it was given. Where it need not, the provider is asked about the site's key instead.</summary>
    public bool AlwaysNamesHost { get; init; } = true;

    public static ExternalWidget? Of(ExternalProvider provider) => provider switch
    {
        ExternalProvider.Turnstile => new(
            "https://challenges.cloudflare.com/turnstile/v0/api.js",
            "https://challenges.cloudflare.com/turnstile/v0/siteverify",
            "cf-turnstile",
            "cf-turnstile-response",
            "https://challenges.cloudflare.com",
            ExternalScore.None) { Action = "authdog" },
        ExternalProvider.HCaptcha => new(
            "https://js.hcaptcha.com/1/api.js",
            "https://api.hcaptcha.com/siteverify",
            "h-captcha",
            "h-captcha-response",
            "https://hcaptcha.com https://*.hcaptcha.com",
            ExternalScore.Risk) { AlwaysNamesHost = false },
        ExternalProvider.ReCaptcha => new(
            "https://www.google.com/recaptcha/api.js",
            "https://www.google.com/recaptcha/api/siteverify",
            "g-recaptcha",
            "g-recaptcha-response",
            "https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/ https://recaptcha.google.com/recaptcha/",
            ExternalScore.Person),
        _ => null,
    };
}
