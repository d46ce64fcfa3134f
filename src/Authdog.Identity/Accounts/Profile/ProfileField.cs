using Authdog.Identity.Users;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>One attribute on the profile page.</summary>
/// <param name="Name">Name of the input.</param>
/// <param name="Label">What it is called in the page's language.</param>
/// <param name="Definition">Its definition.</param>
/// <param name="Text">Its value as text, a list an item a line; empty when there is none.</param>
public sealed record ProfileField(string Name, string Label, AttributeDefinition Definition, string Text);
