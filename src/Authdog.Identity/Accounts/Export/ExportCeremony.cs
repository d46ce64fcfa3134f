using System.Globalization;
using System.Text.Json;
using Authdog.Identity.Audit;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts.Export;

/// <summary>"Download my data": one JSON document of everything that is kept about who is signed in, but secrets. It is written as it is read, a feature after the other: it never lies in memory whole.</summary>
internal sealed class ExportCeremony(AccountPages account, FreshAuthentication fresh, IEnumerable<IPersonalRecords> records, AuditLog audit, TimeProvider time)
{
    /// <summary>Version of the document; rises when a member changes its meaning.</summary>
    private const int Version = 1;

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Records, out var refusal) is not { } session)
        {
            return refusal;
        }

        return account.Page<RecordsPage>(context, session, FormErrors.None, ("Entries", await account.EntriesAsync(context, session, AccountPaths.Records)));
    }

    public IResult ShowExport(HttpContext context) =>
        fresh.Require(context, AccountPaths.Export, out var refusal) is { } session ? account.Page<ExportPage>(context, session, FormErrors.None) : refusal;

    public async Task<IResult> DownloadAsync(HttpContext context)
    {
        if (fresh.Require(context, AccountPaths.Export, out var refusal) is not { } session)
        {
            return refusal;
        }

        await audit.WriteAsync(new AuditEvent(session.Tenant, AuditEventKind.DataExported, session.User), context.RequestAborted);
        var now = time.GetUtcNow();
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentDisposition = $"attachment; filename=\"account-{now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.json\"";
        return TypedResults.Stream(stream => WriteAsync(session, now, stream, context.RequestAborted), "application/json");
    }

    private async Task WriteAsync(Session session, DateTimeOffset now, Stream stream, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("exported_at", now);
        json.WriteString("tenant", session.Tenant.Value);
        json.WriteString("sub", session.User.ToString());
        foreach (var kept in records.OrderBy(kept => kept.Name, StringComparer.Ordinal))
        {
            json.WritePropertyName(kept.Name);
            await kept.WriteAsync(session.User, json, cancellationToken);
            await json.FlushAsync(cancellationToken);
        }

        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }
}
