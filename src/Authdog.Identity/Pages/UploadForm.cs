namespace Authdog.Identity.Pages;

/// <summary>Endpoint metadata: this form's post carries a file (<c>multipart/form-data</c>).</summary>
/// <param name="MaxBytes">Largest body, file and fields together.</param>
internal sealed record UploadForm(int MaxBytes);
