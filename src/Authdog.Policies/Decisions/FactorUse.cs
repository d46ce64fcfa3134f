using System.Collections.Immutable;

namespace Authdog.Policies.Decisions;

/// <summary>One proof that somebody gave in this session, and when.</summary>
/// <param name="Amr">Its methods (RFC 8176), for example <c>hwk</c> and <c>user</c> for one passkey.</param>
/// <param name="At">When it was given last.</param>
/// <param name="Passkey">The passkey; <see langword="null"/> when it was none.</param>
public sealed record FactorUse(ImmutableArray<string> Amr, DateTimeOffset At, Passkey? Passkey = null);
