namespace Authdog.Gateway.Configuration;

/// <summary>One mistake of the operator: searchable code, place, what is wrong, and the cure.</summary>
/// <remarks>
/// Codes: AG1601 no such setting · AG1602 setting of a later version · AG1603 wrong kind of value · AG1604 not JSON ·
/// AG1605 said twice · AG1606 value out of its rules · AG1607 file missing or unreadable · AG1608 route or cluster ·
/// AG1609 data folder · AG1610 address to listen on · AG1611 options that exclude each other.
/// </remarks>
internal sealed record Mistake(string Code, Place? Place, string What, string Cure)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}{(Place is null ? string.Empty : $" {Place}")}: {What} {Cure}".TrimEnd();
}
