namespace Authdog.Policies.Language;

/// <summary>Shapes that several keys share.</summary>
internal static class Shapes
{
    /// <summary>A length of time.</summary>
    public static ValueShape.Single Duration { get; } = new("^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$");

    /// <summary>Any one text.</summary>
    public static ValueShape.Single Text { get; } = new();

    /// <summary>Any texts.</summary>
    public static ValueShape.Many Texts { get; } = new();

    /// <summary>Authentication methods (RFC 8176).</summary>
    public static ValueShape.Many Amr { get; } = new("^[A-Za-z0-9._:-]+$");

    /// <summary>Name, values and expression of something that the client sent.</summary>
    public static ValueShape.Keys NamedText { get; } = new(
        [
            new KeyShape("name", "Its name.", Text, IsRequired: true),
            new KeyShape("value", "Accepted values; without value and expression, it is there at all.", Texts),
            new KeyShape("expression", "Regular expression of the whole value.", Text),
        ],
        MayRepeat: true);

    /// <summary>A claim.</summary>
    public static ValueShape.Keys Claim { get; } = new(
        [
            new KeyShape("name", "Name of the claim, with dots into nested ones.", Text, IsRequired: true),
            new KeyShape("value", "Accepted values.", Texts),
            new KeyShape("at-least", "Smallest accepted number.", new ValueShape.Number()),
            new KeyShape("at-most", "Largest accepted number.", new ValueShape.Number()),
        ],
        MayRepeat: true);

    /// <summary>A window of time.</summary>
    public static ValueShape.Keys Time { get; } = new(
        [
            new KeyShape("zone", "Time zone, as the IANA database names it.", Text, IsRequired: true),
            new KeyShape("days", "Days, or ranges of days; all of them when absent.", new ValueShape.Many("^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$")),
            new KeyShape("from", "Beginning, inclusive.", new ValueShape.Single("^[0-2][0-9]:[0-5][0-9]$")),
            new KeyShape("to", "End, exclusive; earlier than from is on the next day.", new ValueShape.Single("^[0-2][0-9]:[0-5][0-9]$")),
        ],
        MayRepeat: true);

    /// <summary>A client certificate.</summary>
    public static ValueShape.Keys ClientCertificate { get; } = new(
        [
            new KeyShape("thumbprint", "SHA-256 of the certificate, in hexadecimal.", new ValueShape.Many("^([0-9A-Fa-f]{2}:?){32}$")),
            new KeyShape("subject", "Distinguished name of the subject, exactly as .NET writes it.", Texts),
            new KeyShape("issuer", "Distinguished name of the issuer, exactly as .NET writes it.", Texts),
            new KeyShape("name", "A subject alternative name: DNS name, e-mail address or URI.", Texts),
        ],
        MayRepeat: true,
        ["present"]);

    /// <summary>A passkey.</summary>
    public static ValueShape.Keys Passkey { get; } = new(
        [
            new KeyShape("kind", "Whether it may leave its authenticator.", new ValueShape.Single(Words: ["synced", "device-bound"])),
            new KeyShape("aaguid", "Models of authenticators.", new ValueShape.Many("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")),
            new KeyShape("max-age", "It was used no longer ago than this.", Duration),
        ],
        MayRepeat: false,
        ["any", "synced", "device-bound"]);

    /// <summary>A passkey in a requirement, whose age stands beside it.</summary>
    public static ValueShape.Keys RequiredPasskey { get; } = new([.. Passkey.All.Where(key => key.Name != "max-age")], MayRepeat: false, Passkey.Words);

    /// <summary>A method and its age.</summary>
    public static ValueShape.Keys Factor { get; } = new(
        [
            new KeyShape("amr", "Methods (RFC 8176), of which one was used.", Amr, IsRequired: true),
            new KeyShape("max-age", "It was used no longer ago than this.", Duration, IsRequired: true),
        ],
        MayRepeat: true);

    /// <summary>A range of risks.</summary>
    public static ValueShape.Keys Risk { get; } = new(
        [
            new KeyShape("at-least", "Lowest risk that hits.", new ValueShape.Single(Words: Criteria.RiskCriterion.All)),
            new KeyShape("at-most", "Highest risk that hits.", new ValueShape.Single(Words: Criteria.RiskCriterion.All)),
        ],
        MayRepeat: false);

    /// <summary>A range of scores.</summary>
    public static ValueShape.Keys Score { get; } = new(
        [
            new KeyShape("at-least", "Lowest score that hits, 0 to 100.", new ValueShape.Number()),
            new KeyShape("at-most", "Highest score that hits, 0 to 100.", new ValueShape.Number()),
        ],
        MayRepeat: false);
}
