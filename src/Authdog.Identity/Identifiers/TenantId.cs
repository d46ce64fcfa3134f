using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Authdog.Identity.Identifiers;

/// <summary>A tenant's id: 1–63 of <c>a–z</c>, <c>0–9</c> and inner <c>-</c>, as in a DNS label. Exists only by parsing.</summary>
public sealed record TenantId
{
    private static readonly SearchValues<char> s_allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private TenantId(string value) => Value = value;

    /// <summary>The tenant that exists from the first start.</summary>
    public static TenantId Default { get; } = new("default");

    /// <summary>The id as text.</summary>
    public string Value { get; }

    /// <summary>Reads an id; false when the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TenantId? tenant)
    {
        tenant = IsValid(text) ? new TenantId(text!) : null;
        return tenant is not null;
    }

    /// <summary>Reads an id that is known to be one.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static TenantId Parse(string text) =>
        TryParse(text, out var tenant) ? tenant : throw new FormatException($"'{text}' is not a tenant id.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= 63 }
        && text[0] != '-' && text[^1] != '-'
        && text.AsSpan().IndexOfAnyExcept(s_allowed) < 0;
}
