using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Tells people of a domain that has a mandated way to sign in that there is nothing to sign up for, or to recover, here.</summary>
internal static class ManagedPage
{
    public static IResult Of(PageRenderer pages, HttpContext context, MandatedMethod mandated, string target)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status200OK,
            ("Title", texts["Sso.ManagedTitle"]),
            ("Text", texts.Format("Sso.ManagedText", mandated.Name)),
            ("LinkAddress", LoginAddress.Start(target)),
            ("LinkText", texts["Login.Submit"]));
    }
}
