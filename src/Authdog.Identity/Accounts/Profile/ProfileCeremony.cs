using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>Shows and saves the profile of who is signed in; live sessions follow.</summary>
internal sealed class ProfileCeremony(AccountPages account, UserDirectory users, UserAttributes attributes, Pictures pictures, TenantOptions<ProfileOptions> options)
{
    public async Task<IResult> ShowAsync(HttpContext context) =>
        account.Require(context, AccountPaths.Profile, out var refusal) is { } session ? await FormAsync(context, session, FormErrors.None) : refusal;

    public async Task<IResult> SaveAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Profile, out var refusal) is not { } session)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { } user)
        {
            return new SeeOther(PagePaths.Logout);
        }

        var form = ProfileForm.Read(context.Request.Form, user, attributes, account.Texts(context));
        if (form.Errors.Any)
        {
            return await FormAsync(context, session, form.Errors, context.Request.Form);
        }

        await users.SetProfileAsync(user, form.Name, form.Locale, form.TimeZone, form.Attributes, context.RequestAborted);
        var next = new QueryBuilder { { "done", "profile" } };
        if (form.Locale is not null)
        {
            next.Add(PageLanguage.Parameter, form.Locale);
        }

        return new SeeOther(AccountPaths.Profile + next);
    }

    /// <summary>The page with its forms.</summary>
    public async Task<IResult> FormAsync(HttpContext context, Session session, FormErrors problems, IFormCollection? typed = null)
    {
        if (await users.FindAsync(session.User, context.RequestAborted) is not { } user)
        {
            return new SeeOther(PagePaths.Logout);
        }

        return account.Page<ProfilePage>(
            context,
            session,
            problems,
            ("Name", typed is null ? user.Name : typed["name"].ToString()),
            ("Locale", typed is null ? user.Locale : typed["locale"].ToString()),
            ("TimeZone", typed is null ? user.TimeZone : typed["time-zone"].ToString()),
            ("Fields", ProfileForm.Fields(user, attributes, account.Texts(context), typed)),
            ("PicturesAllowed", options.Value.Pictures),
            ("Picture", await pictures.VersionAsync(session.User, context.RequestAborted)));
    }
}
