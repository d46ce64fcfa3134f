using System.Linq.Expressions;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Tests.Accounts;

/// <summary>Finds every table that says something about a user.</summary>
internal static class PersonalEntities
{
    /// <summary>Entities with a property that names a user, and the users themselves.</summary>
    public static IEnumerable<(Type Entity, string Property)> Of(DirectoryContext context)
    {
        foreach (var entity in context.Model.GetEntityTypes())
        {
            if (entity.ClrType == typeof(User))
            {
                yield return (entity.ClrType, nameof(User.Id));
            }
            else if (entity.FindProperty("UserId") is not null || entity.GetForeignKeys().Any(key => key.PrincipalEntityType.ClrType == typeof(User)))
            {
                yield return (entity.ClrType, entity.FindProperty("UserId")?.Name ?? entity.GetForeignKeys().First(key => key.PrincipalEntityType.ClrType == typeof(User)).Properties[^1].Name);
            }
        }
    }

    public static Task<int> CountAsync(DirectoryContext context, Type entity, string property, Guid user) =>
        (Task<int>)typeof(PersonalEntities).GetMethod(nameof(CountOfAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(entity).Invoke(null, [context, property, user])!;

    private static Task<int> CountOfAsync<T>(DirectoryContext context, string property, Guid user)
        where T : class
    {
        var row = Expression.Parameter(typeof(T));
        var member = Expression.Property(row, property);
        return context.Set<T>().CountAsync(Expression.Lambda<Func<T, bool>>(Expression.Equal(member, Expression.Convert(Expression.Constant(user), member.Type)), row));
    }
}
