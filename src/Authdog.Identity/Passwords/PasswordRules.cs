namespace Authdog.Identity.Passwords;

/// <summary>NIST SP 800-63B-4, section 3.1.1: length in code points after NFC, no composition rules, whole-password blocklist of common and context words.</summary>
public sealed class PasswordRules
{
    private readonly PasswordOptions _options;
    private readonly CommonPasswords _common;

    internal PasswordRules(PasswordOptions options, CommonPasswords common)
    {
        _options = options;
        _common = common;
    }

    /// <summary>Least length in characters where the password is the only factor: for the page's hint.</summary>
    public int MinimumLength => _options.MinimumLengthAsOnlyFactor;

    /// <summary>Greatest length in characters.</summary>
    public int MaximumLength => _options.MaximumLength;

    /// <summary>Judges a password that somebody wants to set as their only factor. <paramref name="contextWords"/>: e-mail, its parts, name, product name.</summary>
    public PasswordJudgement Judge(string password, IEnumerable<string> contextWords) => Judge(password, contextWords, onlyFactor: true);

    /// <summary>Judges a password that somebody wants to set, as the only factor or beside a second one.</summary>
    public PasswordJudgement Judge(string password, IEnumerable<string> contextWords, bool onlyFactor)
    {
        if (NormalizedPassword.TryCreate(password, _options.MaximumLength, out var normalized) is { } judgement)
        {
            return judgement;
        }

        if (normalized!.Length < (onlyFactor ? _options.MinimumLengthAsOnlyFactor : _options.MinimumLength))
        {
            return PasswordJudgement.TooShort;
        }

        var folded = normalized.Text.ToLowerInvariant();
        return PasswordPatterns.IsTrivial(folded) || _common.Contains(folded) || _common.Contains(PasswordPatterns.RepeatedUnit(folded)) ? PasswordJudgement.Common
            : ContextWords.IsMostly(folded, contextWords) ? PasswordJudgement.Context
            : PasswordJudgement.Acceptable;
    }
}
