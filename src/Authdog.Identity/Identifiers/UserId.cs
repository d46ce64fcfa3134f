using System.Globalization;

namespace Authdog.Identity.Identifiers;

/// <summary>A user's id within a tenant: a UUID, never reused. It is the <c>sub</c> of everything that the gateway says.</summary>
public readonly record struct UserId(Guid Value)
{
    /// <summary>A new id (UUID version 7, ordered by creation).</summary>
    public static UserId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>Reads an id; false when the text is none.</summary>
    public static bool TryParse(string? text, out UserId user)
    {
        // TryParseExact overlooks blanks around the text.
        var parsed = Guid.TryParseExact(text, "D", out var value) && text!.Length == 36;
        user = parsed ? new UserId(value) : default;
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D", CultureInfo.InvariantCulture);
}
