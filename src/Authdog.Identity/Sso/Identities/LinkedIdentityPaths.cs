using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Sso.Identities;

/// <summary>Where the account's pages about identities elsewhere live.</summary>
internal static class LinkedIdentityPaths
{
    public const string List = PagePaths.Account + "/identities";
    public const string Connect = List + "/connect";
    public const string Leave = List + "/leave";
    public const string OneRemove = List + "/{id:length(32)}/remove";

    public static string ConnectTo(ConnectionRecord provider) => Connect + new QueryBuilder { { "provider", provider.LoginProvider } };

    public static string RemovalOf(string id) => $"{List}/{id}/remove";
}
