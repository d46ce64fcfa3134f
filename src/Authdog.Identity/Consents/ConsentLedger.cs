using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Consents;

/// <summary>Keeps what people have agreed to, and knows what they still have to.</summary>
internal sealed class ConsentLedger(DirectoryContext context, Wordings wordings, TimeProvider time) : IPersonalRecords
{
    public string Name => "consents";

    public IReadOnlyCollection<Type> Entities => [typeof(StoredConsent)];

    /// <summary>An answer to words that were shown in a request.</summary>
    public ConsentAnswer Answer(HttpContext request, Wording wording, bool given, string how)
    {
        var (browser, system) = BrowserName.Of(request.Request);
        return new ConsentAnswer(
            wording.Document,
            wording.Version,
            wording.Hash,
            wording.Language,
            given,
            time.GetUtcNow(),
            how,
            browser is null && system is null ? null : $"{browser}, {system}",
            request.Connection.RemoteIpAddress?.ToString());
    }

    /// <summary>Adds answers, with the words that they answer.</summary>
    public async Task AddAsync(UserId user, IEnumerable<ConsentAnswer> answers, CancellationToken cancellationToken)
    {
        // Ids order answers: one given in the same millisecond, or by another node's clock, still comes after those before it.
        var now = time.GetUtcNow();
        var last = await context.Set<StoredConsent>().Where(consent => consent.UserId == user.Value).OrderByDescending(consent => consent.Id).Select(consent => (DateTimeOffset?)consent.At).FirstOrDefaultAsync(cancellationToken);
        var after = last >= now.AddMilliseconds(-1) ? last.Value.AddMilliseconds(1) : now;
        foreach (var answer in answers)
        {
            context.Add(new StoredConsent
            {
                TenantId = context.Tenant,
                UserId = user.Value,
                Id = Guid.CreateVersion7(after),
                Document = answer.Document,
                Version = answer.Version,
                TextHash = answer.TextHash,
                Language = answer.Language,
                Given = answer.Given,
                At = answer.At,
                How = answer.How,
                Browser = answer.Browser,
                Address = answer.Address,
            });
            await KeepAsync(answer, cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The newest answer of each document.</summary>
    public async Task<IReadOnlyDictionary<string, StoredConsent>> NewestAsync(UserId user, CancellationToken cancellationToken)
    {
        var all = await context.Set<StoredConsent>().AsNoTracking().Where(consent => consent.UserId == user.Value).OrderBy(consent => consent.Id).ToListAsync(cancellationToken);
        Dictionary<string, StoredConsent> newest = new(StringComparer.Ordinal);
        foreach (var consent in all)
        {
            newest[consent.Document] = consent;
        }

        return newest;
    }

    /// <summary>What somebody has to agree to before they go on, in a language.</summary>
    public async Task<IReadOnlyList<Wording>> OutstandingAsync(UserId user, string language, CancellationToken cancellationToken)
    {
        if (wordings.RequiredVersions.Count == 0)
        {
            return [];
        }

        var newest = await NewestAsync(user, cancellationToken);
        return [.. wordings.In(language).Where(wording => wording.Required && !(newest.TryGetValue(wording.Document, out var answer) && answer.Given && answer.Version == wording.Version))];
    }

    /// <summary>Whether there is nothing to agree to.</summary>
    public async ValueTask<bool> IsMetAsync(User user, CancellationToken cancellationToken)
    {
        if (wordings.RequiredVersions.Count == 0)
        {
            return true;
        }

        var newest = await NewestAsync(user.UserId, cancellationToken);
        return wordings.RequiredVersions.All(required => newest.TryGetValue(required.Key, out var answer) && answer.Given && answer.Version == required.Value);
    }

    /// <summary>The words that a person has answered once; null when they are none of theirs.</summary>
    public async Task<StoredWording?> WordingAsync(UserId user, string hash, CancellationToken cancellationToken) =>
        await context.Set<StoredConsent>().AnyAsync(consent => consent.UserId == user.Value && consent.TextHash == hash, cancellationToken)
            ? await context.Set<StoredWording>().AsNoTracking().SingleOrDefaultAsync(wording => wording.Id == hash, cancellationToken)
            : null;

    public Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) => PersonalJson.WriteAsync(
        json,
        context.Set<StoredConsent>().Where(c => c.UserId == user.Value).OrderBy(c => c.Id).Select(c => new { c.Document, c.Version, c.TextHash, c.Language, c.Given, c.At, c.How, c.Browser, c.Address }).AsAsyncEnumerable(),
        cancellationToken);

    public Task EraseAsync(UserId user, CancellationToken cancellationToken) => context.Set<StoredConsent>().Where(c => c.UserId == user.Value).ExecuteDeleteAsync(cancellationToken);

    private async Task KeepAsync(ConsentAnswer answer, CancellationToken cancellationToken)
    {
        if (wordings.In(answer.Language).FirstOrDefault(wording => wording.Hash == answer.TextHash) is { } wording
            && !context.Set<StoredWording>().Local.Any(kept => kept.Id == wording.Hash)
            && !await context.Set<StoredWording>().AnyAsync(kept => kept.Id == wording.Hash, cancellationToken))
        {
            context.Add(new StoredWording { TenantId = context.Tenant, Id = wording.Hash, Label = wording.Label, Text = wording.Text });
        }
    }
}
