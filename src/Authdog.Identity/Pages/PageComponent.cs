using Microsoft.AspNetCore.Components;

namespace Authdog.Identity.Pages;

/// <summary>A page rendered on the server, without a circuit.</summary>
public abstract class PageComponent : ComponentBase
{
    /// <summary>What every page needs of its request.</summary>
    [Parameter, EditorRequired]
    public PageContext Page { get; set; } = null!;

    /// <summary>The page's texts.</summary>
    protected PageTexts T => Page.Texts;
}
