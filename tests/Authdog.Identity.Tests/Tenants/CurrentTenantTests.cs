using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;

namespace Authdog.Identity.Tests.Tenants;

[Trait("Threat", "I10")]
public sealed class CurrentTenantTests
{
    [Fact]
    public void Throws_WhenItWasNotSet() => Should.Throw<InvalidOperationException>(() => new CurrentTenant().Id);

    [Fact]
    public void KeepsItsTenant_OnceSet()
    {
        var tenant = new CurrentTenant { Id = TenantId.Default };
        tenant.Id = TenantId.Parse("default");
        Should.Throw<InvalidOperationException>(() => tenant.Id = TenantId.Parse("other"));
        (tenant.Id, tenant.IsSet).ShouldBe((TenantId.Default, true));
    }
}
