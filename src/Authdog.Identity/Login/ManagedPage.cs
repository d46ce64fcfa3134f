using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Tells people of a domain that has a mandated way to sign in that there is nothing to sign up for, or to recover, here.</summary>
internal static class ManagedPage
{
    public static IResult Of(PageRenderer pages, HttpContext context, MandatedMethod mandated, string target) => Of(pages, context, mandated.Name, LoginAddress.Start(target));

    /// <summary>The page for who is led elsewhere.</summary>
    public static IResult Of(PageRenderer pages, HttpContext context, CapturedSignUp captured, string target)
    {
        if (!captured.Joins)
        {
            return Of(pages, context, captured.Name, captured.Address ?? LoginAddress.Start(target));
        }

        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status200OK,
            ("Title", texts.Format("SignUp.JoinTitle", captured.Name)),
            ("Text", texts.Format("SignUp.JoinText", captured.Name)),
            ("LinkAddress", captured.Address),
            ("LinkText", texts["Login.Continue"]));
    }

    /// <summary>The page.</summary>
    /// <param name="pages">Draws it.</param>
    /// <param name="context">The request.</param>
    /// <param name="name">What people call their way in.</param>
    /// <param name="login">Address of the login.</param>
    public static IResult Of(PageRenderer pages, HttpContext context, string name, string login)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status200OK,
            ("Title", texts["Sso.ManagedTitle"]),
            ("Text", texts.Format("Sso.ManagedText", name)),
            ("LinkAddress", login),
            ("LinkText", texts["Login.Submit"]));
    }
}
