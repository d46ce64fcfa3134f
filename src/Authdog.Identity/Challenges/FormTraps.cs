using System.Globalization;
using System.Security.Cryptography;
using Authdog.Identity.Bots;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>What a form tells of who filled it in: a field that people do not see, and how long it took. Neither ever refuses anybody: a browser that fills in too much, or somebody quick, solves a challenge.</summary>
public sealed class FormTraps(IDataProtectionProvider protection, IOptions<SignalOptions> options, TimeProvider time)
{
    /// <summary>The field that people do not see. No browser has anything to fill in under this name.</summary>
    public const string Honeypot = "leave-empty";

    /// <summary>The field that says when the form was made.</summary>
    public const string Begun = "begun";

    // A password manager fills in and submits within about a second.
    private static readonly TimeSpan s_fastest = TimeSpan.FromMilliseconds(900);
    private readonly IDataProtector _protector = protection.CreateProtector("Authdog.FormTraps.v1");

    /// <summary>Now, sealed.</summary>
    public string Stamp() => _protector.Protect(time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>What a posted form shows.</summary>
    public IReadOnlyList<BotSignal> Signals(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        List<BotSignal> signals = [];
        if (form[Honeypot].ToString().Length > 0)
        {
            signals.Add(new BotSignal("honeypot", options.Value.Honeypot));
        }

        if (form[Begun].ToString() is { Length: > 0 and < 512 } stamp && Since(stamp) is { } taken && taken < s_fastest)
        {
            signals.Add(new BotSignal("fast-form", options.Value.FastForm));
        }

        return signals;
    }

    private TimeSpan? Since(string stamp)
    {
        try
        {
            return time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(_protector.Unprotect(stamp), CultureInfo.InvariantCulture));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
