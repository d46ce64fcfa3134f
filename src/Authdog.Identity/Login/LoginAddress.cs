using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Login;

/// <summary>Addresses that keep a login's thread: the transaction's id, and the return target for when the transaction is over.</summary>
internal static class LoginAddress
{
    public static string Of(LoginFlow flow) => With(PagePaths.Login, flow);

    // One that is not written yet has nothing to pass on but its return target.
    public static string With(string path, LoginFlow flow) => path + (flow.IsWritten
        ? new QueryBuilder { { "flow", flow.Id }, { "return", flow.Transaction.Return } }
        : new QueryBuilder { { "return", flow.Transaction.Return } });

    /// <summary>The page with all methods that would bring this login on.</summary>
    public static string Choice(LoginFlow flow) => Of(flow) + "&choose=1";

    /// <summary>This login by a certain method.</summary>
    public static string By(LoginFlow flow, string method) => Of(flow) + "&method=" + Uri.EscapeDataString(method);

    /// <summary>This login by somebody else.</summary>
    public static string Change(LoginFlow flow) => Of(flow) + "&change=1";

    public static string Start(string target) => Keep(PagePaths.Login, target);

    /// <summary>A page beside a login, with the target that its login shall lead to.</summary>
    public static string Keep(string path, string target) => target == ReturnUrl.Root.Value ? path : path + new QueryBuilder { { "return", target } };
}
