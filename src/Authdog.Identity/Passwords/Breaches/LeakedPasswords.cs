using System.Text;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords.Breaches;

/// <summary>Whether a password was leaked elsewhere, by the filter and the range service that are configured. When that cannot be learnt the answer is no, and an audit event says so: a service that is away locks nobody out.</summary>
internal sealed class LeakedPasswords : IDisposable
{
    private readonly Lazy<BreachFilter?> _filter;
    private readonly BreachRange _range;
    private readonly AuditLog _audit;

    public LeakedPasswords(BreachRange range, AuditLog audit, IOptions<BreachOptions> options)
    {
        (_range, _audit) = (range, audit);
        _filter = new(() => options.Value.FilterFile is { } file ? BreachFilter.TryOpen(file, out _) : null);
        AtSignIn = options.Value.AtSignIn;
    }

    /// <summary>What becomes of a sign-in with one.</summary>
    public LeakedPasswordTreatment AtSignIn { get; }

    public async Task<bool> ContainAsync(TenantId tenant, string password, CancellationToken cancellationToken)
    {
        if (_filter.Value is null && !_range.IsConfigured)
        {
            return false;
        }

        if (Hash(password) is not { } hash)
        {
            return false;
        }

        if (_filter.Value?.Contains(hash) == true)
        {
            return true;
        }

        if (!_range.IsConfigured)
        {
            return false;
        }

        var (found, problem) = await _range.ContainsAsync(hash, cancellationToken);
        if (problem is not null)
        {
            await _audit.WriteSampledAsync(new AuditEvent(tenant, AuditEventKind.LeakCheckFailed, Detail: problem), string.Empty, cancellationToken);
        }

        return found == true;
    }

    public void Dispose()
    {
        if (_filter.IsValueCreated)
        {
            _filter.Value?.Dispose();
        }
    }

    // As it is hashed for keeping: NFC. Lists are of what people typed, which for almost all is the same.
    private static byte[]? Hash(string password)
    {
        try
        {
            return PasswordDigest.Of(password.Normalize(NormalizationForm.FormC));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
