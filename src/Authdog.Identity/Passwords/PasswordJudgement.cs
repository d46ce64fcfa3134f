namespace Authdog.Identity.Passwords;

/// <summary>Whether a password may be set, and if not, why. Each value but <see cref="Acceptable"/> has a text in the resource files.</summary>
public enum PasswordJudgement
{
    /// <summary>May be set.</summary>
    Acceptable,

    /// <summary>Fewer code points than the configured minimum.</summary>
    TooShort,

    /// <summary>More than the configured maximum.</summary>
    TooLong,

    /// <summary>Has characters that have no normal form (unpaired surrogates) or a NUL.</summary>
    NotText,

    /// <summary>On the list of common passwords.</summary>
    Common,

    /// <summary>Was leaked elsewhere. The rules alone never say so: it takes a look-up.</summary>
    Leaked,

    /// <summary>Is, or is mostly, the user's own e-mail, name or the product's name.</summary>
    Context,
}
