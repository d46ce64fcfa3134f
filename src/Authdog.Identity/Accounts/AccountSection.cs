using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts;

/// <summary>One entry of the account's navigation. A feature registers its own as a singleton; nothing here knows the feature.</summary>
/// <param name="Path">Its page, such as <c>/.authdog/account/passkeys</c>.</param>
/// <param name="Title">Key of its title in the texts.</param>
/// <param name="Summary">Key of the sentence beside it.</param>
/// <param name="Order">Its place, ascending.</param>
public sealed record AccountSection(string Path, string Title, string Summary, int Order)
{
    /// <summary>Key of its name in the navigation, where the title is too long for one.</summary>
    public string? Tab { get; init; }

    /// <summary>Page that lists it: the overview, where it stands in the navigation too, or <see cref="AccountPaths.Security"/>.</summary>
    public string Parent { get; init; } = AccountPaths.Overview;

    /// <summary>Whether it is there for a request's tenant; null for always.</summary>
    public Func<HttpContext, bool>? IsOffered { get; init; }

    /// <summary>Whether a list that it stands on has it for this person; null for always. The navigation does not ask.</summary>
    public Func<HttpContext, Session, ValueTask<bool>>? Concerns { get; init; }

    /// <summary>How things stand for this person, in a few words ("2 passkeys"); null when there is nothing to say.</summary>
    public Func<HttpContext, Session, PageTexts, ValueTask<string?>>? State { get; init; }
}
