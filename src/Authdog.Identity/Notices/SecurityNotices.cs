using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Notices;

/// <summary>Tells people by mail what was changed at their account, from which device, and how to say that it was not them.</summary>
public sealed class SecurityNotices
{
    internal const string Purpose = "not-me";
    private const char Separator = '\n';
    private readonly AccountLinks _links;
    private readonly Mailer _mailer;
    private readonly PageRenderer _pages;
    private readonly NoticeOptions _options;
    private readonly TenantLinks _addresses;
    private readonly ClientPlaces _places;
    private readonly TimeProvider _time;

    internal SecurityNotices(AccountLinks links, Mailer mailer, PageRenderer pages, IOptions<NoticeOptions> options, TenantLinks addresses, ClientPlaces places, TimeProvider time)
    {
        _links = links;
        _mailer = mailer;
        _pages = pages;
        _options = options.Value;
        _addresses = addresses;
        _places = places;
        _time = time;
    }

    /// <summary>Sends a notice. To be called when the change is kept: the link is for what has happened.</summary>
    public async Task SendAsync(HttpContext context, User user, SecurityNotice notice)
    {
        if ((notice.To ?? Address(user)) is not { } to)
        {
            return;
        }

        var texts = PageTexts.For(user.Locale) ?? _pages.Texts(context);
        var subject = notice.Undo is null ? null : notice.Undo + Separator + notice.Subject;
        var secret = await _links.IssueAsync(user.UserId, Purpose, subject, _options.UndoPeriod, CancellationToken.None);
        var link = PagePaths.NotMe + new QueryBuilder { { "token", secret }, { "lang", texts.Language } };
        _mailer.Send(new MailMessage(to, "security-notice", texts.Language, ImmutableDictionary<string, string>.Empty
            .Add("what", texts[notice.What])
            .Add("when", texts.Instant(_time.GetUtcNow(), user.TimeZone))
            .Add("device", BrowserName.Of(context.Request).ToText(texts))
            .Add("address", AddressOf(context, texts))
            .Add("days", $"{(int)_options.UndoPeriod.TotalDays}")
            .Add("link", _addresses.Link(link))));
    }

    /// <summary>What to undo, of a link's subject.</summary>
    internal static (string? Kind, string? Subject) Undo(AccountLink link) =>
        link.Subject?.Split(Separator, 2) is [var kind, var subject] ? (kind, subject.Length > 0 ? subject : null) : (null, null);

    private string AddressOf(HttpContext context, PageTexts texts)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        return _places.Of(address, texts) is { } place ? $"{address} ({place})" : address ?? "–";
    }

    private static EmailAddress? Address(User user) => EmailAddress.TryParse(user.Email, out var email) ? email : null;
}
