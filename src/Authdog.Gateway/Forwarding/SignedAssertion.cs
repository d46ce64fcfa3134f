namespace Authdog.Gateway.Forwarding;

/// <summary>An assertion that may be sent many times.</summary>
/// <param name="Value">The compact JWS. Never logged.</param>
/// <param name="Kid">Key that signed it.</param>
/// <param name="RenewAt">When half its life is over.</param>
/// <param name="ExpiresAt">Its <c>exp</c>.</param>
internal sealed record SignedAssertion(string Value, string Kid, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => $"assertion by {Kid}";
}
