namespace Authdog.Identity.Passwords;

/// <summary>NIST SP 800-63B-4, section 3.1.1: length in code points after NFC, no composition rules, whole-password blocklist of common and context words.</summary>
public sealed class PasswordRules
{
    /// <summary>Judges a password that somebody wants to set. <paramref name="contextWords"/>: e-mail, its parts, name, product name.</summary>
    public PasswordJudgement Judge(string password, IEnumerable<string> contextWords) => throw new NotSupportedException();
}
