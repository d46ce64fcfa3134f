namespace Authdog.Identity.Keys;

/// <summary>One element of ASP.NET Core's data-protection ring.</summary>
internal sealed class DataProtectionKey
{
    public required Guid Id { get; init; }

    public required string FriendlyName { get; init; }

    /// <summary>The element; its secret part is encrypted by <see cref="ProtectedXmlEncryptor"/>.</summary>
    public required string Xml { get; init; }
}
