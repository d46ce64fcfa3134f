using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Components;

namespace Authdog.Identity.Accounts;

/// <summary>A page of self-service; it puts its content into <see cref="AccountLayout"/>.</summary>
public abstract class AccountComponent : PageComponent
{
    /// <summary>Who is signed in, and the navigation.</summary>
    [Parameter, EditorRequired]
    public AccountFrame Account { get; set; } = null!;

    /// <summary>What was wrong with a form.</summary>
    [Parameter]
    public FormErrors Errors { get; set; } = FormErrors.None;
}
