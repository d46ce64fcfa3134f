using System.Security.Claims;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users;

/// <summary>ASP.NET Core Identity's EF store where every key begins with the tenant (I10): finds through filtered queries instead of by key, and stamps each row it makes.</summary>
internal class TenantUserStore(DirectoryContext context, IdentityErrorDescriber errors)
    : UserStore<User, Role, DirectoryContext, Guid, UserClaim, UserRole, UserLogin, UserToken, IdentityRoleClaim<Guid>>(context, errors)
{
    public override Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken = default) =>
        Guid.TryParseExact(userId, "D", out var id)
            ? Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken)
            : Task.FromResult<User?>(null);

    /// <summary>Writes the columns that changed and no others; the original writes all, and would undo what another request counted meanwhile.</summary>
    public override async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (Context.Entry(user).State is EntityState.Detached)
        {
            return await base.UpdateAsync(user, cancellationToken);
        }

        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        try
        {
            await SaveChanges(cancellationToken);
            return IdentityResult.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return IdentityResult.Failed(ErrorDescriber.ConcurrencyFailure());
        }
    }

    protected override Task<UserRole?> FindUserRoleAsync(Guid userId, Guid roleId, CancellationToken cancellationToken) =>
        Context.Set<UserRole>().SingleOrDefaultAsync(r => r.UserId == userId && r.RoleId == roleId, cancellationToken);

    protected override Task<UserToken?> FindTokenAsync(User user, string loginProvider, string name, CancellationToken cancellationToken) =>
        Context.Set<UserToken>().SingleOrDefaultAsync(t => t.UserId == user.Id && t.LoginProvider == loginProvider && t.Name == name, cancellationToken);

    protected override UserRole CreateUserRole(User user, Role role) =>
        new() { TenantId = user.TenantId, UserId = user.Id, RoleId = role.Id };

    protected override UserClaim CreateUserClaim(User user, Claim claim)
    {
        var row = new UserClaim { TenantId = user.TenantId, UserId = user.Id };
        row.InitializeFromClaim(claim);
        return row;
    }

    protected override UserLogin CreateUserLogin(User user, UserLoginInfo login) => new()
    {
        TenantId = user.TenantId,
        UserId = user.Id,
        LoginProvider = login.LoginProvider,
        ProviderKey = login.ProviderKey,
        ProviderDisplayName = login.ProviderDisplayName,
    };

    protected override UserToken CreateUserToken(User user, string loginProvider, string name, string? value) =>
        new() { TenantId = user.TenantId, UserId = user.Id, LoginProvider = loginProvider, Name = name, Value = value };
}
