using Authdog.Identity.Pages;
using Authdog.Protocols.Saml.Bindings;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Sends the browser on to an identity provider with a message: an address, or a form that posts itself.</summary>
internal sealed class SamlTransport(PageRenderer pages)
{
    /// <summary>The page that does it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">What people call the provider.</param>
    /// <param name="message">The message.</param>
    /// <param name="others">Address of other ways to sign in; null when there are none.</param>
    public IResult Send(HttpContext context, string name, OutgoingMessage message, string? others = null)
    {
        if (message.Binding is SamlBinding.HttpRedirect)
        {
            return pages.Page<LeavingPage>(context, StatusCodes.Status200OK, ("Name", name), ("Address", message.Url), ("Others", others));
        }

        var texts = pages.Texts(context);
        return Post(context, texts.Format("Sso.LeavingTitle", name), texts.Format("Sso.LeavingText", name), message, others);
    }

    /// <summary>The page that posts a logout message.</summary>
    public IResult SendLogout(HttpContext context, string name, OutgoingMessage message)
    {
        var texts = pages.Texts(context);
        return Post(context, texts["Logout.Title"], texts.Format("Saml.LogoutText", name), message, others: null);
    }

    private IResult Post(HttpContext context, string title, string text, OutgoingMessage message, string? others)
    {
        var page = pages.Page<SamlPostPage>(context, StatusCodes.Status200OK, ("Title", title), ("Text", text), ("Message", message), ("Others", others));

        // The provider may send the form on to other hosts of its own, and a browser holds those to this policy, too.
        context.Response.Headers.ContentSecurityPolicy = PageRenderer.ContentSecurityPolicy.Replace("form-action 'self'", $"form-action {new Uri(message.Url).Scheme}:", StringComparison.Ordinal);
        return page;
    }
}
