using System.Globalization;
using System.Security.Cryptography;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Admission;

/// <summary>Tickets, and what shows that one was let in: sealed, with a time of their own, in cookies; a program may send its ticket as a parameter.</summary>
internal sealed class Tickets(IDataProtectionProvider protection, IOptions<AdmissionOptions> options, IOptions<PublicUrlOptions> reach)
{
    /// <summary>Parameter that a program sends its ticket in.</summary>
    public const string Parameter = "ticket";

    private const int MaxLength = 4096;
    private readonly ITimeLimitedDataProtector _waiting = protection.CreateProtector("Authdog.Admission.Ticket.v1").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _admitted = protection.CreateProtector("Authdog.Admission.Admitted.v1").ToTimeLimitedDataProtector();
    private readonly string _ticketCookie = reach.Value.CookieName("authdog-ticket");
    private readonly string _admittedCookie = reach.Value.CookieName("authdog-admitted");
    private readonly bool _secure = reach.Value.IsSecure;

    public string Seal(Ticket ticket) => _waiting.Protect(ticket.Format(), options.Value.TicketLifetime);

    /// <summary>The request's ticket; null when it has none that is still good.</summary>
    public Ticket? Find(HttpContext context) =>
        Open(_waiting, context.Request.Query[Parameter].ToString() is { Length: > 0 } sent ? sent : context.Request.Cookies[_ticketCookie]) is { } text ? Ticket.Parse(text) : null;

    /// <summary>Number of the ticket by which this request was let in; null when it was not.</summary>
    public long? FindAdmitted(HttpContext context) =>
        Open(_admitted, context.Request.Cookies[_admittedCookie]) is { } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Gives the browser its ticket.</summary>
    public void Hand(HttpContext context, string sealedTicket) => context.Response.Cookies.Append(_ticketCookie, sealedTicket, Cookie(options.Value.TicketLifetime));

    /// <summary>Takes the ticket for a right to go in.</summary>
    public void Admit(HttpContext context, Ticket ticket)
    {
        var right = _admitted.Protect(ticket.Number.ToString(CultureInfo.InvariantCulture), options.Value.AdmittedFor);
        context.Response.Cookies.Append(_admittedCookie, right, Cookie(options.Value.AdmittedFor));
        context.Response.Cookies.Append(_ticketCookie, string.Empty, Cookie(TimeSpan.Zero));
    }

    private static string? Open(ITimeLimitedDataProtector protector, string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }

        try
        {
            return protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Cookie(TimeSpan lifetime) => new() { HttpOnly = true, Secure = _secure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime, IsEssential = true };
}
