namespace Authdog.Identity.Tests.Pages;

/// <summary>The moment in a flow at which its form is about to be sent.</summary>
/// <param name="Form">The page that has it.</param>
/// <param name="Fields">What is typed into it.</param>
internal sealed record FormMoment(ReceivedPage Form, params (string Name, string Value)[] Fields)
{
    /// <summary>The form's action, where its page has several.</summary>
    public string? Action { get; init; }

    /// <summary>Address and subject of a mail that is sent once, however often the form is; null when none is.</summary>
    public (string Address, string Subject)? Mail { get; init; }

    /// <summary>What the page says once it is done, whether by this sending or by the one before; null where the way on is enough.</summary>
    public string? Done { get; init; }
}
