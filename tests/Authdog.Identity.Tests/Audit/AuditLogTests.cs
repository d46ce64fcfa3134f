using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Audit;

public abstract class AuditLogTests(DatabaseProvider engine) : DirectoryTests(engine)
{
    [Fact]
    public async Task KeepsTheEvent_InItsTenant()
    {
        var user = UserId.New(Time.GetUtcNow());
        await Directory.Services.GetRequiredService<AuditLog>().WriteAsync(new AuditEvent(Other, AuditEventKind.SignInFailed, user, Detail: new string('d', 500)), Cancel);

        await using var theirs = Directory.Context(Other);
        var entry = await theirs.Set<AuditEntry>().SingleAsync(row => row.Kind != AuditEventKind.TenantCreated, Cancel);
        (entry.Kind, entry.UserId, entry.At, entry.Detail!.Length).ShouldBe((AuditEventKind.SignInFailed, user.Value, Time.GetUtcNow(), 400));
        await using var ours = Directory.Context();
        (await ours.Set<AuditEntry>().AnyAsync(Cancel)).ShouldBeFalse();
    }

    public sealed class OnSqlite() : AuditLogTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgreSql() : AuditLogTests(DatabaseProvider.PostgreSql);
}
