using Authdog.Identity.Keys;

namespace Authdog.Identity.Audit;

/// <summary>The keys that show whether rows of the audit log are the gateway's own: whoever has the database alone cannot make or change one.</summary>
internal sealed class AuditKeys(MasterKey master)
{
    private readonly Lazy<byte[]> _entries = new(() => master.Derive("audit/entry"));
    private readonly Lazy<byte[]> _heads = new(() => master.Derive("audit/head"));

    /// <summary>For entries.</summary>
    public byte[] Entries => _entries.Value;

    /// <summary>For the ends of chains.</summary>
    public byte[] Heads => _heads.Value;
}
