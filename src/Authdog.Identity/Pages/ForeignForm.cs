namespace Authdog.Identity.Pages;

/// <summary>Endpoint metadata: this form is posted from another site's page, as protocols of single sign-on have it. No page of ours gave it a token; the endpoint judges by what the message itself proves.</summary>
/// <param name="MaxBytes">Largest body.</param>
internal sealed record ForeignForm(int MaxBytes);
