using Authdog.Identity.Tests.Mfa;

namespace Authdog.Identity.Tests.Pages;

/// <summary>One way to a form that can be sent twice, too late, or in the second of two tabs.</summary>
/// <param name="BeginAsync">Leads a browser to the form, on its way to a return target.</param>
internal sealed record FormFlow(Func<SecondStepsHost, Browser, string, Task<FormMoment>> BeginAsync)
{
    /// <summary>Whether the person was on the way to somewhere, and gets there.</summary>
    public bool LeadsBack { get; init; } = true;

    /// <summary>Whether two tabs of one browser can be at it for two people.</summary>
    public bool SharesBrowser { get; init; } = true;
}
