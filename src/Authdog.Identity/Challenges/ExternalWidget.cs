namespace Authdog.Identity.Challenges;

/// <summary>What a provider's documentation says of its widget and its verification.</summary>
/// <param name="Script">Its script.</param>
/// <param name="Verify">Where its answers are verified.</param>
/// <param name="Class">Class of the element that it draws into.</param>
/// <param name="Field">Field of the form that it fills in.</param>
/// <param name="Sources">What its pages and scripts load, for the page's content security policy.</param>
internal sealed record ExternalWidget(string Script, string Verify, string Class, string Field, string Sources)
{
    public static ExternalWidget? Of(ExternalProvider provider) => provider switch
    {
        ExternalProvider.Turnstile => new(
            "https://challenges.cloudflare.com/turnstile/v0/api.js",
            "https://challenges.cloudflare.com/turnstile/v0/siteverify",
            "cf-turnstile",
            "cf-turnstile-response",
            "https://challenges.cloudflare.com"),
        ExternalProvider.HCaptcha => new(
            "https://js.hcaptcha.com/1/api.js",
            "https://api.hcaptcha.com/siteverify",
            "h-captcha",
            "h-captcha-response",
            "https://hcaptcha.com https://*.hcaptcha.com"),
        ExternalProvider.ReCaptcha => new(
            "https://www.google.com/recaptcha/api.js",
            "https://www.google.com/recaptcha/api/siteverify",
            "g-recaptcha",
            "g-recaptcha-response",
            "https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/ https://recaptcha.google.com/recaptcha/"),
        _ => null,
    };
}
