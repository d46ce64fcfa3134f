using System.Text;

namespace Authdog.Identity.Passwords;

/// <summary>A password as it is counted, compared and hashed: NFC (NIST SP 800-63B-4, section 3.1.1.2).</summary>
internal sealed record NormalizedPassword
{
    private NormalizedPassword(string text, int length)
    {
        Text = text;
        Length = length;
    }

    public string Text { get; }

    /// <summary>In code points.</summary>
    public int Length { get; }

    /// <summary>Null and the password, or why it is none.</summary>
    public static PasswordJudgement? TryCreate(string password, int maximumLength, out NormalizedPassword? normalized)
    {
        normalized = null;

        // NFC makes at most three code points into one; longer input need not be normalised to be too long (B18).
        if (password.Length > maximumLength * 6)
        {
            return PasswordJudgement.TooLong;
        }

        string text;
        try
        {
            text = password.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return PasswordJudgement.NotText;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return PasswordJudgement.NotText;
        }

        var length = text.EnumerateRunes().Count();
        if (length > maximumLength)
        {
            return PasswordJudgement.TooLong;
        }

        normalized = new NormalizedPassword(text, length);
        return null;
    }

    /// <summary>Prints its length.</summary>
    public override string ToString() => $"password of {Length} characters";
}
