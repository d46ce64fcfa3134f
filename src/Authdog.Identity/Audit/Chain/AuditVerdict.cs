namespace Authdog.Identity.Audit.Chain;

/// <summary>What verifying a tenant's chain gave: a closed set.</summary>
public abstract record AuditVerdict
{
    private AuditVerdict()
    {
    }

    /// <summary>Every entry is as it was written, in its place, and none is missing.</summary>
    /// <param name="Entries">How many there are.</param>
    /// <param name="Base">The last one that retention has taken away; 0 when none was.</param>
    /// <param name="Head">The last one, with the chain's hash, to be noted elsewhere: <c>42:9f86d0…</c>.</param>
    public sealed record Intact(long Entries, long Base, string Head) : AuditVerdict;

    /// <summary>There is no event.</summary>
    public sealed record Empty : AuditVerdict
    {
        internal static Empty Instance { get; } = new();
    }

    /// <summary>Something was done to it.</summary>
    /// <param name="Sequence">Place of the first entry that is wrong; null when it has none.</param>
    /// <param name="Id">The entry; null when it is not there.</param>
    /// <param name="What">What is wrong with it.</param>
    public sealed record Broken(long? Sequence, Guid? Id, string What) : AuditVerdict;
}
