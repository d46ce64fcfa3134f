namespace Authdog.Policies.Language;

/// <summary>A key of a mapping.</summary>
/// <param name="Name">The key.</param>
/// <param name="Description">For editors.</param>
/// <param name="Shape">What stands behind it.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record KeyShape(string Name, string Description, ValueShape Shape, bool IsRequired = false);
