using System.Text;

namespace Authdog.Identity.Audit;

/// <summary>A program that is called with events, as JSON lines in a POST, signed as in Standard Webhooks (section <c>Audit:Webhook</c>).</summary>
public sealed class AuditWebhookOptions
{
    private const string Section = AuditOptions.Section + ":Webhook";
    private const string Base64Prefix = "whsec_";
    private const int LeastSecret = 24;

    /// <summary>Where; absent: off.</summary>
    public Uri? Url { get; set; }

    /// <summary>What calls are signed with: at least 24 characters, or <c>whsec_</c> and base64 of at least 24 bytes.</summary>
    public string? Secret { get; set; }

    /// <summary>File of the secret, instead of <see cref="Secret"/>.</summary>
    public string? SecretFile { get; set; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a call is tried, with growing pauses (5 seconds to an hour), before its events are set aside; <c>audit resend</c> sends those again.</summary>
    public int Attempts { get; set; } = 12;

    /// <summary>Prints no secret.</summary>
    public override string ToString() => Url?.Host ?? "off";

    /// <summary>The key.</summary>
    internal byte[]? Key()
    {
        var text = Secret ?? (SecretFile is { } file && System.IO.File.Exists(file) ? System.IO.File.ReadAllText(file).Trim() : null);
        if (text is null)
        {
            return null;
        }

        if (!text.StartsWith(Base64Prefix, StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text[Base64Prefix.Length..], bytes, out var length) ? bytes[..length] : [];
    }

    internal IEnumerable<string> Mistakes()
    {
        if (Url is null)
        {
            yield break;
        }

        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https") || Url.UserInfo.Length > 0)
        {
            yield return $"AG3504 {Section}:Url is not an address that can be called. Write it like https://siem.example.com/authdog, without name and password.";
        }

        if (Secret is not null && SecretFile is not null)
        {
            yield return $"AG3505 {Section} has both Secret and SecretFile. Leave one out.";
        }
        else if (Key() is not { Length: >= LeastSecret })
        {
            yield return $"AG3506 {Section} needs a secret of at least {LeastSecret} characters, with which its calls are signed. Set {Section}:Secret or SecretFile (`openssl rand -base64 32` makes one).";
        }

        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromSeconds(50))
        {
            yield return $"AG3507 {Section}:Timeout is {Timeout}. Give 0.1 to 50 seconds (00:00:10).";
        }

        if (Attempts is < 1 or > 1000)
        {
            yield return $"AG3508 {Section}:Attempts is {Attempts}. Give 1 to 1000 (12).";
        }
    }
}
