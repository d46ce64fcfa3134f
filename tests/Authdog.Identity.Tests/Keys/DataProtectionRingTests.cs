using Authdog.Identity.Keys;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Keys;

public abstract class DataProtectionRingTests(DatabaseProvider engine) : DirectoryTests(engine)
{
    [Fact]
    public void IsSharedByNodes_AndSurvivesARestart()
    {
        var cookie = Protector(Directory).Protect("cookie");

        Protector(Directory.AnotherNode()).Unprotect(cookie).ShouldBe("cookie");
    }

    [Fact]
    public async Task IsEncryptedAtRest()
    {
        Protector(Directory).Protect("cookie");

        await using var context = Directory.Context();
        var xml = (await context.Set<DataProtectionKey>().SingleAsync(Cancel)).Xml;
        xml.ShouldContain("encryptedSecret");
        xml.ShouldNotContain("masterKey");
        xml.ShouldNotContain("<value>");
    }

    [Fact]
    public void IsClosed_WithAnotherMasterKey()
    {
        var cookie = Protector(Directory).Protect("cookie");
        var stranger = Directory.AnotherNode(null, ("Gateway:MasterKey", Convert.ToBase64String(new byte[32])));

        Should.Throw<Exception>(() => Protector(stranger).Unprotect(cookie));
    }

    private static IDataProtector Protector(TestDirectory node) => node.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    public sealed class OnSqlite() : DataProtectionRingTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgreSql() : DataProtectionRingTests(DatabaseProvider.PostgreSql);
}
